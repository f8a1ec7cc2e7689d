"""Planted names, phones and stories are nowhere in clear: not in the database, its log, the index, a backup or a log.

The report goes through the conversation, the whole chain of officers, a question, a complaint and a draft left open.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import structlog
from PIL import Image

from app.logs import configure_logs
from bot.conversation.conversation import Conversation
from bot.turn import Turn
from bot.wording import word
from knowledge.knowledge import Knowledge
from places.gazetteer import load_gazetteer
from settings.load import load_settings
from settings.schema import Log
from storage import attachments, outbox
from storage.backup import back_up
from storage.database import open_store
from storage.keys import load_or_create_key
from storage.store import Store

CANARIES = ("慕容翠花", "13987654321", "脑瘤做了手术", "欧阳建国", "18612345678", "620422195001010018", "上官铁柱")


class Chat:
    """One villager on the web page, straight into the conversation."""

    def __init__(self, conversation: Conversation, store: Store, now: datetime) -> None:
        self.conversation, self.store, self.now, self.turns, self.seen = conversation, store, now, 0, 0

    def says(self, text: str = "", *, button: str | None = None, photo: bytes | None = None) -> str:
        self.turns += 1
        self.now += timedelta(seconds=20)
        files = (attachments.save(self.store, photo, media_type="image/jpeg", now=self.now),) if photo else ()
        turn = Turn("web", "chat-1", f"t{self.turns}", self.now, text=text or None, button=button, attachments=files)
        self.conversation.handle(self.store, turn, now=self.now, done=lambda _: None)
        self.messages = [
            word(item.kind, item.params, personal_data=True)
            for item in outbox.for_chat(self.store, channel="web", chat="chat-1", after_seq=self.seen)
        ]
        self.seen = max(item.seq for item in outbox.for_chat(self.store, channel="web", chat="chat-1"))
        return "\n".join(message.text for message in self.messages)

    def taps(self, label: str) -> str:
        buttons = [button for message in self.messages for row in message.buttons for button in row]
        (data,) = [button.data for button in buttons if label in button.label]
        return self.says(button=data)


def photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def logged() -> io.StringIO:
    stream = io.StringIO()
    configure_logs(Log(level="debug", format="json"), stream)
    return stream


def test_no_personal_data_lies_in_clear_anywhere(
    indexed: Path, root: Path, now: datetime, logged: io.StringIO, tmp_path: Path
) -> None:
    settings = load_settings(root / "config.toml", indexed, environ={})
    store = open_store(indexed, load_or_create_key(indexed, None))
    chat = Chat(Conversation(settings, Knowledge(settings), load_gazetteer()), store, now)

    chat.says("我爸慕容翠花上个月脑瘤做了手术花了八万多，我们在会宁县会师镇南家咀头村，电话13987654321")
    read_back = chat.taps("帮我报上去")
    assert all(value in read_back for value in ("慕容翠花", "13987654321", "南家咀头村"))
    chat.taps("都对")
    assert "您的编号" in chat.taps("同意并提交")
    chat.says(photo=photo())
    chat.says("上官铁柱身份证620422195001010018，村主任欧阳建国收了我五百块烟，电话18612345678")
    chat.says("欧阳建国家 18612345678 低保怎么办")
    chat.says("一键报贫")
    chat.says("我叫上官铁柱，脑瘤做了手术")

    back_up(store, tmp_path / "backup.tar")
    structlog.get_logger().warning("canary.logged", phone="13987654321", identity="620422195001010018")
    log = logged.getvalue()
    assert "canary.logged" in log
    for canary in CANARIES:
        assert canary not in log, f"{canary} in the log"
        for file in [tmp_path / "backup.tar", *indexed.rglob("*")]:
            if file.is_file():
                data = file.read_bytes()
                for encoding in ("utf-8", "utf-16-le", "gb18030"):
                    assert canary.encode(encoding) not in data, f"{canary} in {file.name}"
