"""Answers on a small screen: folded, plainer, at their source, and what to do next."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.conversation.buttons import LONGEST
from bot.wording import word
from bot.wording.answer_parts import SHOWN, folded, is_long
from knowledge.answer import Answer, AnswerKind, NextStep, Question
from storage.store import Store
from storage.times import local_date
from tests.bot.conftest import SOURCE, Known, Meet, Person

ORIGIN = "（甘肃省的规定，2023年起。按出处整理，不是原话；看的是发布单位的原文，核对到2026年5月31日。）"
LONG = "".join(f"第{number}句话说的是第{number}样办法，照着办就行。" for number in range(1, 30))


class Telling(Known):
    """Gives one answer to everything."""

    def __init__(self, **changes: Any) -> None:
        super().__init__()
        self.given = replace(
            Answer(
                AnswerKind.ANSWER, f"每年1250元。\n{ORIGIN}", 0.9, (SOURCE,), ("这是2024年的规定。",), "一年1250元。"
            ),
            **changes,
        )

    def answer(self, store: Store, question: Question) -> Answer:  # noqa: ARG002 - the port's own signature
        self.asked = question
        return self.given


@pytest.fixture
def given() -> Telling:
    return Telling()


@pytest.fixture
def known(given: Telling) -> Known:
    return given


def labels(person: Person) -> list[str]:
    return [button.label for _, message in person.last for row in message.buttons for button in row]


def test_a_plainer_version_and_the_original_are_a_tap_away(villager: Person) -> None:
    villager.say("低保补助多少钱")
    assert labels(villager)[:2] == ["说简单点", "原文"]
    assert villager.tap("说简单点") == ["answer.plain"]
    assert villager.text.startswith("一年1250元。\n注意：这是2024年的规定。")
    assert villager.tap("原文") == ["answer.source"]
    source = "某县民政局，某民发〔2024〕1号，2024年3月1日，全国"
    for fact in ("“低保按户申请。”", "农村低保办法", source, "第三条"):
        assert fact in villager.text


WHICH = ("低保怎么申请？", "低保停了怎么办？", "低保补多少？")


@pytest.mark.parametrize("reply", ["2", "第二个", "二。"])
def test_what_was_probably_meant_is_chosen_by_button_or_by_number(given: Telling, villager: Person, reply: str) -> None:
    answered = given.given
    given.given = Answer(AnswerKind.CLARIFY, "您要问的是不是：", 0.4, options=WHICH)
    villager.say("低保的事咋弄哩")
    assert labels(villager) == [*WHICH, "人工（请人找我）"]
    old = villager.button("低保停了").data
    given.given = answered
    assert villager.say(reply) == ["answer.given"]
    assert (given.asked.text, given.asked.history) == (WHICH[1], ())
    given.given = Answer(AnswerKind.CLARIFY, "您要问的是不是：", 0.4, options=WHICH)
    villager.say("低保的事咋弄哩")
    given.given = answered
    assert villager.tap("低保补多少") == ["answer.given"]
    assert given.asked.text == WHICH[2]
    assert villager.say(button=old) != ["answer.given"], "a button of an older choice does nothing any more"


def test_a_long_answer_is_folded_at_a_sentence_and_unfolds(given: Telling, villager: Person) -> None:
    given.given = replace(given.given, text=f"{LONG}\n{ORIGIN}")
    villager.say("低保补助多少钱")
    shown = villager.text
    assert "。……\n（甘肃省的规定" in shown
    assert len(shown) < SHOWN + 220
    assert villager.tap("看全部") == ["answer.whole"]
    assert LONG in villager.text
    assert "看全部" not in labels(villager)


def test_a_short_answer_is_not_folded() -> None:
    assert folded(f"每年1250元。\n{ORIGIN}") == f"每年1250元。\n{ORIGIN}"
    assert not is_long("字" * SHOWN)
    assert is_long(LONG)


def test_what_to_do_next_names_office_papers_and_a_calendar_date(given: Telling, villager: Person) -> None:
    given.given = replace(given.given, next_step=NextStep("discipline", ("户口簿", "身份证"), reports=True))
    villager.say("低保补助多少钱")
    step = next(line for line in villager.text.splitlines() if line.startswith("下一步："))
    assert "找纪检监察部门（电话 0943-1000001）" in step
    assert "带上户口簿、身份证" in step
    assert "今天在这里报，最晚3月17日（星期二）有人上门" in step
    assert "星期" in step


def test_the_last_day_that_an_answer_sets_is_told_until_it_is_past(
    given: Telling, villager: Person, now: datetime
) -> None:
    ahead, gone = local_date(now) + timedelta(days=9), local_date(now) - timedelta(days=1)
    given.given = replace(given.given, next_step=NextStep("water", until=(0, ahead.month, ahead.day)))
    villager.say("低保补助多少钱")
    step = next(line for line in villager.text.splitlines() if line.startswith("下一步："))
    assert step.startswith(f"下一步：找县水利部门；最晚{ahead.month}月{ahead.day}日（星期")
    assert "报困难" not in step
    given.given = replace(given.given, next_step=NextStep("water", until=(gone.year, gone.month, gone.day)))
    villager.say("低保补助多少钱")
    assert "下一步" not in villager.text


def test_an_office_without_a_number_and_nothing_to_bring_is_no_step(given: Telling, villager: Person) -> None:
    given.given = replace(given.given, next_step=NextStep("water"))
    villager.say("低保补助多少钱")
    assert "下一步" not in villager.text


def test_sources_of_one_digest_share_a_button_and_other_quotes_have_their_own(given: Telling, villager: Person) -> None:
    twin, other = replace(SOURCE, title="另一份"), replace(SOURCE, title="第三份", quote="低保按月发。")
    given.given = replace(given.given, citations=(SOURCE, twin, other))
    villager.say("低保补助多少钱")
    assert [label for label in labels(villager) if "原文" in label] == ["原文 1", "原文 2"]
    villager.tap("原文 1")
    assert "1. 《农村低保办法》" in villager.text
    assert "2. 《另一份》" in villager.text
    assert "第三份" not in villager.text


def test_buttons_of_an_answer_that_is_long_gone_say_so(meet: Meet, villager: Person) -> None:
    villager.say("低保补助多少钱")
    old = [villager.button(label).data for label in ("说简单点", "原文")]
    for _ in range(4):
        villager.say("低保补助多少钱")
    for button in (*old, "plain:", "whole:none", "src:none:0", "plain"):
        assert villager.say(button=button) == ["chat.old_button"]
    assert max(len(button.encode()) for button in old) <= LONGEST


def test_whom_to_ask_is_said_once_in_an_abstention(given: Telling, villager: Person) -> None:
    said = "这个问题，手头的材料里没有查到，不能乱说。请问村委会或乡镇，也可以打 12345。"
    given.given = Answer(AnswerKind.ABSTAIN, said, 0.1)
    assert villager.say("低保补助多少钱") == ["answer.abstain"]
    assert villager.text.count("12345") == 1
    bare: dict[str, Any] = {"danger": [], "fraud": True, "text": "", "notices": [], "contacts": {}, "offer": False}
    assert word("answer.abstain", bare, personal_data=True).text.count("12345") == 1


def test_a_rating_stays_with_the_answer_its_quotes_and_the_sealed_question(store: Store, villager: Person) -> None:
    villager.say("我叫王建国，低保补助多少钱")
    assert villager.tap("没用") == ["answer.feedback"]
    row = next(store.db.query("SELECT * FROM answers_given JOIN feedback ON answer_id = id"))
    assert row["useful"] == 0
    assert row["answer"].startswith("每年1250元。")
    assert json.loads(row["quotes"]) == [[SOURCE.document, SOURCE.section, SOURCE.quote]]
    assert "王建国".encode() not in row["question"]
    assert "王建国" in store.vault.open_text(row["question"], table="answers_given", row=row["id"], column="question")


def test_what_may_be_danger_or_a_hardship_stands_beside_the_question_that_is_asked_back(
    given: Telling, villager: Person
) -> None:
    given.given = Answer(AnswerKind.CLARIFY, "您要问的是不是：", 0.4, options=WHICH)
    villager.say("老房子快塌了想翻盖，国家给多少")
    assert villager.text.startswith("先顾人：有危险马上打 110")
    villager.say("我男人瘫了，低保能办不")
    assert "先顾人" not in villager.text
    assert "一键报贫" in labels(villager)
