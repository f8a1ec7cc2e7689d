"""The same person on three channels: at the terminal, on the page without scripts, on Telegram over the Bot API."""

from __future__ import annotations

import asyncio
import io
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any, Protocol

from PIL import Image
from pydantic import SecretStr

from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChat
from bot.conversation.conversation import Conversation
from bot.delivery import Delivery
from bot.store_thread import StoreThread
from bot.wording import word
from bot.worker import Workers
from settings.schema import Settings
from storage.stores import Stores
from tests.botapi import BotApi
from tests.botapi.cloud import Delivered
from tests.botapi.person import GROUP
from tests.web.villager import Villager
from web.app import build_app
from web.villagers.turns import to_turn

PATIENCE = 20
Clock = Callable[[], datetime]


def picture() -> bytes:
    """Return a photo."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "tan").save(out, "JPEG")
    return out.getvalue()


class Hand(Protocol):
    """A person's hand on some channel. ``hears`` waits for words in what was said back to the last step; ``shows`` is
    what anybody who takes the phone can read."""

    def say(self, text: str) -> None: ...
    def tap(self, label: str) -> None: ...
    def photo(self) -> None: ...
    def location(self, latitude: float, longitude: float) -> None: ...
    def contact(self, phone: str) -> None: ...
    def start(self, code: str) -> None: ...
    def hears(self, words: str) -> None: ...
    def heard(self) -> str: ...
    def shows(self) -> str: ...
    def close(self) -> None: ...


class TerminalHand:
    """Types lines at the terminal."""

    def __init__(
        self, stores: Stores, conversation: Conversation, clock: Clock, folder: Path, *, chat: str = "t"
    ) -> None:
        self._lines: list[str] = []
        self._shown: list[str] = []
        self._folder = folder
        self._chat = TerminalChat(
            stores.here(), conversation, chat=chat, show=self._show, clock=clock, clear=self._clear
        )

    def _clear(self) -> bool:
        self._lines.clear()
        self._shown.clear()
        return True

    def _show(self, line: str) -> None:
        self._lines.append(line)
        self._shown.append(line)

    def say(self, text: str) -> None:
        self._lines.clear()
        self._shown.append(f"> {text}")
        self._chat.say(text)

    def tap(self, label: str) -> None:
        found = re.findall(rf"^  (\d+)\. {re.escape(label)}", "\n".join(self._lines), re.MULTILINE)
        assert found, f"no button {label}: {self._lines}"
        self.say(found[-1])

    def photo(self) -> None:
        path = self._folder / "photo.jpg"
        path.write_bytes(picture())
        self.say(f"/photo {path}")

    def location(self, latitude: float, longitude: float) -> None:
        self.say(f"/location {latitude},{longitude}")

    def contact(self, phone: str) -> None:
        self.say(f"/phone {phone}")

    def start(self, code: str) -> None:
        self.say(f"/start {code}")

    def hears(self, words: str) -> None:
        self._chat.resume()
        assert words in self.heard(), self._lines

    def heard(self) -> str:
        return "\n".join(self._lines)

    def shows(self) -> str:
        return "\n".join(self._shown)

    def close(self) -> None:
        pass


class PageHand:
    """Uses the page in a browser that runs no scripts."""

    def __init__(self, settings: Settings, stores: Stores, conversation: Conversation, clock: Clock) -> None:
        self._workers = Workers(stores.here, conversation, {"web": to_turn}, clock=clock)
        self._villager = Villager(build_app(settings, stores.here, self._workers, word, clock=clock))
        self._workers.start()
        self._villager.open("/")
        self._before = 0
        self._linked = ""

    def _told(self) -> list[str]:
        return [text for who, text in self._villager.bubbles() if who == "theirs"]

    def _post(self, post: Callable[[], object]) -> None:
        self._linked = ""
        self._villager.open("/?all=1")
        self._before = len(self._told())
        post()

    def say(self, text: str) -> None:
        self._post(lambda: self._villager.say(text))

    def tap(self, label: str) -> None:
        found = re.findall(rf'<button name="(\w+)" value="([^"]*)"[^>]*>\s*{re.escape(label)}', self._villager.html)
        links = re.findall(
            rf'<a class="button"[^>]*href="(/cited/[^"]+)"[^>]*>\s*{re.escape(label)}', self._villager.html
        )
        assert found or links, f"no button {label}: {self._told()[-1:]}"
        if not found:
            self._linked = self._villager.open(unescape(links[-1])).text
            return
        name, value = found[-1]
        self._post(lambda: self._villager.post({**self._villager.ticket, name: unescape(value)}))

    def photo(self) -> None:
        self._post(lambda: self._villager.send(("photo.jpg", picture(), "image/jpeg")))

    def location(self, latitude: float, longitude: float) -> None:
        self._post(lambda: self._villager.say(latitude=str(latitude), longitude=str(longitude)))

    def contact(self, phone: str) -> None:
        self.say(phone)  # a page cannot read a phone's own number

    def start(self, code: str) -> None:
        """Open the page behind a village's poster, where there is one, and go in."""
        self._linked = ""
        if self._villager.open(f"/v/{code}").status_code != 200:
            self._villager.open("/")
        self._before = 0
        self._villager.post({**self._villager.ticket, "start": code})

    def hears(self, words: str) -> None:
        end = time.monotonic() + PATIENCE
        while words not in self.heard():
            assert time.monotonic() < end, self.heard()
            self._villager.open("/?all=1")

    def heard(self) -> str:
        labels = re.findall(r"<(?:button|a)[^>]*>(.*?)</", self._villager.html)
        told = self._told()
        new = told[self._before :] if self._before <= len(told) else told  # what was hidden is counted no more
        return "\n".join([self._linked, *new, *labels])

    def shows(self) -> str:
        self._villager.open("/?all=1")
        return self._villager.html

    def close(self) -> None:
        self._workers.stop()


