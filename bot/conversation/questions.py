"""Questions: looked up, answered with their proof, rated."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.conversation.buttons import Tap, Verb
from bot.conversation.commands import FindAnswer, KeepAnswer, KeepFeedback
from bot.conversation.findings import Answered
from bot.conversation.hearing import LISTENED
from bot.conversation.kinds import Say
from bot.conversation.routing import Route, find_signals
from bot.conversation.state import KEPT_ANSWERS, KEPT_QUESTIONS, Offered, ShownAnswer, State
from bot.conversation.understanding import Outcome, Understanding, say
from bot.turn import Json
from knowledge.answer import AnswerKind, Citation
from knowledge.answer_types import AnswerType, asked_types

# What is looked up for every story of a swindle, however it is told.
FRAUD_QUESTION: Final = "有人说要先交钱或扫码下载软件才能领扶贫款，是不是骗子？"
_NUMBERS: Final = {"1": 1, "2": 2, "3": 3, "一": 1, "二": 2, "三": 3, "头一": 1}
# Ways that the second ear may be wrong about: how much likelier than the way an answer must be to be given instead.
# Who tells of a hardship or of an official is to be heard, even where something is known about it; what is refused
# must not look granted.
_WEIGHED: Final = {
    Route.FRAUD: 1.0,
    Route.SMALL_TALK: 1.0,
    Route.INSULT: 1.0,
    Route.INJECTION: 1.0,
    Route.FORGERY: 5.0,
    Route.HARDSHIP: 2.0,
    Route.COMPLAINT: 2.0,
}
# Of those who are in danger hardly anybody is found an answer; the numbers stand before one that is.
_ALARM: Final = 0.5
_DUTY: Final = "duty"  # whom an answer about danger itself sends to
# What somebody in hardship asks for beside telling of it. "What shall I do?" asks for help, and is offered it.
_ASKED_BESIDE: Final = frozenset(
    {AnswerType.AMOUNT, AnswerType.TIME, AnswerType.PAPERS, AnswerType.PLACE, AnswerType.ALLOWED}
)
_CLAUSE: Final = re.compile(r"[^，。！；\n]+")
_SHORTEST: Final = 4
_CERTAIN: Final = 0.999
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
    asked = state if fraud else replace(state, questions=(*state.questions, u.text[:LISTENED])[-KEPT_QUESTIONS:])
    return Outcome(replace(asked, offered=None), commands=(question,))


def is_looked_up_first(u: Understanding) -> bool:
    """Tell whether a message is looked up before it goes the way that was heard."""
    return u.word is None and (_is_weighed(u) or _asks_beside(u))


def _is_weighed(u: Understanding) -> bool:
    """Tell whether only the second ear sends the message away. Of danger and of a hardship it must ask something."""
    if u.alarm.at_once:
        return u.alarm.leaning > 0 and u.child is None and (_asks(u) or bool(asked_types(u.heard)))
    if not u.leaning or u.route not in _WEIGHED:
        return False
    if u.route is not Route.HARDSHIP:
        return True
    return _asks_in_the_end(u) if _of_a_household(u) else bool(asked_types(u.heard))


def _asks(u: Understanding) -> bool:
    """Tell whether what the rule is is asked, or what can be asked beside a hardship."""
    return (u.signals is not None and u.signals.asks_rule) or bool(asked_types(u.heard) & _ASKED_BESIDE)


def _asks_beside(u: Understanding) -> bool:
    """Tell whether somebody who certainly tells of a hardship also asks what the rule is."""
    return u.route is Route.HARDSHIP and not u.leaning and _asks_in_the_end(u)


def _asks_in_the_end(u: Understanding) -> bool:
    """Tell whether a story comes to a question; what is asked on the way is a turn of speech."""
    end = next((clause for clause in reversed(_CLAUSE.findall(u.heard)) if len(clause) >= _SHORTEST), "")
    return find_signals(end).asks_rule or bool(asked_types(end) & _ASKED_BESIDE)


def _of_a_household(u: Understanding) -> bool:
    return u.signals is not None and u.signals.household


def withdrawn(state: State, u: Understanding) -> State | None:
    """
    Return the state as it was before a message was looked up, where it goes the way that was heard after all; None
    where what was found is to be said.

    What is asked beside a hardship is answered where it can be: the answer offers the report. Where only the second
    ear heard the way, an answer is given when its odds, times the odds that the ear is wrong, are great enough. Where
    it heard danger the numbers come before the answer; one that only names the numbers itself is no better.
    """
    found = u.result
    if not isinstance(found, Answered) or found.question.fraud or not is_looked_up_first(u):
        return None
    if found.answer.kind is AnswerKind.ANSWER and _outweighs(found, u):
        return None
    return replace(state, questions=state.questions[:-1])


def _outweighs(found: Answered, u: Understanding) -> bool:
    step = found.answer.next_step
    if u.alarm.at_once:
        return not (step is not None and step.contact == _DUTY) and _odds(found, u.alarm.leaning) > _ALARM
    return not u.leaning or _odds(found, u.leaning) > _WEIGHED[u.route]


def _odds(found: Answered, heard: float) -> float:
    sure, leaning = (min(share, _CERTAIN) for share in (found.answer.confidence, heard))
    return sure / (1 - sure) * (1 - leaning) / leaning


def hear_choice(state: State, u: Understanding) -> Outcome | None:
    """Look up the question whose number is said, of those offered; None when no number of one is."""
    number = _NUMBERS.get(u.text.strip(" 。.、第个"), 0)
    offered = state.offered.questions if state.offered else ()
    return _look_up_meant(state, u, offered[number - 1]) if 0 < number <= len(offered) else None


def _look_up_meant(state: State, u: Understanding, question: str) -> Outcome:
    return look_up(replace(state, questions=()), replace(u, text=question))


def show(state: State, u: Understanding, found: Answered) -> Outcome:
    """Say the answer with its sources, or honestly that there is none."""
    answer = found.answer
    if found.question.fraud and u.leaning:
        answer = replace(answer, confidence=min(answer.confidence, u.leaning))
    kind = Say.FRAUD if found.question.fraud else _SAID[answer.kind]
    shown = replace(state, offered=Offered(u.fresh, answer.options) if answer.options else None)
    if answer.citations:
        given = ShownAnswer(u.fresh, answer.citations, answer.text, answer.plain, answer.notices)
        shown = replace(shown, answers=(*state.answers, given)[-KEPT_ANSWERS:])
    reply = say(
        kind,
        id=u.fresh,
        fraud=found.question.fraud,
        text=answer.text if answer.kind is AnswerKind.ANSWER or not found.question.fraud else "",
        citations=[citation_params(citation) for citation in answer.citations],
        notices=list(answer.notices),
        contacts=dict(u.contacts),
        offer=u.signals is not None and u.signals.household and u.signals.event and not state.in_form,
        visit_by=_visit_params(found),
        danger=[danger.value for danger in u.alarm.dangers],
        plain=bool(answer.plain),
        options=list(answer.options),
        step=_step_params(found),
    )
    kept_answer = KeepAnswer(u.fresh, found.question.text, found.question.area, answer)
    return Outcome(shown, (reply,), (kept_answer,))


def tap(state: State, tapped: Tap, u: Understanding) -> Outcome | None:
    """
    Show an answer whole, plainer or at its source, take a rating, or look up the question that was meant; None when
    the answer is too long ago.
    """
    if tapped.verb is Verb.MEANT:
        return _take_choice(state, tapped, u)
    if tapped.verb is Verb.USEFUL:
        match tapped.args:
            case ("0" | "1" as useful, answer_id):
                rated = useful == "1"
                return Outcome(state, (say(Say.FEEDBACK, useful=rated),), (KeepFeedback(answer_id, rated),))
        return None
    shown = next((answer for answer in state.answers if answer.id.startswith(tapped.first)), None)
    if shown is None or not tapped.first:
        return None
    match tapped:
        case Tap(Verb.SOURCE, (_, number)) if number.isdecimal() and int(number) < len(shown.citations):
            quote = shown.citations[int(number)].quote
            cited: list[Json] = [citation_params(citation) for citation in shown.citations if citation.quote == quote]
            return Outcome(state, (say(Say.SOURCE, citations=cited),))
        case Tap(Verb.PLAIN | Verb.WHOLE as verb, (_,)) if shown.text:
            kind, text = (Say.WHOLE_ANSWER, shown.text) if verb is Verb.WHOLE else (Say.PLAIN_ANSWER, shown.plain)
            citations: list[Json] = [citation_params(citation) for citation in shown.citations]
            reply = say(kind, id=shown.id, text=text, notices=list(shown.notices), citations=citations)
            return Outcome(state, (reply,))
        case _:
            return None


def _take_choice(state: State, tapped: Tap, u: Understanding) -> Outcome | None:
    match tapped.args:
        case (id_, number) if state.offered is not None and state.offered.id.startswith(id_) and number.isdecimal():
            questions = state.offered.questions
            return _look_up_meant(state, u, questions[int(number)]) if int(number) < len(questions) else None
        case _:
            return None


def _step_params(found: Answered) -> dict[str, Json] | None:
    """Return what to do next for the wording: whom to turn to, what to bring, by when somebody comes."""
    step = found.answer.next_step
    if step is None:
        return None
    until: Json = {"date": found.until.isoformat(), "provisional": False} if found.until else None
    return {
        "contact": step.contact,
        "papers": list(step.papers),
        "until": until,
        "visit_by": _visit_params(found) if step.reports else None,
    }


def _visit_params(found: Answered) -> Json:
    due = found.visit_by
    return {"date": due.date.isoformat(), "provisional": due.provisional} if due else None


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
