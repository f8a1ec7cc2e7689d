"""A village takes a public notice down, with proof, after every objection was answered."""

from __future__ import annotations

from datetime import date, datetime

from cases.access import actor_name
from cases.actions.end_notice import end_notice
from cases.actors import Officer
from cases.case import Case
from cases.details import PostingEnd
from cases.errors import PaperStateError
from cases.paper import about_case
from cases.public_notice.notice import PublicNotice, access_notice, cases_on
from cases.public_notice.objections import Objection, objections_to
from cases.states import Event
from cases.workflow import workflow_of
from storage import attachments, audit
from storage.database import check_in_transaction
from storage.store import Store


def end_public_notice(
    store: Store, number: int, *, on: date, photo: str, actor: Officer, now: datetime
) -> PublicNotice:
    """Record that the notice came down on *on*; its cases go on, each with the number of objections to it.

    A case that was sent back meanwhile stays where it is. Needs an open transaction.

    Raises:
        PaperNotFoundError: no such notice in the officer's area.
        PaperStateError: it does not hang, an objection is open, or one was upheld and its case not sent back yet.
        PaperItemError: a case cannot go on, such as before the notice's last day.
    """
    check_in_transaction(store)
    notice = access_notice(store, number, officer=actor)
    if not notice.stands:
        raise PaperStateError(why="not_posted" if notice.posted_on is None else "ended_before")
    attachments.describe(store, photo)
    objections = objections_to(store, notice)
    remaining = [case for case in cases_on(store, notice) if _is_on_notice(store, case)]
    _check_objections(objections, {case.receipt for case in remaining})
    store.db.execute(
        "UPDATE public_notices SET ended_on = ?, end_photo = ? WHERE number = ?", [on.isoformat(), photo, number]
    )
    for case in remaining:
        raised = sum(objection.receipt == case.receipt for objection in objections)
        with about_case(case.receipt):
            end_notice(store, case.receipt, PostingEnd(on, raised), actor=actor, version=case.version, now=now)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="public_notice.ended",
        subject=f"public_notice:{number}",
        now=now,
        facts={"on": on.isoformat(), "photo": photo, "objections": len(objections)},
    )
    return access_notice(store, number, officer=actor)


def _is_on_notice(store: Store, case: Case) -> bool:
    workflow = workflow_of(store, case.workflow, case.workflow_version)
    return bool(workflow.leading_from(case.state, Event.NOTICE_ENDED))


def _check_objections(objections: list[Objection], remaining: set[str]) -> None:
    concerned = [objection for objection in objections if objection.receipt in remaining]
    if any(objection.upheld is None for objection in concerned):
        raise PaperStateError(why="objection_open")
    if any(objection.upheld for objection in concerned):
        raise PaperStateError(why="objection_upheld")
