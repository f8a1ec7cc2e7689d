"""Told means told: a reporter whom no chat reaches is told by a person, and it is written down how."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case, load_case
from cases.details import Mark, Telling, TellingMeans
from cases.errors import ProofMissingError
from cases.notices import NoticeKind
from cases.tasks import TaskKind, close_tasks, open_task
from storage import attachments
from storage.database import check_in_transaction
from storage.store import Store


def record_telling(
    store: Store, receipt: str, telling: Telling, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record that the reporter was told by call, at the door or on paper; all open telling is done with it.

    Raises:
        ProofMissingError: told in person without signature, thumbprint or refusal, or a refusal without a witness.
        AttachmentMissingError: there is no such photo.
        CasesError: as ``take_step``.
    """
    _check_proof(telling)
    case = take_step(store, receipt, Act(telling, actor, now), version=version)
    if telling.photo:
        attachments.adopt(store, telling.photo, case_id=case.id)
    close_tasks(store, case.id, TaskKind.TELL_REPORTER, now=now)
    return case


def _check_proof(telling: Telling) -> None:
    """Refuse what would not prove, later, that anybody was told."""
    missing = []
    in_person = telling.means in {TellingMeans.DOOR, TellingMeans.PAPER}
    if in_person and telling.mark in {None, Mark.NONE}:
        missing.append("mark")
    if telling.mark is Mark.REFUSED and not telling.witness.strip():
        missing.append("witness")
    if missing:
        raise ProofMissingError(fields=missing)


def ask_to_tell(store: Store, case_id: str, kind: NoticeKind, *, now: datetime) -> None:
    """Open a task to tell the reporter in person, because the notice *kind* did not arrive. Needs a transaction."""
    check_in_transaction(store)
    open_task(store, load_case(store, case_id).id, TaskKind.TELL_REPORTER, about=kind.value, now=now)
