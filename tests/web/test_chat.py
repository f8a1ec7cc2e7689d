"""The chat page: a post becomes a turn, once, and the answer is shown."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.turn import Location
from storage import outbox
from storage.database import transaction
from storage.inbox import InboxItem
from storage.stores import Stores
from tests.web.conftest import Clock, Parrot
from tests.web.villager import Villager
from web.sessions import COOKIE
from web.villagers.turns import Saying

SCRIPT = {"Accept": "application/json"}


def put_notice(stores: Stores, chat: str, kind: str, said: str, now: datetime) -> None:
    """Tell a chat something, as an officer's step would."""
    with transaction(stores.here()):
        outbox.put(stores.here(), channel="web", chat=chat, kind=kind, params={"said": said}, notice=True, now=now)


def test_the_first_page_greets_and_names_the_chat_in_a_cookie(villager: Villager) -> None:
    assert "一键报贫" in villager.html
    assert villager.bubbles() == []
    cookie = villager.page.headers["set-cookie"] if villager.page else ""
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_secure(visit: Callable[[], Villager]) -> None:
    page = visit().open("https://testserver/")

    assert "Secure" in page.headers["set-cookie"].split("; ")
    assert page.headers["strict-transport-security"]


def test_what_is_said_is_answered_and_both_are_shown(villager: Villager, parrot: Parrot) -> None:
    page = villager.say("家里人住院了")

    assert page.history[0].status_code == 303
    assert villager.bubbles() == [("mine", "家里人住院了"), ("theirs", "您说：家里人住院了")]
    assert [(turn.channel, turn.text, turn.button) for turn in parrot.heard] == [("web", "家里人住院了", None)]


def test_a_double_click_is_one_turn(villager: Villager, parrot: Parrot) -> None:
    ticket = villager.ticket
    villager.post({**ticket, "text": "你好"})
    villager.post({**ticket, "text": "你好"})

    assert villager.bubbles() == [("mine", "你好"), ("theirs", "您说：你好")]
    assert len(parrot.heard) == 1


def test_going_back_and_writing_something_else_is_another_turn(villager: Villager, parrot: Parrot) -> None:
    ticket = villager.ticket
    villager.post({**ticket, "text": "你好"})
    villager.post({**ticket, "text": "你好吗"})

    assert [turn.text for turn in parrot.heard] == ["你好", "你好吗"]


def test_saying_the_same_again_on_a_new_page_is_another_turn(villager: Villager, parrot: Parrot) -> None:
    villager.say("你好")
    villager.say("你好")

    assert len(parrot.heard) == 2


def test_a_pressed_button_is_shown_by_its_label(villager: Villager, parrot: Parrot) -> None:
    villager.say("你好")
    villager.press("有用")

    assert parrot.heard[-1].button == "useful:yes"
    assert villager.bubbles()[-2:] == [("mine", "有用"), ("theirs", "您说：useful:yes")]


def test_buttons_go_when_the_talk_goes_on_and_links_stay(villager: Villager) -> None:
    villager.say("一")
    villager.say("二")

    assert villager.html.count('value="useful:yes"') == 1
    assert villager.html.count('href="/source/p1"') == 2


def test_an_example_question_is_asked_by_pressing_it(villager: Villager) -> None:
    villager.press("报了困难，几天有人来看？")

    assert villager.bubbles()[0] == ("mine", "报了困难，几天有人来看？")


def test_a_place_is_a_turn(villager: Villager, parrot: Parrot) -> None:
    villager.say(latitude="35.69", longitude="105.05")

    assert parrot.heard[0].location is not None
    assert parrot.heard[0].location.latitude == 35.69
    assert villager.bubbles()[0] == ("mine", "（发了我的位置）")


def test_a_place_off_this_earth_is_nothing_said(villager: Villager, parrot: Parrot) -> None:
    for latitude, longitude in (("nan", "1"), ("91", "1"), ("1", "1e9"), ("x", "1")):
        villager.say(latitude=latitude, longitude=longitude)
        assert "请先写一句话" in villager.html

    assert parrot.heard == []


def test_nothing_said_stays_on_the_page_with_a_reason(villager: Villager, parrot: Parrot) -> None:
    assert villager.say("   ").status_code == 422
    assert "请先写一句话" in villager.html
    assert parrot.heard == []


