"""Alarms: somebody is in danger, duty officers are called together and again until one confirms, then the next.

An alarm belongs to a case or to a call for a person. Notices of it carry its number and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from structlog import get_logger

from cases.access import actor_name
from cases.actors import Actor, Clock, Officer, Reporter, Role
from cases.duty.roster import RINGS_EACH, Lane, may_answer, on_duty
from cases.errors import AlarmNotFoundError, AlarmTakenError, NotPermittedError
from cases.notices import ALARM_CONFIRMED, ALARM_FALSE, ALARM_UNHEARD, NoticeKind
from cases.officers import chats_of_officer, load_officer
from cases.states import Event
from storage import audit, outbox
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import from_text, local_date, to_text

BATCH: Final = 20
# After so many rings an alarm rings once an hour.
RINGS_AT_PACE: Final = 24
_SLOW: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Subject:
    """What an alarm is about: the id of a case, or of a call."""

    case_id: str | None = None
    call_id: str | None = None


@dataclass(frozen=True)
class Alarm:
    """An alarm. ``rings``: how often people were called. ``confirmed_by``: the officer who turns to it."""

    number: int
    id: str
    subject: Subject
    lane: Lane
    area_code: str
    chat: Reporter | None
    raised_at: datetime
    rung_at: datetime
    rings: int
    confirmed_by: str | None
    is_over: bool
    is_false: bool


def raise_alarm(
    store: Store, subject: Subject, *, lane: Lane, area_code: str, chat: Reporter | None, now: datetime
) -> int:
    """Call those on duty, and return to how many chats the call goes. Needs an open transaction.

    *chat* is told whether anybody confirms. While an alarm of the same subject is open, nothing new is raised.
    """
    check_in_transaction(store)
    waiting = open_alarm(store, subject)
    if waiting is not None:
        if waiting.chat is None:
            _keep_chat(store, waiting.id, chat)
        return _told(store, waiting, waiting.rings - 1, now)
    alarm_id = new_id()
    store.db.execute(
        "INSERT INTO alarms (id, case_id, call_id, lane, area_code, channel, chat, raised_at, rung_at, rings)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [
            alarm_id,
            subject.case_id,
            subject.call_id,
            lane.value,
            area_code,
            *_chat_columns(store, alarm_id, chat),
            to_text(now),
            to_text(now),
        ],
    )
    _audit(store, alarm_id, "alarm.raised", Clock(), now, {"lane": lane.value})
    return _ring(store, _load(store, alarm_id), now)


def ring_again(store: Store, now: datetime, *, every: timedelta, limit: int = BATCH) -> int:
    """Call again about alarms that nobody confirmed for *every*, and return of how many. Needs an open transaction."""
    check_in_transaction(store)
    rows = store.db.query(
        "SELECT id FROM alarms WHERE confirmed_at IS NULL AND closed_at IS NULL"
        " AND rung_at <= CASE WHEN rings < ? THEN ? ELSE ? END ORDER BY rung_at LIMIT ?",
        [RINGS_AT_PACE, to_text(now - every), to_text(now - max(every, _SLOW)), limit],
    )
    waiting = [_load(store, row["id"]) for row in rows]
    for alarm in waiting:
        if alarm.rings == RINGS_EACH:
            _tell(store, alarm, ALARM_UNHEARD, {}, now)
        _ring(store, alarm, now)
    return len(waiting)


def confirm(store: Store, number: int, *, officer: Officer, now: datetime) -> Alarm:
    """Let *officer* turn to an alarm: the calling ends, the person in danger and the others called are told.

    Raises:
        AlarmNotFoundError: there is none, none for this officer, or it is over.
        AlarmTakenError: another officer confirmed it.
    """
    alarm = alarm_for(store, number, officer=officer)
    if alarm.confirmed_by == officer.id:
        return alarm
    if alarm.confirmed_by is not None:
        raise AlarmTakenError(holder=load_officer(store, alarm.confirmed_by).name)
    store.db.execute(
        "UPDATE alarms SET confirmed_at = ?, confirmed_by = ? WHERE id = ?", [to_text(now), officer.id, alarm.id]
    )
    _audit(store, alarm.id, "alarm.confirmed", officer, now, {"rings": alarm.rings})
    _tell(store, alarm, ALARM_CONFIRMED, {"as": _serves_as(officer, alarm)}, now)
    for other in _called(store, alarm, now):
        if other != officer.id:
            _notify(store, other, NoticeKind.OFFICER_ALARM_TAKEN, alarm, now)
    return _load(store, alarm.id)


def close_as_false(store: Store, number: int, *, officer: Officer, now: datetime) -> Alarm:
    """End an alarm as 误报. Whoever raised it is told so, and that nobody blames him. Needs an open transaction.

    Raises:
        AlarmNotFoundError: as ``confirm``.
        NotPermittedError: a village alone does not end an alarm.
    """
    alarm = alarm_for(store, number, officer=officer)
    if officer.is_of_village:
        raise NotPermittedError(event=Event.FALSE_ALARM, roles=[Role.TOWNSHIP, Role.COUNTY])
    _close(store, alarm, now, false=True)
    _audit(store, alarm.id, "alarm.false", officer, now, {"rings": alarm.rings})
    _tell(store, alarm, ALARM_FALSE, {}, now)
    return _load(store, alarm.id)


def end_alarm(store: Store, subject: Subject, *, actor: Actor, now: datetime, false: bool = False) -> None:
    """End the alarm of a subject that needs no call any more: it was worked on, is over, or was *false*."""
    alarm = open_alarm(store, subject)
    if alarm is not None:
        _close(store, alarm, now, false=false)
        facts = {"rings": alarm.rings}
        _audit(store, alarm.id, "alarm.false" if false else "alarm.ended", actor, now, facts)


def open_alarm(store: Store, subject: Subject) -> Alarm | None:
    """Return the alarm of a subject that is not over, confirmed or not."""
    row = next(
        store.db.query(
            "SELECT id FROM alarms WHERE closed_at IS NULL AND (case_id IS ? AND call_id IS ?) ORDER BY number DESC",
            [subject.case_id, subject.call_id],
        ),
        None,
    )
    return None if row is None else _load(store, row["id"])


def silence(store: Store, subject: Subject) -> None:
    """Let the alarm of a subject go on without a word to the chat in danger. Needs an open transaction."""
    check_in_transaction(store)
    alarm = open_alarm(store, subject)
    if alarm is not None:
        _keep_chat(store, alarm.id, None)


def unconfirmed(store: Store, *, before: datetime) -> int:
    """Return how many alarms were raised before an instant and nobody confirmed yet."""
    query = "SELECT count(*) AS alarms FROM alarms WHERE confirmed_at IS NULL AND closed_at IS NULL AND raised_at < ?"
    return int(next(store.db.query(query, [to_text(before)]))["alarms"])


def alarms_for(store: Store, officer: Officer) -> list[Alarm]:
    """Return the alarms that are this officer's to answer and not over, oldest first."""
    rows = store.db.query("SELECT id FROM alarms WHERE closed_at IS NULL ORDER BY number")
    found = (_load(store, row["id"]) for row in rows)
    return [alarm for alarm in found if may_answer(store, officer, alarm.area_code, alarm.lane)]


