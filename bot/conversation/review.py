"""The end of the form: everything read back, consent, handing in."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import earlier
from bot.conversation.drafting import CONSENT_VERSION, approach_of, as_report, is_township_first
from bot.conversation.kinds import Say
from bot.conversation.state import Asking, Draft, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Json, Reply, Turn
from cases.actors import Reporter
from cases.report import Approach, Relation, Report


def review(state: State) -> Outcome:
    """Read everything back that was understood."""
    draft = state.draft
    assert draft is not None
    return Outcome(replace(state, asking=Asking.REVIEW), (say(Say.REVIEW, **as_params(draft)),))


def consent(state: State) -> Outcome:
    """Show what the report will be used for, and ask for consent: the last word before it goes."""
    draft = state.draft
    assert draft is not None
    shown = say(Say.CONSENT, version=CONSENT_VERSION, draft=mark(draft.id), township_first=is_township_first(draft))
    aloud = [_aloud(draft)] if draft.relation is Relation.VILLAGE_CADRE else []
    return Outcome(replace(state, asking=Asking.CONSENT), (*aloud, shown))


def _aloud(draft: Draft) -> Reply:
    """Return what a cadre reads to a household that may not be able to read."""
    told = {"householder": draft.householder, "phone": draft.phone, "story": draft.story}
    return say(Say.READ_ALOUD, **told)


def refuse_consent(state: State) -> Outcome:
    """Keep the report here: without consent it goes nowhere."""
    return Outcome(replace(state, asking=Asking.NOTHING), (say(Say.CONSENT_REFUSED),))


def submit(state: State, turn: Turn, u: Understanding) -> Outcome:
    """Hand the report in, consented to by this turn."""
    draft = state.draft
    assert draft is not None
    return earlier.hand_in(state, report_of(draft, turn, u))


def report_of(draft: Draft, turn: Turn, u: Understanding) -> Report:
    """Return the report that a complete draft makes; this chat hears of it."""
    return as_report(draft, u, tell_chat=Reporter(turn.channel, turn.chat))


def mark(draft_id: str) -> str:
    """Return the short form of a draft's id that the button "提交" carries: an old button sends no newer draft."""
    return draft_id[: earlier.MARK_LENGTH]


def as_params(draft: Draft) -> dict[str, Json]:
    """Return what is read back, for the wording."""
    approach = approach_of(draft)
    return {
        "story": draft.story,
        "place": draft.place.path if draft.place else "",
        "place_text": draft.place_text,
        "group": draft.group,
        "householder": draft.householder or "",
        "phone": draft.phone or "",
        "relation": (draft.relation or Relation.SELF).value,
        "writer": draft.writer or "",
        "causes": [cause.value for cause in draft.causes],
        "danger": [danger.value for danger in draft.danger],
        "sums": [{"value": told.value, "what": told.what.value} for told in draft.sums],
        "when": draft.when or "",
        "photos": len(draft.photos),
        "voices": len(draft.voices),
        "located": draft.location is not None,
        "township_first": is_township_first(draft),
        "hidden": approach is Approach.HIDDEN,
        "living": draft.living.path if draft.living else "",
        "approach": approach.value if approach else "",
        "applied_on": draft.applied_on,
        "by_officer": draft.by_officer or draft.relation is Relation.VILLAGE_CADRE,
    }
