"""我的进度: the stage of a report, its supplement, its withdrawal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.conversation.buttons import Tap, Verb
from bot.conversation.commands import (
    AddToCase,
    AnswerVisit,
    CorrectCase,
    FindProgress,
    ListOwnCases,
    ReinstateCase,
    RequestReview,
    WithdrawCase,
)
from bot.conversation.corrections import find_correction
from bot.conversation.findings import OwnCases, ProgressFound, Standing
from bot.conversation.kinds import Say
from bot.conversation.names import read_name
from bot.conversation.state import Asking, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.conversation.words import Word
from bot.turn import Json, Turn
from cases.details import Came, WithdrawalReason
from cases.receipts import CODE_DIGITS, RECEIPT_DIGITS, canonical_receipt, is_receipt

_NUMBER: Final = re.compile(rf"(?<!\d)\d(?:[ \-]?\d){{{RECEIPT_DIGITS - 1}}}(?!\d)|\d{{6,}}")


_CODE: Final = re.compile(rf"(?<!\d)\d{{{CODE_DIGITS}}}(?!\d)")


def begin(state: State, u: Understanding) -> Outcome:
    """Look up the reports of this chat; when it has none, the number is asked for."""
    given = _receipt(u.text)
    if given and u.slots.phone and given != u.slots.phone:
        return _look_up(state, u, given, u.slots.phone)
    return Outcome(state, commands=(ListOwnCases(),))


def show_own(state: State, u: Understanding, own: OwnCases) -> Outcome:
    """Show where this chat's reports stand, or ask for the number of another."""
    if own.standings:
        rows: list[Json] = [as_json(standing) for standing in own.standings]
        return Outcome(state, (say(Say.PROGRESS, rows=rows, own=True),))
    return ask_receipt(state, u)


def ask_receipt(state: State, u: Understanding) -> Outcome:
    """Ask for a receipt number; where telephones may not travel, point to the page."""
    if not u.personal_data:
        return Outcome(state, (say(Say.PROGRESS_ELSEWHERE, link=u.contacts.get("page", "")),))
    return Outcome(replace(state, asking=Asking.RECEIPT, receipt=""), (say(Say.ASK_RECEIPT),))


def hear_receipt(state: State, u: Understanding) -> Outcome | None:
    """Take a receipt number; None when what was said holds no number."""
    number = _receipt(u.text)
    if number is None:
        return None
    if not is_receipt(number):
        return Outcome(state, (say(Say.RECEIPT_WRONG, digits=RECEIPT_DIGITS),))
    phone = next((phone for phone in u.slots.phones if phone != number), None)
    if phone is not None:
        return _look_up(state, u, number, phone)
    return Outcome(replace(state, asking=Asking.RECEIPT_PHONE, receipt=number), (say(Say.ASK_RECEIPT_PHONE),))


def hear_phone(state: State, u: Understanding) -> Outcome | None:
    """Take the telephone that belongs to the number; None when none was said."""
    return _look_up(state, u, state.receipt, u.slots.phone) if u.slots.phone else None


def show_found(state: State, found: ProgressFound) -> Outcome:
    """Show where a report stands, as much as was asked for rightly; or that number and telephone do not match."""
    standing = found.standing
    rows: list[Json] = [as_json(standing)] if standing else []
    return Outcome(state, (say(Say.PROGRESS, rows=rows, own=False),))


def tap(state: State, tapped: Tap, u: Understanding) -> Outcome | None:
    """Do what a button under a report does, or ask for what it needs; None for one without a proper number."""
    if tapped.verb is Verb.OWN_CASE:
        return ask_receipt(state, u)
    if not is_receipt(tapped.first):
        return None
    if tapped.verb in _IN_WORDS and not u.personal_data:
        return ask_receipt(state, u)
    if tapped.verb in _ASKED:
        asking, kind = _ASKED[tapped.verb]
        return Outcome(replace(state, asking=asking, receipt=tapped.first), (say(kind, receipt=tapped.first),))
    done, receipt = replace(state, asking=Asking.NOTHING, receipt=""), tapped.first
    match tapped:
        case Tap(Verb.WHY, (_, reason)) if reason in WithdrawalReason.__members__:
            return Outcome(done, commands=(WithdrawCase(receipt, WithdrawalReason[reason]),))
        case Tap(Verb.CAME, (_, came)) if came in Came.__members__:
            return Outcome(state, commands=(AnswerVisit(receipt, Came[came]),))
        case Tap(Verb.UNDO, _):
            return Outcome(done, commands=(ReinstateCase(receipt),))
        case _:
            return None


