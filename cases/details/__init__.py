"""What an officer or reporter writes down with an event. Workflow files say which fields an event requires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cases.details.decisions import (
    CountyApproval,
    DeclineConfirmation,
    DeclineProposal,
    DeclineRefusal,
    Instead,
    Return,
    TownshipApproval,
)
from cases.details.details import Details
from cases.details.handling import (
    Acknowledgement,
    Claim,
    Note,
    Placement,
    Recusal,
    Release,
    Submission,
    Supplement,
    Transfer,
    Withdrawal,
)
from cases.details.monitoring import (
    Announcement,
    AssistanceMeasure,
    AssistancePlan,
    ExpiringPaper,
    MeasureKind,
    NationalEntry,
    Outlook,
    Reassessment,
    Resolution,
    ResolutionDrop,
    ResolutionProposal,
    SupportChange,
    Visit,
)
from cases.details.telling import Mark, Telling, TellingMeans
from cases.details.verification import (
    Aid,
    Appraisal,
    ConsentSigned,
    CrossCheck,
    HomeVisit,
    HouseholdRecord,
    Posting,
    PostingEnd,
    UrgentMark,
    VisitManner,
)
from cases.states import Event

__all__ = [
    "Acknowledgement",
    "Aid",
    "Announcement",
    "Appraisal",
    "AssistanceMeasure",
    "AssistancePlan",
    "Claim",
    "ConsentSigned",
    "CountyApproval",
    "CrossCheck",
    "DETAILS",
    "DeclineConfirmation",
    "DeclineProposal",
    "DeclineRefusal",
    "Details",
    "ExpiringPaper",
    "HomeVisit",
    "HouseholdRecord",
    "Instead",
    "Mark",
    "MeasureKind",
    "NationalEntry",
    "Note",
    "Outlook",
    "Placement",
    "Posting",
    "PostingEnd",
    "Reassessment",
    "Recusal",
    "Release",
    "Resolution",
    "ResolutionDrop",
    "ResolutionProposal",
    "Return",
    "Submission",
    "Supplement",
    "SupportChange",
    "Telling",
    "TellingMeans",
    "TownshipApproval",
    "Transfer",
    "UrgentMark",
    "Visit",
    "VisitManner",
    "Withdrawal",
]

DETAILS: Final[Mapping[Event, type[Details]]] = {kind.event: kind for kind in Details.__subclasses__()}
