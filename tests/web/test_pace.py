"""Posting too fast is slowed down, and nothing is thrown away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Pace
from settings.schema import Settings
from tests.web.conftest import Parrot
from tests.web.villager import Villager


def test_a_burst_goes_at_once_and_then_one_at_a_time() -> None:
    pace = Pace(burst=3, every=2.0)
    delays = [pace.reserve("a", now=100.0, longest=60.0) for _ in range(5)]

    assert delays == [0.0, 0.0, 0.0, 2.0, 4.0]
    assert pace.reserve("b", now=100.0, longest=60.0) == 0.0


def test_beyond_the_longest_wait_no_slot_is_taken() -> None:
    pace = Pace(burst=1, every=2.0)
    assert pace.reserve("a", now=0.0, longest=1.0) == 0.0
    assert [pace.reserve("a", now=0.0, longest=1.0) for _ in range(9)] == [None] * 9
    assert pace.reserve("a", now=1.5, longest=1.0) == 0.5


@given(
    gaps=st.lists(st.floats(0, 5), min_size=1, max_size=60),
    burst=st.integers(1, 5),
    every=st.floats(0.1, 3),
)
def test_slots_never_come_faster_than_the_pace(gaps: list[float], burst: int, every: float) -> None:
    pace, now, slots = Pace(burst=burst, every=every), 1000.0, []
    for gap in gaps:
        now += gap
        delay = pace.reserve("a", now=now, longest=1e9)
        assert delay is not None
        slots.append(now + delay)

    assert slots == sorted(slots)
    for early, late in zip(slots, slots[burst:], strict=False):
        assert late - early >= every - 1e-6


def test_the_book_of_senders_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pace._REMEMBERED", 100)
    pace = Pace(burst=2, every=1.0)
    for second in range(1000):
        pace.reserve(f"visitor {second}", now=float(second), longest=9.0)

    assert len(pace._next) <= 101


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with a pace that a test can outrun: two at once, then one a minute."""
    web = settings.web.model_copy(update={"burst": 2, "seconds_per_message": 60.0})
    return settings.model_copy(update={"web": web})


def test_far_too_fast_is_asked_to_press_again_with_the_words_kept(villager: Villager, parrot: Parrot) -> None:
    villager.say("一")
    villager.say("二")
    page = villager.say("三")

    assert page.status_code == 429
    assert ">三</textarea>" in page.text
    assert len(parrot.heard) == 2
