"""Sessions of officers: kept on the server, ended by time, by the officer, or by his removal."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cases.actors import Officer
from cases.officers import load_officer
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, to_text

COOKIE: Final = "bangfu_desk"
_WRITTEN_EVERY: Final = timedelta(minutes=1)
_KEPT: Final = timedelta(days=30)
_SYSTEMS: Final = {"Android": "安卓手机", "iPhone": "苹果手机", "iPad": "平板", "Windows": "电脑", "Mac OS": "苹果电脑"}
_BROWSERS: Final = {"MicroMessenger": "微信", "Edg/": "Edge", "Firefox": "火狐", "Chrome": "Chrome", "Safari": "Safari"}


@dataclass(frozen=True)
class Limits:
    """After how long without a look, and after how long at all, an officer must sign in again."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True)
class DeskSession:
    """One browser of one officer. ``live``: it may be used; a session that ended still says whose it was."""

    key: str
    officer: str
    device: str
    opened_at: datetime
    seen_at: datetime
    live: bool


def open_session(store: Store, officer: Officer, *, device: str, now: datetime) -> str:
    """Begin a session and return the token for its cookie; only a keyed hash is kept. Needs an open transaction."""
    check_in_transaction(store)
    token = secrets.token_urlsafe(32)
    old = to_text(now - _KEPT)
    store.db.execute(
        "DELETE FROM desk_reveals WHERE token_key IN (SELECT token_key FROM officer_sessions WHERE seen_at < ?)", [old]
    )
    store.db.execute("DELETE FROM officer_sessions WHERE seen_at < ?", [old])
    store.db.execute(
        "INSERT INTO officer_sessions (token_key, officer, device, opened_at, seen_at) VALUES (?, ?, ?, ?, ?)",
        [_key(store, token), officer.id, device, to_text(now), to_text(now)],
    )
    return token


def find_session(store: Store, token: str, limits: Limits, *, now: datetime) -> DeskSession | None:
    """Return the session of a cookie, live or not; None when we never gave it out."""
    row = next(store.db.query("SELECT * FROM officer_sessions WHERE token_key = ?", [_key(store, token)]), None)
    return None if row is None else _session(store, row, limits, now)


def sessions_of(store: Store, officer: str, limits: Limits, *, now: datetime) -> list[DeskSession]:
    """Return the live sessions of an officer, newest first."""
    rows = store.db.query("SELECT * FROM officer_sessions WHERE officer = ? ORDER BY seen_at DESC", [officer])
    return [session for session in (_session(store, row, limits, now) for row in rows) if session.live]


def keep_alive(store: Store, session: DeskSession, *, now: datetime) -> None:
    """Write down that a session was used, at most once a minute."""
    if now - session.seen_at > _WRITTEN_EVERY:
        store.db.execute(
            "UPDATE officer_sessions SET seen_at = ? WHERE token_key = ? AND seen_at < ?",
            [to_text(now), session.key, to_text(now)],
        )


def end_session(store: Store, key: str, *, now: datetime) -> None:
    """End one session."""
    store.db.execute(
        "UPDATE officer_sessions SET ended_at = ? WHERE token_key = ? AND ended_at IS NULL", [to_text(now), key]
    )


def end_all(store: Store, officer: str, *, now: datetime) -> None:
    """End every session of an officer."""
    store.db.execute(
        "UPDATE officer_sessions SET ended_at = ? WHERE officer = ? AND ended_at IS NULL", [to_text(now), officer]
    )


def device_name(user_agent: str) -> str:
    """Return what an officer would call the browser that says *user_agent*."""
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "电脑")
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "")
    return f"{system} {browser}".strip()


def _session(store: Store, row: dict[str, Any], limits: Limits, now: datetime) -> DeskSession:
    opened_at, seen_at = from_text(row["opened_at"]), from_text(row["seen_at"])
    in_time = now - seen_at <= limits.idle and now - opened_at <= limits.longest
    return DeskSession(
        key=row["token_key"],
        officer=row["officer"],
        device=row["device"],
        opened_at=opened_at,
        seen_at=seen_at,
        live=row["ended_at"] is None and in_time and bool(load_officer(store, row["officer"]).grants),
    )


def _key(store: Store, token: str) -> str:
    return store.vault.fingerprint("desk.session", token)
