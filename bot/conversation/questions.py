"""Questions: looked up, answered with their proof, rated."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.buttons import Tap, Verb
from bot.conversation.commands import FindAnswer, KeepAnswer, KeepFeedback
from bot.conversation.findings import Answered
from bot.conversation.kinds import Say
from bot.conversation.state import KEPT_ANSWERS, KEPT_QUESTIONS, ShownAnswer, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Json
from knowledge.answer import AnswerKind, Citation

# What is looked up for every story of a swindle, however it is told.
FRAUD_QUESTION: Final = "有人说要先交钱或扫码下载软件才能领扶贫款，是不是骗子？"
_SAID: Final = {
    AnswerKind.ANSWER: Say.ANSWER,
    AnswerKind.ABSTAIN: Say.ABSTAIN,
    AnswerKind.CLARIFY: Say.CLARIFY,
}


def look_up(state: State, u: Understanding, *, fraud: bool = False) -> Outcome:
    """Look the question up; the answer re-enters the step."""
    question = FindAnswer(
        text=FRAUD_QUESTION if fraud else u.text,
        area=_area(state, u),
        asker=u.asker,
        history=() if fraud else state.questions,
        fraud=fraud,
    )
    asked = state if fraud else replace(state, questions=(*state.questions, u.text)[-KEPT_QUESTIONS:])
    return Outcome(asked, commands=(question,))


def show(state: State, u: Understanding, found: Answered) -> Outcome:
    """Say the answer with its sources, or honestly that there is none."""
    answer = found.answer
    kind = Say.FRAUD if found.question.fraud else _SAID[answer.kind]
    shown = state
    if answer.citations:
        kept = (*state.answers, ShownAnswer(u.fresh, answer.citations))[-KEPT_ANSWERS:]
        shown = replace(state, answers=kept)
    reply = say(
        kind,
        id=u.fresh,
        fraud=found.question.fraud,
        text=answer.text if answer.kind is AnswerKind.ANSWER or not found.question.fraud else "",
        citations=[citation_params(citation) for citation in answer.citations],
        notices=list(answer.notices),
        contacts=dict(u.contacts),
        offer=u.signals is not None and u.signals.household and u.signals.event and not state.in_form,
        danger=[danger.value for danger in u.alarm.dangers],
    )
    kept_answer = KeepAnswer(u.fresh, found.question.text, found.question.area, answer)
    return Outcome(shown, (reply,), (kept_answer,))


def tap(state: State, tapped: Tap) -> Outcome | None:
    """Show a source or take a rating; None when the answer is too long ago."""
    match tapped:
        case Tap(Verb.SOURCE, (answer_id, number)):
            shown = next((answer for answer in state.answers if answer.id.startswith(answer_id)), None)
            if shown is None or not number.isdecimal() or int(number) >= len(shown.citations):
                return None
            return Outcome(state, (say(Say.SOURCE, citation=citation_params(shown.citations[int(number)])),))
        case Tap(Verb.USEFUL, (useful, answer_id)) if useful in ("0", "1"):
            rated = useful == "1"
            return Outcome(state, (say(Say.FEEDBACK, useful=rated),), (KeepFeedback(answer_id, rated),))
        case _:
            return None


def citation_params(citation: Citation) -> dict[str, Json]:
    """Return a citation for the wording."""
    return {
        "document": citation.document,
        "title": citation.title,
        "publisher": citation.publisher,
        "number": citation.number,
        "date": citation.date,
        "area": citation.area,
        "section": citation.section,
        "basis": citation.basis.value,
        "quote": citation.quote,
        "url": citation.url,
    }


def _area(state: State, u: Understanding) -> str | None:
    """Return the asker's area: of his household, of the chat, of the installation. A place that the question
    itself names is for retrieval to weigh."""
    drafted = state.draft.place if state.draft else None
    place = drafted or state.home or u.home
    return place.code if place else None
