"""我的进度: the stage of a report, its supplement, its withdrawal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.conversation.buttons import Tap, Verb
from bot.conversation.commands import AddToCase, FindProgress, ListOwnCases, WithdrawCase
from bot.conversation.findings import OwnCases, ProgressFound, Standing
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.conversation.words import Word
from bot.turn import Json, Turn
from cases.receipts import RECEIPT_DIGITS, canonical_receipt, is_receipt

_NUMBER: Final = re.compile(rf"(?<!\d)\d(?:[ \-]?\d){{{RECEIPT_DIGITS - 1}}}(?!\d)|\d{{6,}}")


def begin(state: State, u: Understanding) -> Outcome:
    """Look up the reports of this chat; when it has none, the number is asked for."""
    given = _receipt(u.text)
    if given and u.slots.phone and given != u.slots.phone:
        return _look_up(state, u, given, u.slots.phone)
    return Outcome(state, commands=(ListOwnCases(),))


def show_own(state: State, u: Understanding, own: OwnCases) -> Outcome:
    """Show where this chat's reports stand, or ask for the number of another."""
    if own.standings:
        rows: list[Json] = [_as_json(standing) for standing in own.standings]
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
    """Show the stage and date of a report, nothing else; or that number and telephone do not match."""
    standing = found.standing
    rows: list[Json] = [_as_json(standing)] if standing else []
    return Outcome(state, (say(Say.PROGRESS, rows=rows, own=False),))


def tap(state: State, tapped: Tap, u: Understanding) -> Outcome | None:
    """Begin to supplement or withdraw a report; None for a button without a proper number."""
    if tapped.verb is Verb.OWN_CASE:
        return ask_receipt(state, u)
    if not is_receipt(tapped.first):
        return None
    if tapped.verb is Verb.SUPPLEMENT:
        asked = replace(state, asking=Asking.SUPPLEMENT, receipt=tapped.first)
        return Outcome(asked, (say(Say.ASK_SUPPLEMENT, receipt=tapped.first),))
    asked = replace(state, asking=Asking.WITHDRAWAL, receipt=tapped.first)
    return Outcome(asked, (say(Say.ASK_WITHDRAWAL, receipt=tapped.first),))


def hear_supplement(state: State, turn: Turn, u: Understanding) -> Outcome:
    """Add what was said, and the photos, to the report."""
    files = (*turn.attachments, *((turn.voice,) if turn.voice else ()))
    done = replace(state, asking=Asking.NOTHING, receipt="")
    return Outcome(done, commands=(AddToCase(state.receipt, u.text, files),))


def hear_withdrawal(state: State, u: Understanding) -> Outcome | None:
    """Withdraw the report after a clear yes; leave it after a no; None for anything else."""
    done = replace(state, asking=Asking.NOTHING, receipt="")
    if u.word is Word.YES:
        return Outcome(done, commands=(WithdrawCase(state.receipt),))
    if u.word is Word.NO:
        return Outcome(done, (say(Say.WHAT_NEXT),))
    return None


def _look_up(state: State, u: Understanding, receipt: str, phone: str) -> Outcome:
    if not u.personal_data:
        return ask_receipt(state, u)
    done = replace(state, asking=Asking.NOTHING, receipt="")
    return Outcome(done, commands=(FindProgress(receipt, phone),))


def _receipt(text: str) -> str | None:
    """Return the first number that looks like a receipt, else any long number."""
    numbers = [canonical_receipt(match.group()) for match in _NUMBER.finditer(text)]
    return next((number for number in numbers if is_receipt(number)), numbers[0] if numbers else None)


def _as_json(standing: Standing) -> Json:
    return {
        "receipt": standing.receipt,
        "stage": standing.stage,
        "since": standing.since.isoformat(),
        "active": standing.active,
        "tasks": list(standing.tasks),
    }
