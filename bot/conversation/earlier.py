"""Before a report goes: it may be about a household that was reported already. Nothing is merged here."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.buttons import Verb
from bot.conversation.commands import AddToCase, FindEarlier, SubmitReport
from bot.conversation.findings import EarlierFound, EarlierSeen
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, Draft, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.conversation.words import Word
from bot.turn import Json, Reply
from cases.duplicates import Wish
from cases.likeness import Ground
from cases.report import STORY_LIMIT, Report

MARK_LENGTH: Final = 8
# What may be told of another report: in which respects it is alike, never what it says.
_TOLD: Final = {
    Ground.SAME_NAME: "name",
    Ground.SAME_SOUND: "name",
    Ground.NEAR_SOUND: "name",
    Ground.NAMED_IN_STORY: "kin",
    Ground.SAME_PHONE: "phone",
    Ground.NEAR_PHONE: "phone",
    Ground.SAME_VILLAGE: "village",
    Ground.SAME_EVENT: "event",
}


def hand_in(state: State, report: Report) -> Outcome:
    """Hand a report in; look first whether its household was reported before, unless that was settled."""
    draft = state.draft
    assert draft is not None
    if draft.wish is None:
        return Outcome(state, commands=(FindEarlier(report),))
    return Outcome(state, commands=(SubmitReport(report, draft.wish),))


def found(state: State, result: EarlierFound) -> Outcome:
    """Ask what to do about the likeliest earlier report; hand in at once when there is none."""
    draft = state.draft
    if draft is None or not result.seen:
        return Outcome(state, commands=(SubmitReport(result.report),))
    seen = result.seen[0]
    if seen.ended:
        again = state.with_draft(replace(draft, wish=Wish.AGAIN, earlier=seen.receipt))
        return Outcome(replace(again, asking=Asking.NEWS), (_news(seen.receipt, draft),))
    asked = replace(state.with_draft(replace(draft, earlier=seen.receipt)), asking=Asking.EARLIER)
    return Outcome(asked, (say(Say.MAYBE_REPORTED, **_shown(seen, draft)),))


def choose(state: State, report: Report, verb: Verb) -> Outcome:
    """Add to the earlier report or make one of its own. Somebody else's is added to by an officer, who sees both."""
    draft = state.draft
    assert draft is not None
    if verb is Verb.JOIN and draft.earlier:
        closed = replace(state.without_draft(draft.id), asking=Asking.NOTHING, trail=())
        return Outcome(closed, commands=(AddToCase(draft.earlier, draft.story, (*draft.photos, *draft.voices)),))
    wish = Wish.JOINED if verb is Verb.JOIN else Wish.APART
    return Outcome(state.with_draft(replace(draft, wish=wish)), commands=(SubmitReport(report, wish),))


def hear_choice(state: State, report: Report, word: Word | None) -> Outcome | None:
    """Take "好" and "不是" as the answer; None for anything else."""
    if word is Word.YES:
        return choose(state, report, Verb.JOIN)
    return choose(state, report, Verb.APART) if word in (Word.NO, Word.NONE) else None


def hear_news(state: State, u: Understanding) -> State:
    """Return the state with what is new since the earlier report written into the story."""
    draft = state.draft
    assert draft is not None
    if not u.text or u.word is not None:
        return state
    return state.with_draft(replace(draft, story=f"{draft.story}\n新的情况：{u.text}"[:STORY_LIMIT]))


def _shown(seen: EarlierSeen, draft: Draft) -> dict[str, Json]:
    alike: list[Json] = list(dict.fromkeys(_TOLD[ground] for ground in seen.grounds if ground in _TOLD))
    return {"alike": alike, "receipt": seen.receipt, "draft": draft.id[:MARK_LENGTH]}


def _news(receipt: str, draft: Draft) -> Reply:
    return say(Say.ASK_NEWS, receipt=receipt, draft=draft.id[:MARK_LENGTH])