def alarm_for(store: Store, number: int, *, officer: Officer) -> Alarm:
    """Return an alarm that is this officer's to answer.

    Raises:
        AlarmNotFoundError: there is none, none for this officer, or it is over.
    """
    check_in_transaction(store)
    row = next(store.db.query("SELECT id FROM alarms WHERE number = ? AND closed_at IS NULL", [number]), None)
    alarm = _load(store, row["id"]) if row else None
    if alarm is None or not may_answer(store, officer, alarm.area_code, alarm.lane):
        raise AlarmNotFoundError
    return alarm


def _keep_chat(store: Store, alarm_id: str, chat: Reporter | None) -> None:
    columns = _chat_columns(store, alarm_id, chat)
    store.db.execute("UPDATE alarms SET channel = ?, chat = ? WHERE id = ?", [*columns, alarm_id])


def _chat_columns(store: Store, alarm_id: str, chat: Reporter | None) -> tuple[str, bytes]:
    """Return the channel and the sealed chat of an alarm as they are stored, empty where nobody is told."""
    sealed = store.vault.seal(chat.chat if chat else "", table="alarms", row=alarm_id, column="chat")
    return chat.channel if chat else "", sealed


def _ring(store: Store, alarm: Alarm, now: datetime) -> int:
    """Call those whose turn it is, and return to how many chats that goes."""
    store.db.execute("UPDATE alarms SET rings = rings + 1, rung_at = ? WHERE id = ?", [to_text(now), alarm.id])
    officers = on_duty(store, alarm.area_code, alarm.lane, alarm.rings, local_date(now))
    told = sum(_notify(store, officer, NoticeKind.OFFICER_ALARM, alarm, now) for officer in officers)
    if not told:
        get_logger().warning("alarm.unheard", alarm=alarm.number, lane=alarm.lane.value, ring=alarm.rings + 1)
    return told


