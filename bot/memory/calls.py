"""Calls: chats to which a person must turn, and the officers who are told of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.conversation.commands import CALL_NOTICE, CallReason, OpenCall
from bot.conversation.findings import CallOpened
from bot.memory.call_tasks import CallTask, Step, do_step, open_steps, steps_of
from bot.memory.hearers import LANES, hearers, named_in
from cases.actors import Officer, Reporter
from cases.duty.alarms import Subject, end_alarm, raise_alarm
from cases.officers import chats_of_officer
from language.masking import mask
from storage import audit, outbox
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import from_text, to_text

_TEXT_KEPT: Final = 2000


class CallNotFoundError(Exception):
    """No open call of that number, or none that this officer may know of."""

    code = "bot.call_not_found"


class CallTasksOpenError(Exception):
    """A call cannot be closed yet. ``tasks`` come first."""

    code = "bot.call_tasks_open"

    def __init__(self, tasks: tuple[CallTask, ...]) -> None:
        super().__init__(", ".join(tasks))
        self.tasks = tasks


@dataclass(frozen=True)
class Call:
    """A call as an officer sees it."""

    id: str
    number: int
    reason: CallReason
    channel: str
    text: str
    phone: str
    opened_at: datetime
    anonymous: bool = False
    steps: tuple[Step, ...] = ()


def open_call(store: Store, wanted: OpenCall, *, chat: Reporter, chat_key: str, now: datetime) -> CallOpened:
    """Ask a person to turn to a chat and tell those who hear of such calls.

    A chat that already waits for the same reason is not asked about again: what it says is added. Danger, violence
    and children raise an alarm, which calls until somebody confirms.
    """
    check_in_transaction(store)
    row = next(
        store.db.query(
            "SELECT * FROM calls WHERE chat_key = ? AND reason = ? AND closed_at IS NULL", [chat_key, wanted.reason]
        ),
        None,
    )
    if row is None:
        call_id, area = _insert(store, wanted, chat, chat_key, now), wanted.area or ""
    else:
        call_id, area = row["id"], row["area_code"]
        body = _body(store, row)
        text = "\n".join(filter(None, [body["text"], wanted.text]))[-_TEXT_KEPT:]
        _save_body(store, call_id, {"text": text, "phone": wanted.phone or body["phone"]})
    _keep_from(store, call_id, wanted, area)
    lane = LANES.get(wanted.reason)
    if lane is not None:
        told = raise_alarm(store, Subject(call_id=call_id), lane=lane, area_code=area, chat=chat, now=now)
    else:
        told = _tell(store, call_id, again=row is not None, now=now)
    return CallOpened(call_id, wanted.reason, told)


def add_phone(store: Store, call_id: str, phone: str, said: str = "") -> None:
    """Add the number to call back, and what was *said* with it, if the call still waits."""
    check_in_transaction(store)
    row = next(store.db.query("SELECT * FROM calls WHERE id = ? AND closed_at IS NULL", [call_id]), None)
    if row is not None:
        body = _body(store, row)
        text = "\n".join(filter(None, [body["text"], said]))[-_TEXT_KEPT:]
        _save_body(store, call_id, {"text": text, "phone": phone or body["phone"]})


def make_anonymous(store: Store, call_id: str, *, chat_key: str) -> None:
    """Cut a complaint off from the chat that made it: no telephone, no chat, numbers in the words masked."""
    check_in_transaction(store)
    rows = store.db.query(
        "SELECT * FROM calls WHERE id = ? AND chat_key = ? AND reason = 'complaint' AND closed_at IS NULL",
        [call_id, chat_key],
    )
    for row in list(rows):
        _save_body(store, call_id, {"text": mask(_body(store, row)["text"]), "phone": ""})
        store.db.execute("UPDATE calls SET anonymous = 1, chat_key = ?, channel = '' WHERE id = ?", [new_id(), call_id])


def calls_for(store: Store, officer: Officer) -> list[Call]:
    """Return the open calls that *officer* hears of, oldest first."""
    rows = store.db.query("SELECT * FROM calls WHERE closed_at IS NULL ORDER BY number")
    return [_call(store, row) for row in rows if any(one.id == officer.id for one in _hearing(store, row))]


def call_for(store: Store, number: str, *, officer: Officer) -> Call:
    """Return one open call that *officer* hears of.

    Raises:
        CallNotFoundError: none of that number waits for this officer.
    """
    call = next((call for call in calls_for(store, officer) if str(call.number) == number), None)
    if call is None:
        raise CallNotFoundError
    return call


def do_call_task(store: Store, number: str, task: CallTask, *, officer: Officer, now: datetime, note: str = "") -> Call:
    """Mark a task of a call as done.

    Raises:
        CallNotFoundError: as ``call_for``.
    """
    check_in_transaction(store)
    do_step(store, call_for(store, number, officer=officer).id, task, note, officer=officer, now=now)
    return call_for(store, number, officer=officer)


def close_call(store: Store, number: str, *, officer: Officer, now: datetime) -> None:
    """Mark a call as done; its alarm, if there is one, ends with it.

    Raises:
        CallNotFoundError: as ``call_for``.
        CallTasksOpenError: tasks of its lane come first.
    """
    check_in_transaction(store)
    call = call_for(store, number, officer=officer)
    first = tuple(step.kind for step in call.steps if not step.is_done)
    if first:
        raise CallTasksOpenError(first)
    store.db.execute("UPDATE calls SET closed_at = ?, closed_by = ? WHERE id = ?", [to_text(now), officer.id, call.id])
    end_alarm(store, Subject(call_id=call.id), actor=officer, now=now)
    actor = f"officer:{officer.id}"
    audit.append(store, actor=actor, event="call.closed", subject=f"call:{call.id}", now=now)


def _insert(store: Store, wanted: OpenCall, chat: Reporter, chat_key: str, now: datetime) -> str:
    call_id = new_id()
    sealed = _sealed(store, call_id, {"text": wanted.text[:_TEXT_KEPT], "phone": wanted.phone})
    cursor = store.db.execute(
        "INSERT INTO calls (id, reason, area_code, chat_key, channel, body, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [call_id, wanted.reason.value, wanted.area or "", chat_key, chat.channel, sealed, to_text(now)],
    )
    facts = {"number": int(cursor.lastrowid or 0), "reason": wanted.reason}
    audit.append(store, actor="chat", event="call.opened", subject=f"call:{call_id}", now=now, facts=facts)
    open_steps(store, call_id, wanted.reason)
    return call_id


def _keep_from(store: Store, call_id: str, wanted: OpenCall, area: str) -> None:
    if wanted.reason is not CallReason.COMPLAINT:
        return
    for officer in named_in(store, wanted.text, area):
        store.db.execute("INSERT OR IGNORE INTO call_kept_from (call_id, officer) VALUES (?, ?)", [call_id, officer])


def _tell(store: Store, call_id: str, *, again: bool, now: datetime) -> int:
    """Tell those who hear of a call, unless they were told before; return how many chats that is."""
    row = next(store.db.query("SELECT * FROM calls WHERE id = ?", [call_id]))
    chats = [chat for officer in _hearing(store, row) for chat in chats_of_officer(store, officer.id)]
    for chat in chats if not again else ():
        outbox.put(
            store,
            channel=chat.channel,
            chat=chat.chat,
            kind=CALL_NOTICE,
            params={"number": str(row["number"]), "reason": row["reason"]},
            notice=True,
            now=now,
        )
    return len(chats)


def _hearing(store: Store, row: dict[str, Any]) -> list[Officer]:
    rows = store.db.query("SELECT officer FROM call_kept_from WHERE call_id = ?", [row["id"]])
    kept_from = frozenset(kept["officer"] for kept in rows)
    reason = CallReason(row["reason"])
    text = _body(store, row)["text"] if reason is CallReason.COMPLAINT else ""
    return hearers(store, reason, row["area_code"], kept_from=kept_from, text=text)


def _body(store: Store, row: dict[str, Any]) -> dict[str, str]:
    body: dict[str, str] = json.loads(store.vault.open_text(row["body"], table="calls", row=row["id"], column="body"))
    return body


def _sealed(store: Store, call_id: str, body: dict[str, str]) -> bytes:
    return store.vault.seal(json.dumps(body, ensure_ascii=False), table="calls", row=call_id, column="body")


def _save_body(store: Store, call_id: str, body: dict[str, str]) -> None:
    store.db.execute("UPDATE calls SET body = ? WHERE id = ?", [_sealed(store, call_id, body), call_id])


def _call(store: Store, row: dict[str, Any]) -> Call:
    body = _body(store, row)
    return Call(
        id=row["id"],
        number=row["number"],
        reason=CallReason(row["reason"]),
        channel=row["channel"],
        text=body["text"],
        phone=body["phone"],
        opened_at=from_text(row["opened_at"]),
        anonymous=bool(row["anonymous"]),
        steps=steps_of(store, row["id"]),
    )
