"""Why an action on a case is refused. Each leaf carries a code and precise fields; the wording is the reader's."""

from __future__ import annotations

from cases.errors.files import CalendarError, WorkflowError
from cases.errors.hands import (
    AlreadyClaimedError,
    CannotHoldError,
    CaseNotFoundError,
    LinkInvalidError,
    NotHolderError,
    OfficerAmbiguousError,
    OfficerNotFoundError,
    RecusedError,
    ScopeError,
    TooManyLookupsError,
)
from cases.errors.papers import LeakError, PaperItemError, PaperMixedError, PaperNotFoundError, PaperStateError
from cases.errors.refusal import CasesError, Change
from cases.errors.steps import (
    ChecklistError,
    MeetingMissingError,
    NoProposalError,
    NoTaskError,
    NotPermittedError,
    NotPossibleError,
    ProposalOpenError,
    SecondPersonError,
    StaleVersionError,
    TasksOpenError,
    TooEarlyError,
)
from cases.errors.written import (
    CountError,
    InvalidReportError,
    MissingFieldsError,
    ProofMissingError,
    SheetError,
    WrongDateError,
)

__all__ = [
    "AlreadyClaimedError",
    "CalendarError",
    "CannotHoldError",
    "CaseNotFoundError",
    "CasesError",
    "Change",
    "ChecklistError",
    "CountError",
    "InvalidReportError",
    "LeakError",
    "LinkInvalidError",
    "MeetingMissingError",
    "MissingFieldsError",
    "NoProposalError",
    "NoTaskError",
    "NotHolderError",
    "NotPermittedError",
    "NotPossibleError",
    "OfficerAmbiguousError",
    "OfficerNotFoundError",
    "PaperItemError",
    "PaperMixedError",
    "PaperNotFoundError",
    "PaperStateError",
    "ProofMissingError",
    "ProposalOpenError",
    "RecusedError",
    "ScopeError",
    "SecondPersonError",
    "SheetError",
    "StaleVersionError",
    "TasksOpenError",
    "TooEarlyError",
    "TooManyLookupsError",
    "WorkflowError",
    "WrongDateError",
]
