"""Many reports from one phone within a minute: none is lost, and from the sixth on they wait for the township."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.tasks import TaskKind
from storage.stores import Stores
from tests.scenarios.test_scenarios import CHANNELS, Clock, Open, answers, clock, open_hand, stores

__all__ = ["answers", "clock", "open_hand", "stores"]  # the fixtures of the scenarios
FAMILIES = ("王建国", "李桂花", "张玉兰", "赵玉梅", "苏小军", "马得福", "陈秀英")
ALLOWED = 5


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_flood_is_kept_whole_and_put_aside_from_the_sixth_on(open_hand: Open, stores: Stores, clock: Clock) -> None:
    hand = open_hand()
    for number, family in enumerate(FAMILIES):
        clock.now += timedelta(seconds=8)
        hand.say("一键报贫")
        hand.hears("家里遇到什么难处")
        hand.say(f"户主{family}，家里老人瘫痪，住会师镇南家咀头村，电话1381234{number:04}")
        hand.hears(family)
        hand.tap("都对")
        hand.tap("同意并提交")
        hand.hears("最晚")
    store = stores.here()
    aside = "SELECT count(*) AS n FROM case_tasks WHERE kind = ? AND done_at IS NULL"
    assert next(store.db.query("SELECT count(*) AS n FROM cases"))["n"] == len(FAMILIES)
    assert next(store.db.query(aside, [TaskKind.CHECK_FLOOD.value]))["n"] == len(FAMILIES) - ALLOWED
