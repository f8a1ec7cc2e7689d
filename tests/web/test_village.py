"""The page behind a village's QR code."""

from __future__ import annotations

from collections.abc import Callable

from settings.schema import Settings
from storage.village_codes import village_codes
from tests.web.conftest import Parrot
from tests.web.villager import Villager

VILLAGE = "620422100203"


def test_a_villages_code_names_the_village_and_takes_it_into_the_talk_after_a_tap(
    visit: Callable[[], Villager], settings: Settings, parrot: Parrot
) -> None:
    code = village_codes(settings).mint(VILLAGE)
    someone = visit()
    assert someone.open(f"/v/{code}").status_code == 200
    assert "南家咀头村" in someone.html
    assert "不收费" in someone.html
    assert parrot.heard == []
    someone.say(start=code)
    assert [turn.start for turn in parrot.heard] == [code]


def test_a_code_that_was_not_made_here_opens_the_page_of_things_not_found(
    visit: Callable[[], Villager], settings: Settings
) -> None:
    code = village_codes(settings).mint(VILLAGE)
    someone = visit()
    for forged in (code[:-1] + ("A" if code[-1] != "A" else "B"), "V620422100203", "x"):
        assert someone.open(f"/v/{forged}").status_code == 404
    assert "南家咀头村" not in someone.html
