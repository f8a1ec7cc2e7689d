"""What a report meets on a real Telegram: too much, too big, odd, in the wrong place, or about oneself."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import pytest

from bot.memory.chats import recall
from cases.actors import Role
from cases.presence import is_recused
from storage.stores import Stores
from tests.bot.conftest import TOWNSHIP, VILLAGE
from tests.scenarios.hands import PATIENCE, TelegramHand
from tests.scenarios.test_scenarios import Open, answers, appoint, clock, open_hand, stores

__all__ = ["answers", "clock", "open_hand", "stores"]  # the fixtures of the scenarios
STORY = "我爸上个月脑梗住院花了八万多，我们在会师镇南家咀头村三社，户主王建国，电话13912345678"


@pytest.fixture
def channel() -> str:
    return "telegram"


@pytest.fixture
def hand(open_hand: Open) -> TelegramHand:
    """Return a villager on Telegram who has begun a report."""
    hand = open_hand()
    assert isinstance(hand, TelegramHand)
    hand.say("一键报贫")
    hand.hears("家里遇到什么难处")
    return hand


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def handled(stores: Stores, updates: int) -> bool:
    """Tell whether so many updates were handled, and none was given up."""
    row = next(stores.here().db.query("SELECT count(done_at) AS done, count(failed_at) AS failed FROM inbox"))
    assert row["failed"] == 0
    return int(row["done"]) >= updates


def test_thirty_photos_at_once_are_three_and_one_word_about_the_rest(hand: TelegramHand, stores: Stores) -> None:
    for _ in range(28):
        hand.photo()
    until(lambda: handled(stores, 29))
    draft = recall(stores.here(), "telegram", str(hand.person.number)).state.draft
    assert draft is not None
    assert len(draft.photos) == 3
    hand.say(STORY)
    hand.hears("王建国")
    assert hand.person.count("最多") == 1


def test_what_is_too_big_or_odd_is_answered_in_words_and_the_form_goes_on(hand: TelegramHand) -> None:
    for send, words in (
        (lambda: hand.person.sends_video(50 * 1024 * 1024), "视频我收不了"),
        (hand.person.sends_sticker, "表情我看不懂"),
        (hand.person.sends_dice, "收不了"),
        (lambda: hand.person.edits("改过的话"), "改过的话我看不到"),
    ):
        hand.do(send)
        hand.hears(words)
    hand.do(lambda: hand.person.forwards(STORY))
    hand.hears("王建国")


def test_a_story_without_end_is_kept_whole_and_reported(hand: TelegramHand, stores: Stores) -> None:
    for _ in range(6):
        hand.say("难啊，" * 1300)
    hand.say(STORY)
    until(lambda: handled(stores, 8))
    draft = recall(stores.here(), "telegram", str(hand.person.number)).state.draft
    assert draft is not None
    assert draft.story.count("难啊") == 6 * 1300
    assert draft.story.endswith(STORY)


def test_in_a_group_nothing_personal_is_asked_or_kept(hand: TelegramHand, stores: Stores) -> None:
    hand.person.says_in_group(STORY)
    until(lambda: handled(stores, 2))
    until(lambda: any("单独跟我说" in seen.text for seen in hand.in_group()))
    assert not any("王建国" in seen.text for seen in hand.in_group())
    draft = recall(stores.here(), "telegram", str(hand.person.number)).state.draft
    assert draft is not None
    assert draft.is_blank


def test_who_blocks_the_bot_loses_nothing(hand: TelegramHand, stores: Stores) -> None:
    hand.say(STORY)
    hand.hears("王建国")
    hand.person.blocks()
    hand.say("电话不对，是13887654321")
    until(lambda: handled(stores, 3))
    hand.person.unblocks()
    hand.say("继续")
    hand.hears("13887654321")


def test_an_officer_about_himself_steps_back_and_another_must_act(
    open_hand: Open, stores: Stores, now: datetime
) -> None:
    appoint(stores.here(), "李玉梅", Role.TOWNSHIP, TOWNSHIP, now)
    code = appoint(stores.here(), "王建国", Role.VILLAGE, VILLAGE, now)
    hand = open_hand()
    hand.start(code)
    hand.hears("绑定好了")
    hand.say("一键报贫")
    hand.say(STORY)
    hand.tap("都对")
    hand.tap("同意并提交")
    hand.hears("最晚")
    case = next(stores.here().db.query("SELECT id, assignee, offered_to FROM cases"))
    himself = next(stores.here().db.query("SELECT officer FROM officer_channels"))["officer"]
    assert is_recused(stores.here(), case["id"], himself)
    assert himself not in (case["assignee"], case["offered_to"])
