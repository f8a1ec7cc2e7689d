"""What only the second ear hears is held against what is found before a message goes its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.commands import CallReason, FindAnswer, OpenCall
from bot.conversation.danger import Alarm
from bot.conversation.findings import Answered
from bot.conversation.kinds import Say
from bot.conversation.routing import Route, find_signals
from bot.conversation.state import Asking, Draft, State
from bot.conversation.step import step
from bot.conversation.understanding import Outcome, Understanding
from bot.turn import Turn
from cases.report import Danger
from knowledge.answer import Answer, AnswerKind, Asker, NextStep

NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
TURN = Turn("", "", "", NOW, text="打12345管用不")
ANSWER = Answer(AnswerKind.ANSWER, "可以打12345。", 0.97)
ABSTAIN = Answer(AnswerKind.ABSTAIN, "没有查到。", 0.2)


def heard(route: Route, leaning: float, said: str = "打12345管用不") -> Understanding:
    return Understanding(NOW, NOW.date(), "fresh", text=said, heard=said, route=route, leaning=leaning)


def found(u: Understanding, answer: Answer) -> Outcome:
    """Return what comes of the answer to the question that was looked up first."""
    asked = step(State(), TURN, u)
    assert asked.commands == (FindAnswer(u.text, None, Asker.VILLAGER),), "it is looked up as it was said"
    return step(asked.state, TURN, replace(u, result=Answered(FindAnswer(u.text, None, Asker.VILLAGER), answer)))


@pytest.mark.parametrize("route", [Route.FRAUD, Route.SMALL_TALK, Route.INSULT, Route.INJECTION, Route.COMPLAINT])
def test_a_sure_answer_outweighs_an_ear_that_is_none_too_sure(route: Route) -> None:
    assert found(heard(route, 0.6), ANSWER).replies[0].kind == Say.ANSWER


@pytest.mark.parametrize(
    ("route", "said"),
    [(Route.SMALL_TALK, Say.SMALL_TALK), (Route.INJECTION, Say.NO_ORDERS), (Route.FORGERY, Say.NO_FORGERY)],
)
@pytest.mark.parametrize(("leaning", "answer"), [(0.98, ANSWER), (0.6, ABSTAIN)])
def test_a_sure_ear_and_a_poor_finding_leave_it_on_its_way(
    route: Route, said: Say, leaning: float, answer: Answer
) -> None:
    outcome = found(heard(route, leaning), answer)
    assert [reply.kind for reply in outcome.replies] == [said]
    assert outcome.state.questions == (), "what was no question is not what a later one goes on from"


def test_a_swindle_that_is_told_gets_the_warning_no_surer_than_the_ear() -> None:
    u = heard(Route.FRAUD, 0.7)
    (command,) = found(u, ABSTAIN).commands
    assert isinstance(command, FindAnswer)
    assert command.fraud
    shown = step(State(), TURN, replace(u, result=Answered(command, replace(ANSWER, confidence=0.89))))
    assert [kept.answer.confidence for kept in shown.commands if hasattr(kept, "answer")] == [0.7]


@pytest.mark.parametrize("route", [Route.PROGRESS, Route.HUMAN, Route.REPORT])
def test_what_is_to_be_done_is_done_at_once(route: Route) -> None:
    outcome = step(State(), TURN, heard(route, 0.6))
    assert not any(isinstance(command, FindAnswer) for command in outcome.commands)


def test_a_hardship_that_asks_nothing_is_never_looked_up_instead() -> None:
    story = step(State(), TURN, heard(Route.HARDSHIP, 0.6, said="洋芋窖坏了一半，信用社的三万还不上"))
    assert story.replies[0].kind == Say.OFFER_REPORT
    assert found(heard(Route.HARDSHIP, 0.6, said="合疗一个人掏多钱"), ANSWER).replies[0].kind == Say.ANSWER


def test_what_the_rules_hear_is_not_weighed() -> None:
    assert step(State(), TURN, heard(Route.SMALL_TALK, 0.0)).replies[0].kind == Say.SMALL_TALK


LOAN = "我男人上个月没了，家里欠三万，娃上大学助学贷款能贷多少"


def test_what_is_asked_beside_a_hardship_is_answered_and_the_report_offered_with_what_was_told() -> None:
    u = replace(heard(Route.HARDSHIP, 0.0, said=LOAN), signals=find_signals(LOAN))
    outcome = found(u, ANSWER)
    assert [reply.kind for reply in outcome.replies] == [Say.ANSWER]
    assert outcome.replies[0].params["offer"] is True


def test_what_is_asked_beside_a_hardship_and_not_known_leaves_the_offer_to_report() -> None:
    outcome = found(heard(Route.HARDSHIP, 0.0, said=LOAN), ABSTAIN)
    assert [reply.kind for reply in outcome.replies] == [Say.OFFER_REPORT]
    assert outcome.state.draft is not None


def test_a_hardship_that_asks_only_what_to_do_is_offered_to_be_reported_at_once() -> None:
    story = step(State(), TURN, heard(Route.HARDSHIP, 0.0, said="我男人上个月没了，家里欠三万，这可咋办"))
    assert story.replies[0].kind == Say.OFFER_REPORT


AUNT = "我姑瘫了话都说不清，我替她报能行不"


def alarmed(leaning: float, said: str = AUNT) -> Understanding:
    alarm = Alarm((Danger.UNATTENDED,), at_once=True, leaning=leaning)
    return replace(heard(Route.QUESTION, 0.0, said), alarm=alarm, signals=find_signals(said))


def test_who_asks_a_rule_that_is_known_gets_the_numbers_and_then_the_answer_though_the_ear_heard_danger() -> None:
    outcome = found(alarmed(0.6), ANSWER)
    assert [(reply.kind, reply.params["danger"]) for reply in outcome.replies] == [(Say.ANSWER, [Danger.UNATTENDED])]
    assert not any(isinstance(command, OpenCall) for command in outcome.commands)


@pytest.mark.parametrize(
    ("leaning", "answer"),
    [(0.6, ABSTAIN), (0.99, ANSWER), (0.6, replace(ANSWER, next_step=NextStep("duty")))],
    ids=["nothing is known", "the ear is sure", "the answer names the numbers itself"],
)
def test_the_alarm_is_raised_where_no_answer_outweighs_it(leaning: float, answer: Answer) -> None:
    outcome = found(alarmed(leaning), answer)
    assert [reply.kind for reply in outcome.replies] == [Say.EMERGENCY]
    assert [command.reason for command in outcome.commands if isinstance(command, OpenCall)] == [CallReason.DANGER]
    assert outcome.state.questions == ()


@pytest.mark.parametrize(
    ("state", "u"),
    [
        (State(), alarmed(0.0)),
        (State(), alarmed(0.6, said="我姑瘫了话都说不清，没人在跟前")),
        (State(asking=Asking.PLACE, drafts=(Draft("d"),)), alarmed(0.6)),
    ],
    ids=["the rules hear it", "nothing is asked", "a report is being made"],
)
def test_an_alarm_is_not_kept_waiting(state: State, u: Understanding) -> None:
    assert step(state, TURN, u).replies[0].kind == Say.EMERGENCY


def test_a_household_in_hardship_that_asks_a_clear_thing_is_looked_up_though_only_the_ear_heard_the_hardship() -> None:
    u = replace(heard(Route.HARDSHIP, 0.6, said=LOAN), signals=find_signals(LOAN))
    assert found(u, ANSWER).replies[0].kind == Say.ANSWER
    assert found(u, ABSTAIN).replies[0].kind == Say.OFFER_REPORT
