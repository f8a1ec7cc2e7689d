"""Two officers erase the personal data of a case; number, stages and the audit trail stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.access import access_case, actor_name
from cases.actions.own_case import UNDO_DAYS
from cases.actors import Officer, Reporter
from cases.case import Case
from cases.chats import chat_of_case
from cases.erasing import ErasureReason, find_erasure, may_erase, reason_to_erase
from cases.errors import CaseErasedError, ErasureRefusedError
from cases.states import State
from storage import attachments, audit, outbox
from storage.case_keys import erase_case_key, is_erased
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import local_date, to_text


@dataclass(frozen=True)
class Erased:
    """What is left to be done after the transaction: files to be removed, and the chat that the report came from."""

    case: Case
    files: tuple[str, ...]
    chat: Reporter | None


def ask_erasure(store: Store, receipt: str, *, actor: Officer, now: datetime, keep_years: int) -> ErasureReason:
    """Ask that the data of a case be erased; another officer must confirm. Needs an open transaction.

    Raises:
        CaseNotFoundError: no such case, or none that this officer may know of.
        ErasureRefusedError: says why not: not his to ask, something is owed, or too early.
        CaseErasedError: it was done before.
    """
    check_in_transaction(store)
    case = access_case(store, receipt, actor=actor)
    reason = _check(store, case, actor, now, keep_years)
    store.db.execute("DELETE FROM erasures WHERE case_id = ?", [case.id])
    store.db.execute(
        "INSERT INTO erasures (case_id, reason, asked_by, asked_at) VALUES (?, ?, ?, ?)",
        [case.id, reason.value, actor.id, to_text(now)],
    )
    _audit(store, case, "case.erasure_asked", actor, now, reason)
    return reason


def confirm_erasure(store: Store, receipt: str, *, actor: Officer, now: datetime, keep_years: int) -> Erased:
    """Erase the data of a case for good: its key, its keyed hashes, its chat and what was said about it there.

    Needs an open transaction; the caller then removes the files and lets the chat be forgotten.

    Raises:
        ErasureRefusedError: nobody asked, the same officer did, or as ``ask_erasure``.
        CasesError: as ``ask_erasure``.
    """
    check_in_transaction(store)
    case = access_case(store, receipt, actor=actor)
    reason = _check(store, case, actor, now, keep_years)
    asked = find_erasure(store, case.id)
    if asked is None:
        raise ErasureRefusedError(why="not_asked")
    if asked.asked_by == actor.id:
        raise ErasureRefusedError(why="same_person")
    chat = chat_of_case(store, case.id)
    files = attachments.of_case(store, case.id)
    erase_case_key(store, case.id, now=now)
    _forget_hashes(store, case.id)
    outbox.forget_case(store, case.id)
    store.db.execute(
        "UPDATE erasures SET confirmed_by = ?, erased_at = ? WHERE case_id = ?", [actor.id, to_text(now), case.id]
    )
    _audit(store, case, "case.erased", actor, now, reason)
    return Erased(case, files, chat)


def _check(store: Store, case: Case, actor: Officer, now: datetime, keep_years: int) -> ErasureReason:
    if is_erased(store, case.id):
        raise CaseErasedError
    if not may_erase(actor, case):
        raise ErasureRefusedError(why="role")
    reason = reason_to_erase(case, now=now, keep_years=keep_years)
    if reason is None:
        early = case.state is State.WITHDRAWN and not case.active
        until = local_date(case.changed_at + timedelta(days=UNDO_DAYS)) if early else None
        raise ErasureRefusedError(why="too_early" if early else "running", until=until)
    return reason


def _forget_hashes(store: Store, case_id: str) -> None:
    """Replace what could still be matched by whoever guesses a name, a telephone or a chat."""
    for row in list(store.db.query("SELECT id FROM case_people WHERE case_id = ?", [case_id])):
        store.db.execute(
            "UPDATE case_people SET name = x'', phone = NULL, phone_key = NULL, name_key = ?, sound_key = ?"
            " WHERE id = ?",
            [new_id(), new_id(), row["id"]],
        )
    for table in ("case_chats", "case_incomes", "case_visits", "alarms"):
        store.db.execute(f"DELETE FROM {table} WHERE case_id = ?", [case_id])  # noqa: S608 - names of our own


def _audit(store: Store, case: Case, event: str, actor: Officer, now: datetime, reason: ErasureReason) -> None:
    audit.append(
        store,
        actor=actor_name(store, actor),
        event=event,
        subject=f"case:{case.id}",
        now=now,
        facts={"reason": reason.value},
    )
