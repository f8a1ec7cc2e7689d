"""The page for practising."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.conftest import Parrot
from tests.web.villager import Villager


def test_practice_is_a_chat_of_its_own_that_says_so_on_every_page_until_it_is_ended(
    visit: Callable[[], Villager], parrot: Parrot
) -> None:
    someone = visit()
    someone.open("/")
    someone.say("真的话")
    someone.open("/practice")
    someone.client.post("/practice", data=someone.ticket)
    for page in ("/", "/report", "/progress"):
        someone.open(page)
        assert "正在练习" in someone.html
    someone.open("/")
    assert someone.bubbles() == []
    someone.say("练习的话")
    assert [turn.practice for turn in parrot.heard] == [False, True]
    someone.client.post("/practice/end", data=someone.ticket)
    someone.open("/")
    assert "正在练习" not in someone.html
    assert [text for side, text in someone.bubbles() if side == "mine"] == ["真的话"]


def test_nobody_is_led_into_practice_by_another_site(visit: Callable[[], Villager]) -> None:
    someone = visit()
    someone.open("/")
    assert someone.client.post("/practice", data={}).status_code == 403
    someone.open("/")
    assert "正在练习" not in someone.html
