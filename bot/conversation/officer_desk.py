"""The officer's desk in a chat: what waits, one case, one event at a time."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Final, TypeAlias

from bot.conversation import desk_notices, desk_papers
from bot.conversation.buttons import Tap, Verb
from bot.conversation.commands import AnswerAlarm, CloseCall, DoCallTask, ListQueue, LookAtCase, RevealCase
from bot.conversation.findings import (
    Acted,
    AlarmAnswered,
    AlarmRow,
    Bound,
    CallClosed,
    CallRow,
    CallWorked,
    CaseRevealed,
    CaseSeen,
    EventChoice,
    NoticeDrafted,
    QueueFound,
    QueueRow,
)
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, DeskForm, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Json
from cases.details.describing import WrittenField, WrittenType, written_fields
from cases.errors import CountError
from cases.receipts import is_receipt
from cases.states import Event
from cases.terms import outdated_terms, speaks_of_relief
from language.dates import find_dates
from language.numerals import find_numbers

DeskResult: TypeAlias = (
    QueueFound | CaseSeen | CaseRevealed | Acted | NoticeDrafted | CallClosed | Bound | AlarmAnswered | CallWorked
)

_EVENTS: Final = frozenset(event.value for event in Event)
_ISO_DAY: Final = 10
_LAST_DIGITS: Final = 4
_VOTES: Final = 3
_IN_WORDS: Final = frozenset({WrittenType.TEXT, WrittenType.LONG, WrittenType.LIST})


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
            facts: dict[str, Json] = {"label": result.label, "stage": result.stage, "households": result.households}
            done = say(Say.DESK_DONE, receipt=result.receipt, **facts)
            return Outcome(state, (done,))
        case NoticeDrafted():
            return Outcome(state, (say(Say.DESK_NOTICE, **asdict(result)),))
        case AlarmAnswered():
            kind = Say.DESK_ALARM_FALSE if result.false else Say.DESK_ALARM
            answered = say(kind, number=result.number, call=result.call, receipt=result.receipt)
            return Outcome(state, (answered,))
        case CallWorked():
            return Outcome(state, (say(Say.DESK_CALL_WORKED, number=result.number, todo=list(result.todo)),))
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
            return _tap_field(state, value, u)
        case Tap(Verb.ALARM, (number, answer)) if number.isdecimal() and answer in ("take", "false"):
            return Outcome(state, commands=(AnswerAlarm(int(number), answer == "false"),))
        case Tap(Verb.CALL_TASK, (number, task)):
            return Outcome(state, commands=(DoCallTask(number, task),))
        case Tap(Verb.CALL_DONE, (number,)):
            return Outcome(state, commands=(CloseCall(number),))
        case _:
            return None


def hear_field(state: State, u: Understanding) -> Outcome:
    """Take what was written as the field that was asked for."""
    desk = state.desk
    assert desk is not None
    asked = desk_papers.asked(desk)
    value = _read_paper(desk, asked, u) if desk.event in desk_papers.FORMS else _read_field(asked, u)
    if value is None:
        return _go_on(state).after(say(Say.DESK_UNCLEAR, field=asked.name))
    outcome = _fill(state, value, u)
    terms: list[Json] = [{"term": one.term, "instead": one.instead} for one in outdated_terms(value)]
    return outcome.after(say(Say.DESK_TERMS, terms=terms)) if terms else outcome


def _show_queue(state: State, found: QueueFound) -> Outcome:
    """Show what waits: numbers, stages, villages, dates."""
    rows: list[Json] = [_row(row) for row in found.rows]
    calls: list[Json] = [_call(call) for call in found.calls]
    alarms: list[Json] = [_alarm(alarm) for alarm in found.alarms]
    return Outcome(state, (say(Say.DESK_QUEUE, rows=rows, calls=calls, alarms=alarms, more=found.more),))


def _show_case(state: State, u: Understanding, seen: CaseSeen) -> Outcome:
    """Show one case with what may be done; or go straight on with what the officer wants to do."""
    wanted = next((choice for choice in seen.choices if choice.event is seen.wanted), None)
    if wanted is not None and not u.personal_data and _tells_of_household(wanted):
        elsewhere = say(Say.DESK_ELSEWHERE, receipt=seen.row.receipt)
        return Outcome(replace(state, asking=Asking.NOTHING, desk=None), (elsewhere,))
    if wanted is not None:
        version = seen.version if seen.seen is None else seen.seen
        form = DeskForm(seen.row.receipt, version, wanted.event.value, wanted.required, others=seen.others)
        return _go_on(replace(state, desk=form))
    choices: list[Json] = [{"event": choice.event.value, "label": choice.label} for choice in seen.choices]
    reply = say(
        Say.DESK_CASE,
        **_row(seen.row),
        version=seen.version,
        choices=choices,
        facts=dict(seen.facts),
        unavailable=seen.wanted is not None,
    )
    return Outcome(replace(state, asking=Asking.NOTHING, desk=None), (reply,))


def _tells_of_household(choice: EventChoice) -> bool:
    """Tell whether a step asks for words about the household or a photo, which may not travel on every channel."""
    if choice.event in desk_papers.FORMS:
        return desk_papers.FORMS[choice.event].proof and choice.required[:1] != (desk_notices.STARTS_ON,)
    asked = {one.name: one.type for one in written_fields(choice.event)}
    return any(asked[name] in _IN_WORDS for name in choice.required)


def waits_for_photo(state: State) -> bool:
    """Tell whether an officer was asked for a photo."""
    desk = state.desk if state.asking is Asking.DESK_FIELD else None
    return desk is not None and bool(desk.missing) and desk_papers.asked(desk).type is WrittenType.PHOTO


def take_photo(state: State, photo: str, u: Understanding) -> Outcome:
    """Take the photo that was asked for."""
    return _fill(state, photo, u)


def _tap_field(state: State, value: str, u: Understanding) -> Outcome:
    """Take a value that stood on a button, as if it had been written."""
    desk = state.desk
    if desk is None or not desk.missing:
        return Outcome(replace(state, asking=Asking.NOTHING, desk=None), (say(Say.OLD_BUTTON),))
    return hear_field(state, replace(u, text=value, heard=value))


def _fill(state: State, value: str, u: Understanding) -> Outcome:
    desk = state.desk
    assert desk is not None
    if desk.event in desk_papers.FORMS:
        if (why := desk_papers.contradiction(desk, value)) is not None:
            return _go_on(state).after(say(Say.REFUSED, code=CountError.code, fields={"why": why}))
        return _go_on(replace(state, desk=desk_papers.follow(desk, value, full=u.personal_data)))
    filled = {**desk.filled, desk.missing[0]: value}
    missing = (*desk.missing[1:], *_also_asked(desk, value))
    return _go_on(replace(state, desk=replace(desk, missing=missing, filled=filled)))


def _also_asked(desk: DeskForm, value: str) -> tuple[str, ...]:
    """Return what an answer makes necessary: who sends a household to relief says why there is no risk."""
    proposes = desk.event == Event.DECLINE_PROPOSED and desk.missing[0] == "reason"
    return ("no_risk",) if proposes and speaks_of_relief(value) else ()


def _go_on(state: State) -> Outcome:
    """Ask for the next field; when none is missing, act."""
    desk = state.desk
    assert desk is not None
    if desk.missing:
        reply = say(
            Say.DESK_ASK,
            receipt=desk_papers.household_of(desk),
            event=desk.event,
            field=desk.missing[0],
            others=list(desk.others),
        )
        return Outcome(replace(state, asking=Asking.DESK_FIELD), (reply,))
    command = desk_papers.command_of(desk)
    return Outcome(replace(state, asking=Asking.NOTHING, desk=None), commands=(command,))


def _read_paper(desk: DeskForm, asked: WrittenField, u: Understanding) -> str | None:
    """Read an answer about a paper: what is offered there has a meaning of its own."""
    if asked.name == desk_papers.MORE:
        said = "".join(u.text.split())
        found = [other for other in desk.others if len(said) >= _LAST_DIGITS and other.endswith(said)]
        return found[0] if len(found) == 1 else "" if _is_none(u) else None
    match asked.type:
        case WrittenType.CHOICE:
            return u.text if u.text in asked.offered else None
        case WrittenType.PHOTO:
            return "" if u.text in asked.offered else None
        case WrittenType.VOTES if u.text in asked.offered:
            return desk_papers.unanimous(desk)
        case WrittenType.VOTES:
            counts = [str(int(number.value)) for number in find_numbers(u.heard)]
            return "/".join(counts) if len(counts) == _VOTES else None
        case WrittenType.LIST if _is_none(u):
            return "" if asked.offered else None
        case WrittenType.DATE:
            day = _read_day(u)
            may_lie_ahead = asked.name == desk_notices.STARTS_ON
            return day if day is not None and (may_lie_ahead or day <= u.today.isoformat()) else None
        case _:
            return _read_field(asked, u)


def _is_none(u: Understanding) -> bool:
    return u.text.strip().startswith(("没", "无"))


def _read_field(asked: WrittenField, u: Understanding) -> str | None:
    match asked.type:
        case WrittenType.DATE:
            return _read_day(u)
        case WrittenType.NUMBER:
            numbers = find_numbers(u.heard)
            return str(int(numbers[0].value)) if numbers else "0" if u.heard.startswith(("没", "无")) else None
        case WrittenType.AREA:
            return u.slots.place.code if u.slots.place else None
        case WrittenType.CHOICE:
            return next((choice for choice in asked.choices if choice in u.text), None)
        case _:
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
        "late": row.late,
    }


def _call(call: CallRow) -> Json:
    return {
        "number": call.number,
        "reason": call.reason.value,
        "opened_on": call.opened_on.isoformat(),
        "text": call.text,
        "phone": call.phone,
        "anonymous": call.anonymous,
        "todo": list(call.todo),
    }


def _alarm(alarm: AlarmRow) -> Json:
    return {
        "number": alarm.number,
        "lane": alarm.lane,
        "opened_on": alarm.opened_on.isoformat(),
        "taken": alarm.taken,
        "receipt": alarm.receipt,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