class TelegramHand:
    """Uses Telegram: the channel polls the local Bot API server, workers and delivery run as in the service."""

    def __init__(self, settings: Settings, stores: Stores, conversation: Conversation, clock: Clock) -> None:
        self._api = BotApi().__enter__()
        where = {"base_url": self._api.base_url, "base_file_url": self._api.base_file_url, "poll_seconds": 1}
        self._telegram = settings.channels.telegram.model_copy(update=where)
        self._stores, self._conversation, self._clock = stores, conversation, clock
        self.person = self._api.person("王大妈")
        self._before, self._sent = 0, list[dict[str, Any]]()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    async def _serve(self) -> None:
        thread = StoreThread(self._stores.here)
        channel = TelegramChannel(self._telegram, SecretStr(self._api.token), thread, clock=self._clock)
        delivery = Delivery(thread, [channel], word, clock=self._clock, undeliverable=lambda *_: None)
        workers = Workers(
            self._stores.here,
            self._conversation,
            {channel.name: channel.translate},
            clock=self._clock,
            after=delivery.wake,
        )
        workers.start()
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        polling = asyncio.create_task(channel.run(workers.wake))
        sending = asyncio.create_task(delivery.run())
        self._ready.set()
        await self._stop.wait()
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
        await asyncio.to_thread(workers.stop)
        delivery.stop()
        await sending
        await channel.close()
        thread.close()

    def do(self, act: Callable[[], dict[str, Any]]) -> None:
        self._before = max((seen.number for seen in self.person.screen()), default=0)
        self._sent.append(act())

    def _waits(self, wanted: Callable[[Delivered], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not any(wanted(seen) for seen in self.person.screen() if seen.number > self._before):
            assert time.monotonic() < end, f"{what}: {[seen.text for seen in self.person.screen()]}"
            time.sleep(0.02)

    def say(self, text: str) -> None:
        self.do(lambda: self.person.says(text))

    def tap(self, label: str) -> None:
        self._waits(lambda seen: any(known.startswith(label) for known in seen.labels), f"no button {label}")
        self.do(lambda: self.person.taps(label))

    def photo(self) -> None:
        self.do(lambda: self.person.sends_photo(picture()))

    def location(self, latitude: float, longitude: float) -> None:
        self.do(lambda: self.person.shares_location(latitude, longitude))

    def contact(self, phone: str) -> None:
        self.do(lambda: self.person.shares_contact(phone))

    def start(self, code: str) -> None:
        self.do(lambda: self.person.opens(code))

    def hears(self, words: str) -> None:
        self._waits(lambda seen: any(words in text for text in (seen.text, *seen.labels)), words)

    def heard(self) -> str:
        return "\n".join(seen.text for seen in self.person.screen() if seen.number > self._before)

    def in_group(self) -> list[Delivered]:
        """Return what the bot said in the village's group."""
        return [seen for seen in self._api.cloud.delivered if seen.chat == GROUP]

    def shows(self) -> str:
        deleted = {number for chat, number in self._api.cloud.deleted if chat == self.person.number}
        said = [update["message"] for update in self._sent if "message" in update]
        return str([seen.text for seen in self.person.screen()]) + str(
            [message["text"] for message in said if message["message_id"] not in deleted and "text" in message]
        )

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE)
        self._api.__exit__(None, None, None)
