"""The terminal as a channel: one chat, typed lines in, worded messages out, through the same inbox and outbox."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import astuple, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.photos import MEDIA_TYPE, NotAPhotoError, clean_photo, photo_place
from bot.turn import Button, Location, Message, Turn
from bot.wording import word
from bot.wording.hiding import Remains, covered
from bot.worker import Handler
from storage import attachments, inbox, outbox
from storage.ids import new_id
from storage.inbox import InboxItem
from storage.store import Store

NAME: Final = "terminal"
HELP: Final = "数字 = 按下面的按钮；/photo 文件、/location 纬度,经度、/phone 号码、/start 码；空行或 Ctrl-D 结束"

_PHOTO_BYTES: Final = 20 * 1024**2


class LineError(ValueError):
    """A typed line that cannot be sent; the message says why, in Chinese."""


class TerminalChat:
    """One person at a terminal.

    ``show`` prints a line of text; ``clear`` empties the screen and tells whether it could.
    """

    def __init__(
        self,
        store: Store,
        conversation: Handler,
        *,
        chat: str,
        show: Callable[[str], None],
        clock: Callable[[], datetime],
        clear: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._conversation = conversation
        self._chat = chat
        self._show = show
        self._clock = clock
        self._clear = clear
        self._buttons: list[Button] = []

    def resume(self) -> None:
        """Handle what an earlier run stored but did not answer, and show what it did not show."""
        for item in inbox.for_chat(self._store, channel=NAME, chat=self._chat):
            if not inbox.is_settled(self._store, item.id):
                self._handle(item)
        self._deliver()

    def say(self, line: str) -> None:
        """Send one typed line and show what is answered.

        Raises:
            LineError: the line names a file that cannot be sent, or a place that is none.
        """
        # A terminal hands over bytes that are no text as lone surrogates.
        typed = line.encode("utf-8", "replace").decode()
        payload = json.dumps(self._content(typed), ensure_ascii=False)
        now = self._clock()
        row = inbox.receive(self._store, channel=NAME, chat=self._chat, update=new_id(), payload=payload, now=now)
        assert row is not None, "a fresh id is never known"
        self._handle(inbox.load(self._store, row))
        self._deliver()

    def _handle(self, item: InboxItem) -> None:
        turn = to_turn(item)
        self._conversation.handle(
            self._store,
            turn,
            now=self._clock(),
            done=lambda store: inbox.mark_done(store, item.id, now=self._clock()),
        )

    def _deliver(self) -> None:
        """Show what is due; all buttons that are shown at once are numbered through, so that each can be pressed."""
        shown: list[Button] = []
        while due := outbox.waiting(self._store, channel=NAME, chat=self._chat):
            for item in due:
                message = self._covering(word(item.kind, item.params, personal_data=True))
                if message.wipes:
                    shown = []
                buttons = [button for row in message.buttons for button in row]
                for line in rendered(message, buttons, first=len(shown) + 1):
                    self._show(line)
                shown += buttons
                self._buttons = shown
                outbox.mark_sent(self._store, item.id, now=self._clock())

    def _covering(self, message: Message) -> Message:
        """Return the message; one that hides what came before does so, and says what is left to do by hand."""
        if not message.wipes:
            return message
        return replace(message, text=covered(message.text, Remains.ROLLED_UP if self._clear() else Remains.SCREEN))

    def _content(self, line: str) -> dict[str, Any]:
        name, _, rest = line.strip().partition(" ")
        if line.strip().isdecimal() and 0 < int(line) <= len(self._buttons) and self._buttons[int(line) - 1].data:
            return {"button": self._buttons[int(line) - 1].data}
        match name:
            case "/photo":
                return self._photo(Path(rest.strip()))
            case "/location":
                return {"location": _point(rest)}
            case "/phone":
                return {"phone": rest.strip()}
            case "/start":
                return {"start": rest.strip()}
            case _:
                return {"text": line}

    def _photo(self, path: Path) -> dict[str, Any]:
        try:
            if path.exists() and not path.is_file():
                raise LineError(f"{path} 不是照片。")
            if path.stat().st_size > _PHOTO_BYTES:
                raise LineError(f"{path} 太大了：照片最大 {_PHOTO_BYTES // 1024**2} MB，视频收不了。")
            taken = path.read_bytes()
            data = clean_photo(taken)
        except OSError as error:
            raise LineError(f"照片 {path} 读不出来：{error.strerror}。") from None
        except NotAPhotoError:
            raise LineError(f"{path} 不是照片。") from None
        photo = attachments.save(self._store, data, media_type=MEDIA_TYPE, now=self._clock())
        place = photo_place(taken)
        return {"attachments": [photo], **({"photo_place": astuple(place)} if place else {})}


def to_turn(item: InboxItem) -> Turn:
    """Return the turn that a stored line means."""
    content: dict[str, Any] = json.loads(item.payload)
    location, taken = content.pop("location", None), content.pop("photo_place", None)
    files = tuple(content.pop("attachments", ()))
    return Turn(
        channel=NAME,
        chat=item.chat,
        id=item.update,
        at=item.received_at,
        attachments=files,
        location=Location(*location) if location else None,
        photo_place=Location(*taken) if taken else None,
        **content,
    )


def rendered(message: Message, buttons: Iterable[Button], *, first: int = 1) -> list[str]:
    """Return the lines of a message, its buttons numbered from *first* on."""
    choices = [
        f"  {number}. {button.label}{f'：{button.url}' if button.url else ''}"
        for number, button in enumerate(buttons, start=first)
    ]
    return [message.text, *choices, ""]


def _point(text: str) -> list[float]:
    try:
        latitude, longitude = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        raise LineError("位置请写成 纬度,经度，例如 /location 35.69,105.05。") from None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise LineError("没有这样的位置：纬度在 ±90 以内，经度在 ±180 以内。")
    return [latitude, longitude]
