"""The officer's desk in a chat: what waits, one case, one event at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias

from bot.conversation.buttons import Tap, Verb
from bot.conversation.commands import ActOnCase, CloseCall, ListQueue, LookAtCase, RevealCase
from bot.conversation.findings import Acted, Bound, CallClosed, CallRow, CaseRevealed, CaseSeen, QueueFound, QueueRow
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, DeskForm, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Json
from cases.receipts import is_receipt
from cases.states import Event
from language.dates import find_dates
from language.numerals import find_numbers

DeskResult: TypeAlias = QueueFound | CaseSeen | CaseRevealed | Acted | CallClosed | Bound

_DATE_FIELDS: Final = frozenset(
    {
        "visited_on", "held_on", "posted_on", "ended_on", "given_on", "told_on",
        "consent_signed_on", "cross_checked_on", "announced_on", "entered_on", "planned_on",
    }
)  # fmt: skip
_NUMBER_FIELDS: Final = frozenset({"objections", "attended", "in_favour"})
_AREA_FIELDS: Final = frozenset({"area_code"})
_EVENTS: Final = frozenset(event.value for event in Event)
_ISO_DAY: Final = 10


def list_queue(state: State) -> Outcome:
    """Look up what waits for this officer."""
    return Outcome(replace(state, asking=Asking.NOTHING, desk=None), commands=(ListQueue(),))


def enter(state: State, u: Understanding, result: DeskResult) -> Outcome:
    """Show an officer what his reads and acts brought back."""
    match result:
        case QueueFound():
            return _show_queue(state, result)
        case CaseSeen():
            return _show_case(state, u, result)
        case CaseRevealed():
            return Outcome(state, (say(Say.DESK_PEOPLE, receipt=result.receipt, **result.facts),))
        case Acted():
            done = say(Say.DESK_DONE, receipt=result.receipt, label=result.label, stage=result.stage)
            return Outcome(state, (done,))
        case CallClosed():
            return Outcome(state, (say(Say.DESK_CALL_DONE, number=result.number),))
        case Bound():
            return Outcome(state, (say(Say.BOUND, duties=list(result.duties)),))


def tap(state: State, tapped: Tap, u: Understanding) -> Outcome | None:
    """Do what an officer's button does; None for a button that makes no sense."""
    match tapped:
        case Tap(Verb.CASE, (receipt,)) if is_receipt(receipt):
            return Outcome(state, commands=(LookAtCase(receipt),))
        case Tap(Verb.REVEAL, (receipt,)) if is_receipt(receipt) and u.personal_data:
            return Outcome(state, commands=(RevealCase(receipt),))
        case Tap(Verb.EVENT, (receipt, version, event)) if _is_event(receipt, version, event):
            return Outcome(state, commands=(LookAtCase(receipt, Event(event), int(version)),))
        case Tap(Verb.FIELD, (value,)) if state.asking is Asking.DESK_FIELD:
            return _fill(state, value)
        case Tap(Verb.CALL_DONE, (number,)):
            return Outcome(state, commands=(CloseCall(number),))
        case _:
            return None


def hear_field(state: State, u: Understanding) -> Outcome:
    """Take what was written as the field that was asked for."""
    desk = state.desk
    assert desk is not None
    value = _read_field(desk.missing[0], u)
    if value is None:
        return Outcome(state, (say(Say.DESK_UNCLEAR, field=desk.missing[0]),))
    return _fill(state, value)


def _show_queue(state: State, found: QueueFound) -> Outcome:
    """Show what waits: numbers, stages, villages, dates."""
    rows: list[Json] = [_row(row) for row in found.rows]
    calls: list[Json] = [_call(call) for call in found.calls]
    return Outcome(state, (say(Say.DESK_QUEUE, rows=rows, calls=calls, more=found.more),))


def _show_case(state: State, u: Understanding, seen: CaseSeen) -> Outcome:
    """Show one case with what may be done; or go straight on with what the officer wants to do."""
    wanted = next((choice for choice in seen.choices if choice.event is seen.wanted), None)
    if wanted is not None:
        version = seen.version if seen.seen is None else seen.seen
        form = DeskForm(seen.row.receipt, version, wanted.event.value, wanted.required)
        return _go_on(replace(state, desk=form))
    choices: list[Json] = [{"event": choice.event.value, "label": choice.label} for choice in seen.choices]
    reply = say(
        Say.DESK_CASE,
        **_row(seen.row),
        version=seen.version,
        choices=choices,
        facts=dict(seen.facts),
        full=u.personal_data,
        unavailable=seen.wanted is not None,
    )
    return Outcome(replace(state, asking=Asking.NOTHING, desk=None), (reply,))


def _fill(state: State, value: str) -> Outcome:
    desk = state.desk
    if desk is None or not desk.missing:
        return Outcome(replace(state, asking=Asking.NOTHING, desk=None), (say(Say.OLD_BUTTON),))
    filled = {**desk.filled, desk.missing[0]: value}
    return _go_on(replace(state, desk=replace(desk, missing=desk.missing[1:], filled=filled)))


def _go_on(state: State) -> Outcome:
    """Ask for the next field; when none is missing, act."""
    desk = state.desk
    assert desk is not None
    if desk.missing:
        reply = say(Say.DESK_ASK, receipt=desk.receipt, event=desk.event, field=desk.missing[0])
        return Outcome(replace(state, asking=Asking.DESK_FIELD), (reply,))
    command = ActOnCase(desk.receipt, desk.version, Event(desk.event), desk.filled)
    return Outcome(replace(state, asking=Asking.NOTHING, desk=None), commands=(command,))


def _read_field(field: str, u: Understanding) -> str | None:
    if field in _DATE_FIELDS:
        return _read_day(u)
    if field in _NUMBER_FIELDS:
        numbers = find_numbers(u.heard)
        return str(int(numbers[0].value)) if numbers else "0" if u.heard.startswith(("没", "无")) else None
    if field in _AREA_FIELDS:
        return u.slots.place.code if u.slots.place else None
    return u.text.strip() or None


def _read_day(u: Understanding) -> str | None:
    days = [moment.iso for moment in find_dates(u.heard, u.today) if len(moment.iso) == _ISO_DAY]
    return days[0] if days else None


def _is_event(receipt: str, version: str, event: str) -> bool:
    return is_receipt(receipt) and version.isdecimal() and len(version) < 10 and event in _EVENTS


def _row(row: QueueRow) -> dict[str, Json]:
    return {
        "receipt": row.receipt,
        "stage": row.stage,
        "place": row.place,
        "due_on": _iso(row.due_on),
        "provisional": row.provisional,
        "urgent": row.urgent,
    }


def _call(call: CallRow) -> Json:
    return {
        "number": call.number,
        "reason": call.reason.value,
        "opened_on": call.opened_on.isoformat(),
        "text": call.text,
        "phone": call.phone,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
