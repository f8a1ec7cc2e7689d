"""Drafts: kept for days, reminded of once, ended with a word and never lost; a village's poster opens its own chat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.memory.idle_drafts import EXPIRE_AFTER, REMIND_AFTER, mind_drafts
from cases.actors import Role
from storage.database import transaction
from storage.store import Store
from storage.village_codes import village_codes
from tests.bot.conftest import TOWNSHIP, VILLAGE, Person

STORY = "我爸上个月脑梗住院花了八万多，我家在会师镇南家咀头村三社"


def mind(store: Store, now: datetime) -> int:
    """Do what the tick does for drafts."""
    with transaction(store):
        return mind_drafts(store, now)


def begun(villager: Person) -> None:
    """Leave a report half-way."""
    villager.say("一键报贫")
    villager.say(STORY)


def poster(villager: Person) -> str:
    """Return the code of the village's poster."""
    return village_codes(villager.conversation.listener.settings).mint(VILLAGE)


def test_villager_is_reminded_once_and_goes_on_where_he_stopped(villager: Person) -> None:
    begun(villager)
    later = villager.now + REMIND_AFTER
    assert mind(villager.store, later - timedelta(hours=1)) == 0
    assert mind(villager.store, later) == 1
    assert mind(villager.store, later + timedelta(days=1)) == 0
    assert villager.read() == ["report.draft_reminder"]
    assert "南家咀头" not in villager.text
    assert villager.tap("接着报") == ["report.ask_householder"]


def test_nobody_is_reminded_at_night(villager: Person) -> None:
    begun(villager)
    night = villager.now.replace(hour=18) + REMIND_AFTER
    assert mind(villager.store, night) == 0


def test_draft_that_runs_out_is_announced_and_kept_for_an_officer(
    villager: Person, officer: Callable[..., Person]
) -> None:
    clerk = officer("马志远", Role.TOWNSHIP, TOWNSHIP)
    begun(villager)
    mind(villager.store, villager.now + EXPIRE_AFTER)
    assert villager.read()[-1] == "report.draft_expired"
    assert "3月10日" in villager.text
    assert "没留电话" in villager.text
    assert villager.state.drafts == ()
    assert int(next(villager.store.db.query("SELECT count(*) AS n FROM drafts"))["n"]) == 1
    clerk.say("待办")
    assert "脑梗" in clerk.text


def test_whoever_hides_from_the_village_is_not_sent_there_when_a_draft_runs_out(villager: Person) -> None:
    villager.say("一键报贫")
    villager.say(f"{STORY}，电话13912345678，别让村里知道")
    mind(villager.store, villager.now + EXPIRE_AFTER)
    villager.read()
    assert "村委会" not in villager.text
    assert "您留的电话" in villager.text


def test_talk_about_other_things_does_not_make_a_draft_young_again(villager: Person) -> None:
    begun(villager)
    start = villager.now
    villager.now += REMIND_AFTER - timedelta(hours=1)
    villager.say("谢谢")
    assert mind(villager.store, start + REMIND_AFTER) == 1


def test_poster_opens_a_chat_that_knows_its_village(villager: Person) -> None:
    assert villager.say(start=poster(villager)) == ["report.village_known"]
    assert "南家咀头" in villager.text
    villager.say("一键报贫")
    assert villager.say("我爸上个月脑梗住院花了八万多") == ["report.ask_householder"]
    assert villager.state.draft is not None
    assert villager.state.draft.place is not None
    assert villager.state.draft.place.code == VILLAGE


def test_village_that_is_named_counts_more_than_the_poster(villager: Person) -> None:
    villager.say(start=poster(villager))
    villager.say("一键报贫")
    villager.say("我家在河畔镇河畔村，我爸脑梗了")
    assert villager.state.draft is not None
    assert villager.state.draft.place is not None
    assert villager.state.draft.place.path.endswith("河畔镇/河畔村")


def test_made_up_code_opens_nothing(villager: Person) -> None:
    code = poster(villager)
    assert "report.village_known" not in villager.say(start=code[:-1] + ("A" if code[-1] != "A" else "B"))
