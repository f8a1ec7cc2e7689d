"""The local server behaves to the library as Telegram's does, refusals included."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.botapi import BotApi, Person

pytestmark = [pytest.mark.anyio, pytest.mark.filterwarnings("ignore:.*retry_after")]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
def villager(api: BotApi) -> Person:
    villager = api.person("王大妈")
    villager.opens()
    return villager


@asynccontextmanager
async def library(api: BotApi, token: str = BotApi.token) -> AsyncIterator[Bot]:
    async with Bot(token, base_url=api.base_url, base_file_url=api.base_file_url) as bot:
        yield bot


def keys(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in labels]])


async def test_updates_wait_until_a_higher_offset_confirms_them(api: BotApi, villager: Person) -> None:
    villager.says("二")
    async with library(api) as bot:
        first, second = await bot.get_updates(limit=100)
        assert [update.update_id for update in await bot.get_updates()] == [first.update_id, second.update_id]
        assert await bot.get_updates(offset=second.update_id, limit=1) != ()
        assert await bot.get_updates(offset=second.update_id + 1, timeout=0) == ()


async def test_a_long_poll_returns_as_soon_as_something_is_said(api: BotApi, villager: Person) -> None:
    async with library(api) as bot:
        (start,) = await bot.get_updates()
        poll = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=10))
        await asyncio.to_thread(api.wait_calls, "getUpdates", 2)
        villager.says("来了")
        (update,) = await poll
        assert update.message is not None
        assert update.message.text == "来了"


async def test_kinds_that_the_bot_did_not_ask_for_do_not_come(api: BotApi, villager: Person) -> None:
    async with library(api) as bot:
        (start,) = await bot.get_updates(allowed_updates=["message"])
        villager.edits("改")
        villager.says("新")
        (update,) = await bot.get_updates(offset=start.update_id + 1)
        assert update.message is not None


async def test_a_second_poll_ends_the_first_with_a_conflict(api: BotApi, villager: Person) -> None:
    async with library(api) as bot, library(api) as twin:
        (start,) = await bot.get_updates()
        poll = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=10))
        await asyncio.to_thread(api.wait_calls, "getUpdates", 2)
        await twin.get_updates(offset=start.update_id + 1)
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await poll


async def test_polling_is_refused_while_a_webhook_is_set(api: BotApi) -> None:
    async with library(api) as bot:
        await bot.set_webhook("https://bot.example.org/hook")
        assert (await bot.get_webhook_info()).url == "https://bot.example.org/hook"
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()


async def test_messages_files_and_edits_show_on_the_screen(api: BotApi, villager: Person) -> None:
    async with library(api) as bot:
        sent = await bot.send_message(villager.number, "选", reply_markup=keys("是", "否"))
        await bot.send_photo(villager.number, InputFile(b"jpeg"), caption="图")
        await bot.send_voice(villager.number, InputFile(b"ogg"))
        await bot.send_document(villager.number, InputFile(b"pdf", filename="表.pdf"))
        await bot.send_chat_action(villager.number, "typing")
        await bot.edit_message_text("选好了", villager.number, sent.message_id)
        with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
            await bot.edit_message_text("选好了", villager.number, sent.message_id)
        await bot.edit_message_reply_markup(villager.number, sent.message_id, reply_markup=keys("改"))
        with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
            await bot.edit_message_text("x", villager.number, 10_000)
    assert [seen.text for seen in villager.screen()] == ["选好了", "图", "", ""]
    assert [seen.file for seen in villager.screen()] == [None, b"jpeg", b"ogg", b"pdf"]
    assert villager.screen()[0].labels == ["改"]


async def test_a_pressed_button_carries_its_message(api: BotApi, villager: Person) -> None:
    async with library(api) as bot:
        await bot.send_message(villager.number, "选", reply_markup=keys("是"))
        villager.taps("是")
        query = (await bot.get_updates())[-1].callback_query
        assert query is not None
        assert (query.data, query.from_user.id) == ("是", villager.number)
        assert await query.answer()


async def test_a_file_goes_up_and_comes_down_unchanged(api: BotApi, villager: Person) -> None:
    villager.sends_photo(b"\x00\x01 large")
    async with library(api) as bot:
        message = (await bot.get_updates())[-1].message
        assert message is not None
        file = await message.photo[-1].get_file()
        assert bytes(await file.download_as_bytearray()) == b"\x00\x01 large"
        with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
            await bot.get_file("no-such-file")


@pytest.mark.parametrize(
    ("text", "buttons", "complaint"),
    [
        (" ", None, "text is empty"),
        ("长" * 4097, None, "too long"),
        ("选", keys("汉" * 22), "BUTTON_DATA_INVALID"),
        ("选", InlineKeyboardMarkup([[InlineKeyboardButton("网页", url="http://localhost:1/")]]), "Wrong HTTP URL"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    api: BotApi, villager: Person, text: str, buttons: InlineKeyboardMarkup | None, complaint: str
) -> None:
    async with library(api) as bot:
        with pytest.raises(BadRequest, match=f"(?i){complaint}"):
            await bot.send_message(villager.number, text, reply_markup=buttons)
    assert villager.screen() == []


async def test_strangers_and_blocked_chats_are_refused_in_telegrams_words(api: BotApi, villager: Person) -> None:
    villager.blocks()
    async with library(api) as bot:
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(villager.number, "在吗")
        villager.unblocks()
        await bot.send_message(villager.number, "在吗")
        with pytest.raises(BadRequest, match=r"(?i)chat not found"):
            await bot.send_message(42, "在吗")


async def test_ordered_faults_come_and_pass(api: BotApi, villager: Person) -> None:
    async with library(api) as bot:
        api.limit("sendMessage", times=1, retry_after=3)
        with pytest.raises(RetryAfter, match="3 seconds"):
            await bot.send_message(villager.number, "一")
        api.fail("sendMessage", times=1)
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(villager.number, "二")
        api.lose_answers("sendMessage", times=1)
        with pytest.raises(NetworkError):
            await bot.send_message(villager.number, "三")
        await bot.send_message(villager.number, "四")
    assert [seen.text for seen in villager.screen()] == ["三", "四"]


async def test_another_token_is_refused(api: BotApi) -> None:
    with pytest.raises(InvalidToken):
        async with library(api, token="1:wrong"):
            raise AssertionError("a wrong token must not be accepted")


def test_waiting_for_words_that_do_not_come_says_what_came(api: BotApi, villager: Person) -> None:
    with pytest.raises(AssertionError, match=r"waited 0\.1 s for text '回执'"):
        villager.hears("回执", timeout=0.1)
    with pytest.raises(AssertionError, match="sees no button"):
        villager.taps("提交")
