"""The terminal is a channel like any other: durable, one chat, buttons by number."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.terminal import NAME, LineError, TerminalChat
from bot.conversation.conversation import Conversation
from bot.memory.chats import recall
from storage import attachments, inbox, outbox
from storage.database import transaction
from storage.store import Store

Open = Callable[[], TerminalChat]


@pytest.fixture
def shown() -> list[str]:
    """Return what the terminal printed."""
    return []


@pytest.fixture
def sit_down(store: Store, conversation: Conversation, now: datetime, shown: list[str]) -> Open:
    """Return a way to open the terminal, again and again."""
    return lambda: TerminalChat(store, conversation, chat="t", show=shown.append, clock=lambda: now)


def test_line_is_answered_and_buttons_are_numbered(sit_down: Open, shown: list[str]) -> None:
    sit_down().say("你好")
    assert "帮扶助手" in shown[0]
    assert shown[1:] == ["  1. 一键报贫", "  2. 我的进度", ""]


def test_number_presses_a_button(sit_down: Open, shown: list[str]) -> None:
    terminal = sit_down()
    terminal.say("你好")
    shown.clear()
    terminal.say("1")
    assert "家里遇到什么难处" in shown[0]


def test_number_that_is_no_button_is_said(sit_down: Open, shown: list[str]) -> None:
    terminal = sit_down()
    terminal.say("7")
    assert shown


def test_photo_is_stored_and_contact_and_location_are_sent(
    sit_down: Open, shown: list[str], store: Store, tmp_path: Path
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    path = tmp_path / "photo.png"
    path.write_bytes(picture.getvalue())
    terminal = sit_down()
    terminal.say(f"/photo {path}")
    terminal.say("/location 35.69,105.05")
    draft = recall(store, NAME, "t").state.draft
    assert draft is not None
    assert attachments.load(store, draft.photos[0])[:2] == b"\xff\xd8"
    assert draft.location is not None


@pytest.mark.parametrize("line", ["/photo /no/such/file", "/photo {text}", "/location here", "/location 95,200"])
def test_line_that_cannot_be_sent_is_refused_in_words(sit_down: Open, tmp_path: Path, line: str) -> None:
    text = tmp_path / "a.txt"
    text.write_text("not a photo")
    with pytest.raises(LineError, match=r"照片|位置"):
        sit_down().say(line.format(text=text))


def test_a_video_of_fifty_megabytes_is_refused_unread(sit_down: Open, tmp_path: Path) -> None:
    video = tmp_path / "a.mp4"
    with video.open("wb") as file:
        file.truncate(50 * 1024**2)
    with pytest.raises(LineError, match="视频收不了"):
        sit_down().say(f"/photo {video}")


@pytest.mark.parametrize("path", ["/dev/zero", "/tmp"])
def test_what_is_no_file_is_no_photo(sit_down: Open, path: str) -> None:
    with pytest.raises(LineError, match="不是照片"):
        sit_down().say(f"/photo {path}")


def test_what_an_earlier_run_stored_is_answered_at_the_next_start(
    sit_down: Open, shown: list[str], store: Store, now: datetime
) -> None:
    row = inbox.receive(store, channel=NAME, chat="t", update="u1", payload=json.dumps({"text": "你好"}), now=now)
    assert row is not None
    sit_down().resume()
    assert "帮扶助手" in shown[0]
    assert inbox.is_settled(store, row)
    shown.clear()
    sit_down().resume()
    assert shown == []


def test_a_photo_at_the_terminal_tells_its_place_before_it_is_bared(
    sit_down: Open, shown: list[str], tmp_path: Path
) -> None:
    tags = Image.Exif()
    tags[0x8825] = {1: "N", 2: (35.0, 41.0, 24.0), 3: "E", 4: (105.0, 3.0, 0.0)}
    Image.new("RGB", (60, 40)).save(tmp_path / "place.jpg", "JPEG", exif=tags)
    sit_down().say(f"/photo {tmp_path / 'place.jpg'}")
    assert any("照片里带着拍的地方" in line for line in shown)


def test_many_other_chats_that_nobody_reads_hold_nobody_up(
    store: Store, sit_down: Open, shown: list[str], now: datetime
) -> None:
    with transaction(store):
        for number in range(60):
            chat = f"gone-{number}"
            outbox.put(store, channel=NAME, chat=chat, kind="chat.help", params={}, notice=False, now=now)
    sit_down().say("你好")
    assert "帮扶助手" in shown[0]
