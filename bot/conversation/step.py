"""The step: from a state, a turn and its understanding to what comes next. Pure: it reads and writes nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.conversation import (
    alarms,
    calls,
    earlier,
    explaining,
    files,
    form_answers,
    officer_desk,
    progress,
    questions,
    report_form,
    results,
    review,
    talk,
)
from bot.conversation.buttons import Tap, Verb
from bot.conversation.commands import CODE_LENGTH, CODE_LETTERS, UseCode
from bot.conversation.kinds import Say
from bot.conversation.routing import Route
from bot.conversation.state import Asking, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.conversation.words import Word
from bot.turn import Turn, Unsupported

_STEERING: Final = frozenset(
    {
        Word.CANCEL, Word.BACK, Word.RESTART, Word.HUMAN, Word.HELP, Word.CONTINUE, Word.REPORT, Word.PROGRESS,
        Word.QUEUE,
    }
)  # fmt: skip
_DESK_TAPS: Final = frozenset(
    {Verb.CASE, Verb.REVEAL, Verb.EVENT, Verb.FIELD, Verb.CALL_DONE, Verb.CALL_TASK, Verb.ALARM}
)
_FORM_TAPS: Final = frozenset(
    {
        Verb.RIGHT, Verb.FIX, Verb.PLACE, Verb.RELATION, Verb.CAUSE, Verb.DANGER, Verb.APPROACH, Verb.TOWNSHIP_FIRST,
    }
)  # fmt: skip
_CASE_TAPS: Final = frozenset(
    {Verb.OWN_CASE, Verb.SUPPLEMENT, Verb.WITHDRAW, Verb.WHY, Verb.CAME, Verb.UNDO, Verb.CORRECT, Verb.OBJECT}
)


def step(state: State, turn: Turn, u: Understanding) -> Outcome:
    """Return what *turn* comes to. Never raises for anything that a person may send, and always says something,
    unless what a command brings back says it."""
    if u.result is not None:
        withdrawn = questions.withdrawn(state, u)
        if withdrawn is None:
            return results.enter(state, u, u.result)
        return _sound_alarm(withdrawn, turn, u) if u.alarm.at_once else _take_route(withdrawn, u)
    if turn.unsupported is Unsupported.GROUP:
        return Outcome(state, (say(Say.UNSUPPORTED, what=turn.unsupported.value),))
    if u.village is not None:
        return talk.welcome_in(replace(state, home=u.village, village_known=True), u.village)
    if turn.start is not None:
        return Outcome(state, commands=(UseCode(turn.start),)) if turn.start else talk.welcome(state, u)
    if turn.button is not None:
        return _tap(state, turn, u) or talk.old_button(state)
    if turn.unsupported is not None:
        return _unsupported(state, turn, u)
    if turn.attachments and officer_desk.waits_for_photo(state):
        return officer_desk.take_photo(state, turn.attachments[0], u)
    if files.carried(turn):
        return files.take(state, turn, u, then=_say_text)
    return _say_text(state, turn, u)


def _unsupported(state: State, turn: Turn, u: Understanding) -> Outcome:
    assert turn.unsupported is not None
    sorry = say(Say.UNSUPPORTED, what=turn.unsupported.value)
    rest = _say_text(state, turn, u) if u.text else Outcome(state)
    return rest.after(sorry)


def _say_text(state: State, turn: Turn, u: Understanding) -> Outcome:
    if u.word in _STEERING:
        return talk.steer(state, u, u.word)
    if state.asking is Asking.DESK_FIELD and state.desk is not None:
        return officer_desk.hear_field(state, u)
    if u.alarm.at_once and not (state.asking is Asking.NOTHING and questions.is_looked_up_first(u)):
        return _sound_alarm(state, turn, u)
    if u.child is not None and not u.is_officer:
        return alarms.hear_child(state, u)
    if state.in_form:
        return _say_in_form(state, turn, u)
    heard = _say_in_dialogue(state, turn, u) or talk.accept_or_decline(state, u)
    return heard or _say_freely(replace(state, asking=Asking.NOTHING, desk=None), u)


def _say_in_form(state: State, turn: Turn, u: Understanding) -> Outcome:
    """Hear an answer; or answer what has nothing to do with the form, and go on asking."""
    match state.asking, u.word:
        case Asking.CONSENT, Word.YES:
            return review.submit(state, turn, u)
        case Asking.CONSENT, Word.NO:
            return review.refuse_consent(state)
        case Asking.EARLIER, _ if (chosen := _choose(state, turn, u)) is not None:
            return chosen
        case Asking.NEWS, _ if u.route is not Route.QUESTION or not _asks(u):
            return review.submit(earlier.hear_news(state, u), turn, u)
        case Asking.RESTART, Word.YES:
            assert state.draft is not None
            return report_form.begin(state.without_draft(state.draft.id), u, story=False)
        case Asking.RESTART, Word.NO:
            return report_form.ask_next(state)
    if u.word is None and u.route in _ASIDES:
        return talk.again(_say_freely(state, u))
    if _asks(u) and (explained := explaining.explain(state, u)) is not None:
        return explained
    if state.asking is Asking.STORY and u.route is Route.QUESTION and _only_asks(u):
        return questions.look_up(state, u)
    heard = form_answers.hear(state, u)
    if heard is not None:
        return heard
    if u.word is None and u.route is Route.QUESTION and _asks(u):
        return questions.look_up(state, u)
    return talk.again(Outcome(state, (say(Say.NOT_UNDERSTOOD),)))


_ASIDES: Final = frozenset(
    {Route.COMPLAINT, Route.FORGERY, Route.INJECTION, Route.INSULT, Route.SMALL_TALK, Route.UNREADABLE, Route.HUMAN}
)


def _say_in_dialogue(state: State, turn: Turn, u: Understanding) -> Outcome | None:
    """Hear what a short dialogue waits for; None when it was something else, and the dialogue is over."""
    match state.asking:
        case Asking.RECEIPT:
            return progress.hear_receipt(state, u)
        case Asking.RECEIPT_PHONE:
            return progress.hear_phone(state, u)
        case Asking.CALL_PHONE:
            return calls.hear_phone(state, u)
        case Asking.SUPPLEMENT if u.text and not _only_asks(u):
            return progress.hear_supplement(state, turn, u)
        case Asking.WITHDRAWAL:
            return progress.hear_withdrawal(state, u)
        case Asking.CORRECTION if not _only_asks(u):
            return progress.hear_correction(state, u)
        case Asking.OBJECTION if u.text:
            return progress.hear_objection(state, u)
        case _:
            return None


def _sound_alarm(state: State, turn: Turn, u: Understanding) -> Outcome:
    """Give the numbers first; what was being done goes on, and a supplement takes the words in as well."""
    if state.asking is Asking.SUPPLEMENT and not u.alarm.violence:
        alarm, added = alarms.sound(state, u), progress.hear_supplement(state, turn, u)
        return Outcome(added.state, alarm.replies, (*alarm.commands, *added.commands))
    if u.child is not None or state.child:
        return alarms.sound(replace(state, asking=Asking.NOTHING, child=True), u)
    return talk.again(alarms.sound(state, u))


def _say_freely(state: State, u: Understanding) -> Outcome:
    """Answer what answers no question of ours."""
    if state.offered is not None and (chosen := questions.hear_choice(state, u)) is not None:
        return chosen
    if _CODE.fullmatch(u.text.upper()) and not u.text.isdecimal():
        return Outcome(state, commands=(UseCode(u.text),))
    return questions.look_up(state, u) if questions.is_looked_up_first(u) else _take_route(state, u)


def _take_route(state: State, u: Understanding) -> Outcome:
    """Go where the message belongs."""
    match u.route:
        case Route.REPORT:
            return talk.steer(state, u, Word.REPORT)
        case Route.HARDSHIP:
            return talk.offer_report(state, u)
        case Route.PROGRESS:
            return progress.begin(state, u)
        case Route.HUMAN:
            return calls.ask_for_person(state, u)
        case Route.COMPLAINT:
            return calls.complain(state, u)
        case Route.QUESTION | Route.FRAUD if u.word is None:
            return questions.look_up(state, u, fraud=u.route is Route.FRAUD)
        case route:
            return Outcome(state, (say(_PLAIN.get(route, Say.WHAT_NEXT)),))


_CODE: Final = re.compile(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}")
_PLAIN: Final = {
    Route.FORGERY: Say.NO_FORGERY,
    Route.INJECTION: Say.NO_ORDERS,
    Route.INSULT: Say.CIVIL,
    Route.SMALL_TALK: Say.SMALL_TALK,
    Route.UNREADABLE: Say.UNREADABLE,
}


def _tap(state: State, turn: Turn, u: Understanding) -> Outcome | None:
    """Do what a button does; None when it does nothing (any more)."""
    tapped = u.tap
    if tapped is None:
        return None
    if tapped.verb.value in _SPOKEN:
        return _say_text(state, turn, replace(u, word=Word(tapped.verb.value)))
    if tapped.verb in _DESK_TAPS:
        return officer_desk.tap(state, tapped, u) if u.is_officer else Outcome(state, (say(Say.DESK_NOT_OFFICER),))
    if tapped.verb in _FORM_TAPS:
        return form_answers.tap(state, tapped)
    if tapped.verb in _CASE_TAPS:
        return progress.tap(state, tapped, u)
    if tapped.verb in _REPORT_TAPS:
        return _tap_report(state, turn, u, tapped)
    match tapped.verb:
        case Verb.ANONYMOUS | Verb.LEAVE_PHONE:
            return calls.tap(state, tapped, u)
        case Verb.HIDE:
            return alarms.hide(state)
        case Verb.GROWN_UP:
            return talk.steer(replace(state, child=False), u, Word.REPORT)
        case Verb.DISCARD:
            return talk.discard(state)
        case _:
            return questions.tap(state, tapped, u)


_SPOKEN: Final = frozenset(word.value for word in Word)


_REPORT_TAPS: Final = frozenset(
    {
        Verb.JOIN, Verb.APART, Verb.SUBMIT, Verb.TELL_STORY, Verb.NEW_DRAFT, Verb.NEXT_HOUSEHOLD, Verb.USE_PHOTO_PLACE,
    }
)  # fmt: skip


def _tap_report(state: State, turn: Turn, u: Understanding, tapped: Tap) -> Outcome | None:
    """Begin a report or bring it to its end."""
    match tapped.verb:
        case Verb.JOIN | Verb.APART:
            return _tap_earlier(state, turn, u, tapped)
        case Verb.SUBMIT:
            return _tap_submit(state, turn, u, tapped)
        case Verb.TELL_STORY | Verb.NEW_DRAFT:
            return _tap_begin(state, u, tapped)
        case Verb.NEXT_HOUSEHOLD:
            return report_form.begin_next(state, u)
        case Verb.USE_PHOTO_PLACE:
            return files.use_place(state)
        case _:
            return None


def _tap_submit(state: State, turn: Turn, u: Understanding, tapped: Tap) -> Outcome | None:
    draft = state.draft
    if draft is not None and state.in_form and review.mark(draft.id) == tapped.first:
        return review.submit(state, turn, u) if state.asking is Asking.CONSENT else report_form.ask_next(state)
    if tapped.first in state.sent:
        return Outcome(state, (say(Say.ALREADY_SENT, receipt=state.sent[tapped.first]),))
    return None


def _choose(state: State, turn: Turn, u: Understanding) -> Outcome | None:
    assert state.draft is not None
    return earlier.hear_choice(state, review.report_of(state.draft, turn, u), u.word)


def _tap_earlier(state: State, turn: Turn, u: Understanding, tapped: Tap) -> Outcome | None:
    """Do what was chosen about an earlier report; None for a button of another draft."""
    draft = state.draft
    if draft is None or review.mark(draft.id) != tapped.first or state.asking not in (Asking.EARLIER, Asking.NEWS):
        return None
    if state.asking is Asking.NEWS:
        return review.submit(state, turn, u)
    return earlier.choose(state, review.report_of(draft, turn, u), tapped.verb)


def _tap_begin(state: State, u: Understanding, tapped: Tap) -> Outcome:
    if tapped.verb is Verb.TELL_STORY and state.draft is not None and state.draft.offered:
        return talk.steer(state, u, Word.CONTINUE)
    return report_form.begin(state, u, story=False)


def _asks(u: Understanding) -> bool:
    return u.signals is not None and (u.signals.asks_rule or u.signals.asks)


def _only_asks(u: Understanding) -> bool:
    """Tell whether something is asked and no household is told of."""
    return _asks(u) and u.signals is not None and not (u.signals.household and u.signals.event)
