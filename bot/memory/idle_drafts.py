"""Drafts that nobody works on: a gentle reminder once, and after a month an end that is announced, never silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot.conversation.commands import CallReason, OpenCall
from bot.conversation.drafting import is_township_first
from bot.conversation.kinds import Say
from bot.conversation.state import Draft, draft_from_text
from bot.memory.calls import open_call
from cases.actors import Reporter
from storage import outbox
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import SHANGHAI, from_text, local_date, to_text

REMIND_AFTER: Final = timedelta(days=2)
EXPIRE_AFTER: Final = timedelta(days=30)
_BATCH: Final = 20
_FIRST_HOUR, _LAST_HOUR = 8, 20


def mind_drafts(store: Store, now: datetime, *, limit: int = _BATCH) -> int:
    """Remind of drafts and end those that ran out, at most *limit*; return how many. People are not woken for it.

    What a villager began and did not hand in is kept sealed for the officer who calls him. Needs an open transaction.
    """
    check_in_transaction(store)
    if not _FIRST_HOUR <= now.astimezone(SHANGHAI).hour < _LAST_HOUR:
        return 0
    expired = _idle(store, "expired_at IS NULL", now - EXPIRE_AFTER, limit)
    for row in expired:
        _expire(store, row, now)
    reminded = _idle(store, "expired_at IS NULL AND reminded_at IS NULL", now - REMIND_AFTER, limit - len(expired))
    for row in reminded:
        _remind(store, row, now)
    return len(expired) + len(reminded)


def _idle(store: Store, which: str, since: datetime, limit: int) -> list[Mapping[str, Any]]:
    return list(
        store.db.query(
            f"SELECT * FROM drafts WHERE {which} AND chat IS NOT NULL AND changed_at <= ?"  # noqa: S608 - our own words
            " ORDER BY changed_at LIMIT ?",
            [to_text(since), limit],
        )
    )


def _remind(store: Store, row: Mapping[str, Any], now: datetime) -> None:
    store.db.execute("UPDATE drafts SET reminded_at = ? WHERE id = ?", [to_text(now), row["id"]])
    if not _draft(store, row).offered:
        until = local_date(from_text(row["changed_at"]) + EXPIRE_AFTER)
        _tell(store, _owner(store, row), Say.DRAFT_REMINDER, {"until": until.isoformat()}, now)


def _expire(store: Store, row: Mapping[str, Any], now: datetime) -> None:
    """End a draft: an offer that nobody took is forgotten, a report that was begun goes to an officer's list."""
    draft, owner = _draft(store, row), _owner(store, row)
    if draft.offered or draft.is_blank:
        store.db.execute("DELETE FROM drafts WHERE id = ?", [row["id"]])
        return
    store.db.execute("UPDATE drafts SET expired_at = ? WHERE id = ?", [to_text(now), row["id"]])
    area = draft.place.code if draft.place else None
    told = " ".join(filter(None, [draft.householder, draft.story]))
    wanted = OpenCall(CallReason.WISH, told, draft.phone or "", area, draft.danger, above=is_township_first(draft))
    open_call(store, wanted, chat=owner, chat_key=row["chat_key"], now=now)
    facts = {
        "begun_on": local_date(from_text(row["created_at"])).isoformat(),
        "phone": bool(draft.phone),
        "above": wanted.above,
    }
    _tell(store, owner, Say.DRAFT_EXPIRED, facts, now)


def _draft(store: Store, row: Mapping[str, Any]) -> Draft:
    return draft_from_text(store.vault.open_text(row["body"], table="drafts", row=row["id"], column="body"))


def _owner(store: Store, row: Mapping[str, Any]) -> Reporter:
    return Reporter(row["channel"], store.vault.open_text(row["chat"], table="drafts", row=row["id"], column="chat"))


def _tell(store: Store, chat: Reporter, kind: Say, params: Mapping[str, Any], now: datetime) -> None:
    outbox.put(store, channel=chat.channel, chat=chat.chat, kind=kind.value, params=params, notice=True, now=now)