_ASKED: Final = {
    Verb.SUPPLEMENT: (Asking.SUPPLEMENT, Say.ASK_SUPPLEMENT),
    Verb.WITHDRAW: (Asking.WITHDRAWAL, Say.ASK_WITHDRAWAL),
    Verb.CORRECT: (Asking.CORRECTION, Say.ASK_CORRECTION),
    Verb.OBJECT: (Asking.OBJECTION, Say.ASK_OBJECTION),
}
_IN_WORDS: Final = frozenset({Verb.SUPPLEMENT, Verb.CORRECT, Verb.OBJECT})


def hear_supplement(state: State, turn: Turn, u: Understanding) -> Outcome:
    """Add what was said, and the photos, to the report."""
    files = (*turn.attachments, *((turn.voice,) if turn.voice else ()))
    done = replace(state, asking=Asking.NOTHING, receipt="")
    return Outcome(done, commands=(AddToCase(state.receipt, u.text, files),))


def hear_withdrawal(state: State, u: Understanding) -> Outcome | None:
    """Withdraw the report after a clear yes or a reason; leave it after a no; None for anything else."""
    done = replace(state, asking=Asking.NOTHING, receipt="")
    if u.word is Word.NO:
        return Outcome(done, (say(Say.WHAT_NEXT),))
    said = next((reason for reason in WithdrawalReason if reason.value in u.heard), None)
    reason = said or (WithdrawalReason.UNSAID if u.word is Word.YES else None)
    return Outcome(done, commands=(WithdrawCase(state.receipt, reason),)) if reason else None


def hear_correction(state: State, u: Understanding) -> Outcome | None:
    """Correct the telephone or the name that was said; None when it was a steering word."""
    if u.word is not None:
        return None
    correction = find_correction(u.heard)
    phone = u.slots.phones[-1] if u.slots.phones else ""
    name = "" if phone else read_name(correction.value if correction else u.heard) or u.slots.householder or ""
    if not phone and not name:
        return Outcome(state, (say(Say.CORRECTION_UNCLEAR),))
    done = replace(state, asking=Asking.NOTHING, receipt="")
    return Outcome(done, commands=(CorrectCase(state.receipt, name, phone),))


def hear_objection(state: State, u: Understanding) -> Outcome | None:
    """Let the township look again, with what the household says against the result; None for a steering word."""
    if u.word is not None:
        return None
    done = replace(state, asking=Asking.NOTHING, receipt="")
    return Outcome(done, commands=(RequestReview(state.receipt, u.text),))


def _look_up(state: State, u: Understanding, receipt: str, phone: str) -> Outcome:
    if not u.personal_data:
        return ask_receipt(state, u)
    done = replace(state, asking=Asking.NOTHING, receipt="")
    code = _CODE.search(u.text)
    return Outcome(done, commands=(FindProgress(receipt, phone, code.group() if code else ""),))


def _receipt(text: str) -> str | None:
    """Return the first number that looks like a receipt, else any long number."""
    numbers = [canonical_receipt(match.group()) for match in _NUMBER.finditer(text)]
    return next((number for number in numbers if is_receipt(number)), numbers[0] if numbers else None)


def as_json(standing: Standing) -> dict[str, Json]:
    """Return where a report stands, for the wording."""
    return {
        "receipt": standing.receipt,
        "stage": standing.stage,
        "since": standing.since.isoformat(),
        "active": standing.active,
        "tasks": list(standing.tasks),
        "may": list(standing.may),
        **standing.facts,
    }
