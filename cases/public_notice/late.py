"""Cases that were put on public notice before each notice needed its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.case import Case
from cases.history import last_entry, state_since
from cases.public_notice.notice import latest_notice
from cases.states import Event
from cases.workflow import workflow_of
from storage.store import Store


@dataclass(frozen=True)
class Hung:
    """The day and the place that were written down when a notice was put up."""

    on: date
    place: str


def hung_without_paper(store: Store, case: Case) -> Hung | None:
    """Return where and when a case on public notice was put up if no paper proves it, None if one does."""
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    if not workflow.leading_from(case.state, Event.NOTICE_ENDED):
        return None
    notice = latest_notice(store, case)
    if notice is not None and notice.posted_on == state_since(store, case.id):
        return None
    entry = last_entry(store, case.id, Event.NOTICE_POSTED)
    assert entry is not None, "nothing else puts a case on notice"
    if notice is not None and notice.posted_on == entry.happened_on:  # it was withdrawn and taken up again meanwhile
        return None
    return Hung(entry.happened_on, str(entry.details.get("place") or ""))