def _told(store: Store, alarm: Alarm, rings: int, now: datetime) -> int:
    officers = on_duty(store, alarm.area_code, alarm.lane, rings, local_date(now))
    return sum(len(chats_of_officer(store, officer)) for officer in officers)


def _called(store: Store, alarm: Alarm, now: datetime) -> list[str]:
    """Return everybody who was called about an alarm, each once."""
    day = local_date(now)
    rounds = (on_duty(store, alarm.area_code, alarm.lane, ring, day) for ring in range(0, alarm.rings, RINGS_EACH))
    return list(dict.fromkeys(officer for officers in rounds for officer in officers))


def _notify(store: Store, officer: str, kind: NoticeKind, alarm: Alarm, now: datetime) -> int:
    chats = chats_of_officer(store, officer)
    for chat in chats:
        params = {"number": alarm.number, "ring": alarm.rings + 1, "lane": alarm.lane.value}
        outbox.put(store, channel=chat.channel, chat=chat.chat, kind=kind.value, params=params, notice=True, now=now)
    return len(chats)


def _tell(store: Store, alarm: Alarm, kind: str, params: Mapping[str, Any], now: datetime) -> None:
    """Tell the person in danger, if a chat is known."""
    chat = alarm.chat
    if chat is None:
        return
    outbox.put(store, channel=chat.channel, chat=chat.chat, kind=kind, params=params, notice=True, now=now)


def _serves_as(officer: Officer, alarm: Alarm) -> str:
    """Return as what an officer answers, in words: never his name."""
    roles = [grant.role for grant in officer.grants if grant.covers(alarm.area_code)]
    roles = roles or [grant.role for grant in officer.grants]
    return roles[0].label


def _close(store: Store, alarm: Alarm, now: datetime, *, false: bool) -> None:
    store.db.execute(
        "UPDATE alarms SET closed_at = ?, false_alarm = ? WHERE id = ?", [to_text(now), int(false), alarm.id]
    )


def _audit(store: Store, alarm_id: str, event: str, actor: Actor, now: datetime, facts: Mapping[str, object]) -> None:
    audit.append(store, actor=actor_name(store, actor), event=event, subject=f"alarm:{alarm_id}", now=now, facts=facts)


def _load(store: Store, alarm_id: str) -> Alarm:
    row = next(store.db.query("SELECT * FROM alarms WHERE id = ?", [alarm_id]))
    chat = store.vault.open_text(row["chat"], table="alarms", row=alarm_id, column="chat")
    return Alarm(
        number=row["number"],
        id=alarm_id,
        subject=Subject(row["case_id"], row["call_id"]),
        lane=Lane(row["lane"]),
        area_code=row["area_code"],
        chat=Reporter(row["channel"], chat) if row["channel"] else None,
        raised_at=from_text(row["raised_at"]),
        rung_at=from_text(row["rung_at"]),
        rings=row["rings"],
        confirmed_by=row["confirmed_by"],
        is_over=row["closed_at"] is not None,
        is_false=bool(row["false_alarm"]),
    )