def test_a_late_answer_is_announced_and_can_be_looked_for_without_script(villager: Villager, parrot: Parrot) -> None:
    parrot.silent.set()
    villager.say("慢慢想")

    assert villager.bubbles() == [("mine", "慢慢想")]
    assert "正在想" in villager.html
    parrot.speak.set()
    look_again = re.search(r'<noscript><a href="([^"]+)"', villager.html)
    assert look_again is not None
    while "正在想" not in villager.open(look_again[1]).text or len(villager.bubbles()) < 2:
        time.sleep(0.01)
    assert villager.bubbles()[-1] == ("theirs", "您说：慢慢想")


def test_shown_is_delivered(villager: Villager, stores: Stores, clock: Clock) -> None:
    villager.say("你好")

    assert outbox.due(stores.here(), channel="web", now=clock(), limit=9) == []


def test_a_notice_waits_until_it_is_fetched(villager: Villager, parrot: Parrot, stores: Stores, clock: Clock) -> None:
    villager.say("你好")
    put_notice(stores, parrot.heard[0].chat, "echo", "村里来看过了", clock())
    assert len(outbox.due(stores.here(), channel="web", now=clock(), limit=9)) == 1

    villager.open("/")

    assert villager.bubbles()[-1] == ("theirs", "您说：村里来看过了")
    assert outbox.due(stores.here(), channel="web", now=clock(), limit=9) == []


def test_one_message_without_words_does_not_hide_the_others(
    villager: Villager, parrot: Parrot, stores: Stores, clock: Clock
) -> None:
    villager.say("你好")
    put_notice(stores, parrot.heard[0].chat, "kind.of.a.newer.version", "", clock())

    assert villager.open("/").status_code == 200
    assert villager.bubbles()[1:] == [
        ("theirs", "您说：你好"),
        ("theirs", "这一条显示不出来。请再问一次，着急的事请直接找村委会。"),
    ]


def test_the_script_gets_only_what_is_new(villager: Villager, visit: Callable[[], Villager]) -> None:
    villager.say("一")
    villager.open("/")
    said = villager.post({**villager.ticket, "text": "二", "said": "1", "told": "1"}, headers=SCRIPT).json()

    assert "您说：二" in said["html"]
    assert "您说：一" not in said["html"]
    assert (said["said"], said["told"], said["waiting"]) == (2, 2, False)
    news = villager.client.get("/news?said=2&told=2", headers=SCRIPT).json()
    assert news["html"].strip() == ""
    assert villager.client.get("/news?said=x&told=99999999999999999999", headers=SCRIPT).status_code == 200
    assert visit().client.get("/news", headers=SCRIPT).status_code == 409


def test_the_script_can_go_on_with_the_ticket_it_gets(villager: Villager, parrot: Parrot) -> None:
    first = villager.post({**villager.ticket, "text": "一"}, headers=SCRIPT).json()
    second = villager.post({"turn": first["turn"], "seal": first["seal"], "text": "一"}, headers=SCRIPT)

    assert second.status_code == 200
    assert [turn.text for turn in parrot.heard] == ["一", "一"]


def test_another_browser_sees_nothing_of_it(villager: Villager, visit: Callable[[], Villager]) -> None:
    villager.say("我的难处")
    other = visit()
    other.open("/")

    assert "我的难处" not in other.html


def test_a_long_talk_shows_its_end_and_on_request_all(
    villager: Villager, parrot: Parrot, stores: Stores, clock: Clock
) -> None:
    villager.say("开头")
    for number in range(60):
        put_notice(stores, parrot.heard[0].chat, "echo", f"第{number}条", clock())

    villager.open("/")
    assert len(villager.bubbles()) == 40
    assert "看更早的对话" in villager.html
    villager.open("/?all=1")
    assert len(villager.bubbles()) == 62


def test_everything_a_turn_holds_survives_the_inbox() -> None:
    saying = Saying("话", "按钮", "码", ("a", "b"), Location(1.5, -2.0))
    item = InboxItem("i", 1, "web", "c", "u", saying.to_payload(), datetime.now().astimezone(), 0, False)

    assert Saying.of(item) == saying
    assert Saying.of(replace(item, payload=Saying().to_payload())) == Saying()
