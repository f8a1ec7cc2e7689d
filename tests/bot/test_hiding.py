"""What can be hidden is hidden, what cannot is said: on Telegram, at the terminal, on the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.channels.channel import RetryLaterError
from bot.channels.terminal import TerminalChat
from bot.conversation.conversation import Conversation
from bot.memory.sent import TAKEN_BACK_WITHIN
from bot.turn import Button, Message
from cases.duty.alarms import Subject, open_alarm, ring_again
from cases.duty.roster import RINGS_EACH
from storage.database import transaction
from storage.store import Store
from storage.stores import Stores
from tests.bot.conftest import Person as Talker
from tests.bot.test_telegram import anyio_backend, api, polling, stores, villager
from tests.botapi import BotApi, Person

__all__ = ["anyio_backend", "api", "stores", "villager"]  # the fixtures of the Telegram channel
pytestmark = pytest.mark.anyio


async def test_a_hidden_chat_is_emptied_on_both_sides_as_far_as_telegram_lets_us(
    api: BotApi, stores: Stores, villager: Person
) -> None:
    async with polling(api, stores) as (channel, stored):
        neighbour = api.person("赵四")
        first = villager.says("他打我")
        neighbour.says("你好")
        await stored(2)
        await channel.send(str(villager.number), Message("马上打 110", ((Button("藏起来", "hide"),),)))
        await channel.send(str(neighbour.number), Message("您好"))
        await channel.send(str(villager.number), Message("您好，问政策直接打字。", wipes=True))
        assert [seen.text for seen in villager.screen()] == ["您好，问政策直接打字。"]
        assert [seen.text for seen in neighbour.screen()] == ["您好"]
        assert (villager.number, first["message"]["message_id"]) in api.cloud.deleted
        assert all(chat == villager.number for chat, _ in api.cloud.deleted)


async def test_what_telegram_does_not_let_go_is_said_with_what_to_do_about_it(
    api: BotApi, stores: Stores, villager: Person
) -> None:
    villager.says("他打我")
    async with polling(api, stores) as (channel, stored):
        await stored(1)
        api.fail("deleteMessages", times=1, code=400, description="Bad Request: message can't be deleted")
        api.fail("deleteMessage", times=1, code=400, description="Bad Request: message can't be deleted")
        await channel.send(str(villager.number), Message("您好。", wipes=True))
    (cover,) = villager.screen()
    assert cover.text.startswith("您好。")
    assert "请自己删" in cover.text
    assert "打" not in cover.text


async def test_one_stubborn_message_does_not_keep_the_others(api: BotApi, stores: Stores, villager: Person) -> None:
    said = [villager.says(words)["message"]["message_id"] for words in ("他打我", "天天打")]
    async with polling(api, stores) as (channel, stored):
        await stored(2)
        await channel.send(str(villager.number), Message("马上打 110"))
        api.fail("deleteMessages", times=1, code=400, description="Bad Request: message can't be deleted")
        await channel.send(str(villager.number), Message("您好。", wipes=True))
    assert [seen.text for seen in villager.screen()] == ["您好。"]
    assert {(villager.number, number) for number in said} <= api.cloud.deleted


async def test_what_is_older_than_two_days_is_left_to_its_owner(
    api: BotApi, stores: Stores, villager: Person, now: datetime
) -> None:
    async with polling(api, stores, clock=lambda: now - TAKEN_BACK_WITHIN - timedelta(minutes=1)) as (_, stored):
        old = villager.says("他打我")["message"]["message_id"]
        await stored(1)
    async with polling(api, stores, clock=lambda: now) as (channel, stored):
        young = villager.says("又打我")["message"]["message_id"]
        await stored(2)
        await channel.send(str(villager.number), Message("您好。", wipes=True))
    assert "两天以前" in villager.screen()[-1].text
    assert {(villager.number, young)} == api.cloud.deleted - {(villager.number, old)}
    assert (villager.number, old) not in api.cloud.deleted


async def test_a_chat_is_emptied_even_when_the_net_fails_once(api: BotApi, stores: Stores, villager: Person) -> None:
    villager.says("他打我")
    async with polling(api, stores) as (channel, stored):
        await stored(1)
        await channel.send(str(villager.number), Message("马上打 110"))
        api.fail("deleteMessages", times=1, code=502, description="Bad Gateway")
        with pytest.raises(RetryLaterError):
            await channel.send(str(villager.number), Message("您好。", wipes=True))
        await channel.send(str(villager.number), Message("您好。", wipes=True))
    assert [seen.text for seen in villager.screen()] == ["您好。"]


@pytest.mark.parametrize(("cleared", "words"), [(True, "屏幕清过了"), (False, "收不回来")])
def test_a_terminal_says_what_it_cannot_take_back(
    store: Store, conversation: Conversation, now: datetime, cleared: bool, words: str
) -> None:
    shown: list[str] = []

    def clear() -> bool:
        shown.clear()
        return cleared

    terminal = TerminalChat(store, conversation, chat="t", show=shown.append, clock=lambda: now, clear=clear)
    terminal.say("我男人天天打我")
    terminal.say("1")
    assert shown[0].startswith("您好，我是帮扶助手")
    assert words in shown[0]
    assert "关掉这个窗口" in shown[0]
    assert not any("打我" in line for line in shown)


def test_a_hidden_chat_hears_nothing_more_of_its_alarm(meet: Callable[..., Talker], now: datetime) -> None:
    talker = meet()
    talker.say("我男人天天打我，我在会师镇南家咀头村")
    talker.tap("藏起来")
    call = next(talker.store.db.query("SELECT id FROM calls"))["id"]
    for ring in range(1, RINGS_EACH + 2):
        with transaction(talker.store):
            assert ring_again(talker.store, now + timedelta(hours=ring), every=timedelta(minutes=5)) == 1
    assert talker.read() == []
    talker.say("我男人又打我了")
    alarm = open_alarm(talker.store, Subject(call_id=call))
    assert alarm is not None
    assert alarm.chat is not None


def test_an_offered_report_is_hidden_with_the_rest(meet: Callable[..., Talker]) -> None:
    talker = meet()
    talker.say("我男人得了尿毒症，花了好几万")
    offered = [draft.id for draft in talker.state.drafts]
    assert len(offered) == 1
    talker.say("我男人天天打我")
    talker.tap("藏起来")
    assert not any(draft.id in offered for draft in talker.state.drafts)
