"""Calls: chats to which a person must turn, and the officers who are told of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.conversation.commands import CALL_NOTICE, CallReason, OpenCall
from bot.conversation.findings import CallOpened
from cases.actors import Officer, Reporter, Role
from cases.officers import all_officers, chats_of_officer
from storage import audit, outbox
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import from_text, to_text

# Who hears of a call. Violence at home and complaints never reach the village.
_HEARERS: Final = {
    CallReason.WISH: frozenset({Role.TOWNSHIP, Role.VILLAGE}),
    CallReason.DANGER: frozenset({Role.TOWNSHIP, Role.VILLAGE, Role.WORK_TEAM, Role.COUNTY}),
    CallReason.VIOLENCE: frozenset({Role.TOWNSHIP}),
    CallReason.COMPLAINT: frozenset({Role.COUNTY}),
}


class CallNotFoundError(Exception):
    """No open call of that number, or none that this officer may know of."""

    code = "bot.call_not_found"


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


def open_call(store: Store, wanted: OpenCall, *, channel: str, chat_key: str, now: datetime) -> CallOpened:
    """Ask a person to turn to a chat and tell those who hear of such calls.

    A chat that already waits for the same reason is not asked about again: what it says is added.
    """
    check_in_transaction(store)
    row = next(
        store.db.query(
            "SELECT * FROM calls WHERE chat_key = ? AND reason = ? AND closed_at IS NULL", [chat_key, wanted.reason]
        ),
        None,
    )
    if row is not None:
        body = _body(store, row)
        text = "\n".join(filter(None, [body["text"], wanted.text]))[-_TEXT_KEPT:]
        _save_body(store, row["id"], {"text": text, "phone": wanted.phone or body["phone"]})
        return CallOpened(row["id"], wanted.reason, len(_hearing_chats(store, wanted.reason, row["area_code"])))
    call_id = new_id()
    area = wanted.area or ""
    sealed = _sealed(store, call_id, {"text": wanted.text[:_TEXT_KEPT], "phone": wanted.phone})
    cursor = store.db.execute(
        "INSERT INTO calls (id, reason, area_code, chat_key, channel, body, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [call_id, wanted.reason.value, area, chat_key, channel, sealed, to_text(now)],
    )
    number = int(cursor.lastrowid or 0)
    facts = {"number": number, "reason": wanted.reason}
    audit.append(store, actor="chat", event="call.opened", subject=f"call:{call_id}", now=now, facts=facts)
    chats = _hearing_chats(store, wanted.reason, area)
    for chat in chats:
        outbox.put(
            store,
            channel=chat.channel,
            chat=chat.chat,
            kind=CALL_NOTICE,
            params={"number": str(number), "reason": wanted.reason.value},
            notice=True,
            now=now,
        )
    return CallOpened(call_id, wanted.reason, len(chats))


def add_phone(store: Store, call_id: str, phone: str) -> None:
    """Add the number to call back, if the call still waits."""
    check_in_transaction(store)
    row = next(store.db.query("SELECT * FROM calls WHERE id = ? AND closed_at IS NULL", [call_id]), None)
    if row is not None:
        _save_body(store, call_id, {**_body(store, row), "phone": phone})


def calls_for(store: Store, officer: Officer) -> list[Call]:
    """Return the open calls that *officer* hears of, oldest first."""
    rows = store.db.query("SELECT * FROM calls WHERE closed_at IS NULL ORDER BY number")
    return [_call(store, row) for row in rows if _hears(officer, CallReason(row["reason"]), row["area_code"])]


def close_call(store: Store, number: str, *, officer: Officer, now: datetime) -> None:
    """Mark a call as done.

    Raises:
        CallNotFoundError: none of that number waits for this officer.
    """
    check_in_transaction(store)
    call = next((call for call in calls_for(store, officer) if str(call.number) == number), None)
    if call is None:
        raise CallNotFoundError
    store.db.execute("UPDATE calls SET closed_at = ?, closed_by = ? WHERE id = ?", [to_text(now), officer.id, call.id])
    actor = f"officer:{officer.id}"
    audit.append(store, actor=actor, event="call.closed", subject=f"call:{call.id}", now=now)


_TEXT_KEPT: Final = 2000


def _hearing_chats(store: Store, reason: CallReason, area: str) -> list[Reporter]:
    hearers = (officer for officer in all_officers(store) if _hears(officer, reason, area))
    return [chat for officer in hearers for chat in chats_of_officer(store, officer.id)]


def _hears(officer: Officer, reason: CallReason, area: str) -> bool:
    """Tell whether one of the officer's grants covers the call's area, or may: where the area is wide or unknown,
    everybody within it from the township up hears."""
    return any(
        grant.role in _HEARERS[reason]
        and (grant.covers(area) or (grant.role is not Role.VILLAGE and grant.scope.startswith(area)))
        for grant in officer.grants
    )


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
    )
