"""The Telegram channel over real HTTP against the local Bot API server."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.channels.channel import ChatGoneError, Progress, RetryLaterError
from bot.channels.telegram import TelegramChannel
from bot.conversation.words import find_word
from bot.store_thread import StoreThread
from bot.turn import Button, Message, Turn
from settings.schema import PersonalData, Telegram
from storage import attachments, inbox
from storage.inbox import InboxItem
from storage.store import Store
from storage.stores import Stores
from tests.bot.clocks import FastClock
from tests.botapi import BotApi, Person

WAIT = 60
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
def stores(tmp_path: Path, key: bytes) -> Stores:
    return Stores(tmp_path / "data", key)


@pytest.fixture
def villager(api: BotApi) -> Person:
    return api.person("王大妈")


@asynccontextmanager
async def channel_on(
    api: BotApi,
    stores: Stores,
    token: str = "",
    personal_data: PersonalData = "off",
    *,
    clock: Callable[[], datetime] | None = None,
) -> AsyncIterator[TelegramChannel]:
    thread = StoreThread(stores.here)
    where = Telegram(
        base_url=api.base_url, base_file_url=api.base_file_url, poll_seconds=2, personal_data=personal_data
    )
    channel = TelegramChannel(where, SecretStr(token or api.token), thread, clock=clock or FastClock(100))
    yield channel
    await channel.close()
    thread.close()


@asynccontextmanager
async def polling(
    api: BotApi, stores: Stores, *, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[tuple[TelegramChannel, Callable[[int], Awaitable[list[InboxItem]]]]]:
    """Run the poll loop; the second value waits until so many updates were stored and returns them."""
    async with channel_on(api, stores, clock=clock) as channel:
        news = asyncio.Event()
        task = asyncio.create_task(channel.run(news.set))

        async def stored(count: int) -> list[InboxItem]:
            async with asyncio.timeout(WAIT):
                while len(items := kept(stores)) < count:
                    news.clear()
                    await news.wait()
            return items

        yield channel, stored
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def kept(stores: Stores) -> list[InboxItem]:
    store = stores.here()
    ids = [row["id"] for row in store.db.query("SELECT id FROM inbox ORDER BY seq")]
    return [inbox.load(store, row_id) for row_id in ids]


def photo() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(target, "JPEG")
    return target.getvalue()


async def test_updates_are_stored_before_they_are_confirmed(api: BotApi, stores: Stores, villager: Person) -> None:
    villager.says("第一句")
    villager.says("第二句")
    async with polling(api, stores) as (_, stored):
        items = await stored(2)
        assert [item.chat for item in items] == [str(villager.number)] * 2
        await asyncio.to_thread(api.wait_calls, "getUpdates", 2)
        assert [int(call["offset"]) for call in api.calls("getUpdates")[:2]] == [0, int(items[-1].update) + 1]


async def test_what_people_wrote_while_the_bot_was_away_is_kept(api: BotApi, stores: Stores, villager: Person) -> None:
    api.cloud.webhook = "https://old.example.com/hook"
    villager.says("昨晚写的")
    async with polling(api, stores) as (_, stored):
        assert len(await stored(1)) == 1
    assert api.cloud.webhook == ""


async def test_an_update_that_comes_twice_is_stored_once(api: BotApi, stores: Stores, villager: Person) -> None:
    async with polling(api, stores) as (_, stored):
        update = villager.says("提交")
        await stored(1)
        api.cloud.repeat(update)
        villager.says("后来")
        items = await stored(2)
        await asyncio.to_thread(api.wait_calls, "getUpdates", len(api.calls("getUpdates")) + 1)
        assert items[0].update == str(update["update_id"])
        assert len(kept(stores)) == 2


async def test_a_restarted_bot_goes_on_where_the_last_one_stopped(
    api: BotApi, stores: Stores, villager: Person
) -> None:
    villager.says("之前")
    async with polling(api, stores) as (_, stored):
        await stored(1)
    villager.says("之间")
    async with polling(api, stores) as (_, stored):
        assert len(await stored(2)) == 2


async def test_an_unknown_kind_of_update_does_not_hold_up_the_others(
    api: BotApi, stores: Stores, villager: Person
) -> None:
    villager.says("好")
    with api.cloud.changed:
        api.cloud.updates.insert(0, {"update_id": 1, "message_of_the_future": {"x": 1}})
    async with polling(api, stores) as (_, stored):
        assert len(await stored(1)) == 1


async def test_the_menu_offers_commands_that_the_conversation_knows(api: BotApi, stores: Stores) -> None:
    async with polling(api, stores):
        await asyncio.to_thread(api.wait_calls, "getUpdates", 1)
    assert api.cloud.commands
    assert all(find_word(f"/{command['command']}") for command in api.cloud.commands)


async def test_a_server_that_fails_is_asked_again(
    api: BotApi, stores: Stores, villager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.connection.OFFLINE_SECONDS", 0.05)
    api.fail("getMe", times=2)
    api.fail("getUpdates", times=2, code=500, description="Internal Server Error")
    villager.says("好")
    with capture_logs() as logs:
        async with polling(api, stores) as (_, stored):
            assert len(await stored(1)) == 1
    assert [entry["event"] for entry in logs].count("telegram.unreachable") == 2


async def test_a_refused_token_ends_the_polling_and_stays_out_of_the_log(api: BotApi, stores: Stores) -> None:
    async with channel_on(api, stores, token="123:wrong-secret-token") as channel:
        with capture_logs() as logs:
            async with asyncio.timeout(WAIT):
                await channel.run(lambda: None)
    assert [entry["event"] for entry in logs] == ["telegram.token_refused"]
    assert "wrong-secret" not in str(logs)


async def test_a_pressed_button_stops_blinking(api: BotApi, stores: Stores, villager: Person) -> None:
    villager.sends_button_data("x")
    async with polling(api, stores) as (_, stored):
        await stored(1)
        await asyncio.to_thread(api.wait_calls, "answerCallbackQuery", 1)


async def test_a_photo_is_fetched_from_a_worker_thread_when_the_server_is_back(
    api: BotApi, stores: Stores, villager: Person
) -> None:
    villager.sends_photo(photo())
    async with polling(api, stores) as (channel, stored):
        (item,) = await stored(1)

        def work() -> Turn:
            return channel.translate(stores.here(), item)

        api.break_downloads(times=1)
        with pytest.raises(RetryLaterError):
            await asyncio.to_thread(work)
        turn = await asyncio.to_thread(work)
    assert Image.open(io.BytesIO(attachments.load(stores.here(), turn.attachments[0]))).size == (64, 48)


async def test_text_and_buttons_reach_the_screen(api: BotApi, stores: Stores, villager: Person) -> None:
    villager.says("好")
    async with channel_on(api, stores) as channel:
        await channel.send(str(villager.number), Message("请选：<b>1</b>", ((Button("是", "y"), Button("否", "n")),)))
    (seen,) = villager.screen()
    assert seen.text == "请选：<b>1</b>"
    assert seen.labels == ["是", "否"]
    villager.taps("否")
    assert api.cloud.updates[-1]["callback_query"]["data"] == "n"


async def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(
    api: BotApi, stores: Stores, villager: Person
) -> None:
    villager.says("好")
    async with channel_on(api, stores) as channel:
        await channel.send(str(villager.number), Message("很长。" * 3000, ((Button("好", "ok"),),)))
    assert [seen.labels for seen in villager.screen()] == [[], [], ["好"]]
    assert "".join(seen.text for seen in villager.screen()) == "很长。" * 3000


async def test_a_limit_between_two_parts_repeats_none_of_them(api: BotApi, stores: Stores, villager: Person) -> None:
    villager.says("好")
    picture = attachments.save(stores.here(), photo(), media_type="image/jpeg", now=FastClock()())
    long = Message("很长。" * 3000, ((Button("好", "ok"),),), attachment=picture)
    kept: list[int] = []

    async def keep(parts: int) -> None:
        kept.append(parts)
        if parts == 2:
            api.limit("sendMessage", times=1)

    async with channel_on(api, stores) as channel:
        with pytest.raises(RetryLaterError):
            await channel.send(str(villager.number), long, Progress(0, keep))
        await channel.send(str(villager.number), long, Progress(kept[-1], keep))
    assert kept == [1, 2, 3]
    assert [seen.method for seen in villager.screen()] == ["sendPhoto", *["sendMessage"] * 3]
    assert "".join(seen.text for seen in villager.screen()) == "很长。" * 3000


async def test_a_stored_photo_goes_out_as_a_photo_and_another_file_as_a_document(
    api: BotApi, stores: Stores, villager: Person
) -> None:
    villager.says("好")

    def save(store: Store, data: bytes, media_type: str) -> str:
        return attachments.save(store, data, media_type=media_type, now=FastClock()())

    here = stores.here()
    picture, sheet = save(here, photo(), "image/jpeg"), save(here, b"%PDF-", "application/pdf")
    async with channel_on(api, stores) as channel:
        await channel.send(str(villager.number), Message("房子", attachment=picture))
        await channel.send(str(villager.number), Message("表", attachment=sheet))
    assert [seen.method for seen in villager.screen()] == ["sendPhoto", "sendMessage", "sendDocument", "sendMessage"]
    assert [seen.file for seen in villager.screen()] == [photo(), None, b"%PDF-", None]


async def test_a_limit_of_the_pace_says_how_long_to_wait(
    api: BotApi, stores: Stores, villager: Person, caplog: pytest.LogCaptureFixture
) -> None:
    villager.says("好")
    api.limit("sendMessage", times=1, retry_after=7)
    async with channel_on(api, stores) as channel:
        with pytest.raises(RetryLaterError) as refusal:
            await channel.send(str(villager.number), Message("好"))
        assert refusal.value.seconds == 7
        await channel.send(str(villager.number), Message("好"))
    assert villager.count("好") == 1


@pytest.mark.parametrize("known", [True, False])
async def test_a_person_who_blocked_the_bot_or_never_came_is_gone(
    api: BotApi, stores: Stores, villager: Person, known: bool
) -> None:
    if known:
        villager.says("好")
        villager.blocks()
    async with channel_on(api, stores) as channel:
        with pytest.raises(ChatGoneError):
            await channel.send(str(villager.number), Message("好"))


async def test_a_server_that_cannot_be_reached_asks_to_wait(stores: Stores, villager: Person, api: BotApi) -> None:
    async with channel_on(api, stores) as channel:
        api.__exit__(None, None, None)
        with pytest.raises(RetryLaterError):
            await channel.send(str(villager.number), Message("好"))


async def test_a_withdrawn_token_keeps_messages_for_later(api: BotApi, stores: Stores, villager: Person) -> None:
    villager.says("好")
    async with channel_on(api, stores, token="1:withdrawn") as channel:
        with pytest.raises(RetryLaterError):
            await channel.send(str(villager.number), Message("好"))


async def test_personal_data_travels_only_when_the_settings_say_so(api: BotApi, stores: Stores) -> None:
    async with channel_on(api, stores) as off, channel_on(api, stores, personal_data="full") as full:
        assert not off.personal_data
        assert full.personal_data


async def test_the_token_reaches_no_log(
    api: BotApi, stores: Stores, villager: Person, caplog: pytest.LogCaptureFixture
) -> None:
    villager.says("好")
    with caplog.at_level(logging.INFO):
        async with polling(api, stores) as (channel, stored):
            await stored(1)
            await channel.send(str(villager.number), Message("好"))
    assert api.token not in caplog.text


async def test_who_writes_too_fast_waits_for_his_turn_and_nothing_is_lost(
    api: BotApi, stores: Stores, villager: Person
) -> None:
    async with polling(api, stores, clock=FastClock(0)) as (channel, stored):
        for number in range(40):
            villager.says(f"第{number}句")
        items = await stored(40)
        waits = []
        for item in items:
            try:
                channel.translate(stores.here(), item)
            except RetryLaterError as wait:
                waits.append(wait.seconds)
                assert channel.translate(stores.here(), replace(item, attempts=1)).text == f"第{len(waits) + 29}句"
    assert len(waits) == 10
    assert waits == sorted(waits)
