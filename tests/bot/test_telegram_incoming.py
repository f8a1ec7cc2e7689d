from __future__ import annotations

import io
import json
from datetime import datetime
from typing import Any

import pytest
from PIL import Image

from bot.channels.channel import RetryLaterError
from bot.channels.telegram.incoming import NAME, FileGoneError, chat_of, translate
from bot.turn import Location, Turn, Unsupported
from storage import attachments, inbox
from storage.store import Store
from tests.botapi import Cloud, Person

Update = dict[str, Any]


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


@pytest.fixture
def villager(cloud: Cloud) -> Person:
    return Person(cloud, 900_001, "王大妈")


def turn_of(store: Store, cloud: Cloud, update: Update, now: datetime) -> Turn:
    """Store *update* as polling does and translate it; files come straight out of the cloud."""
    chat = chat_of(update)
    assert chat is not None
    row = inbox.receive(
        store, channel=NAME, chat=chat, update=str(update["update_id"]), payload=json.dumps(update), now=now
    )
    assert row is not None

    def fetch(file_id: str) -> bytes:
        if file_id not in cloud.files:
            raise FileGoneError(file_id)
        return cloud.files[file_id]

    return translate(store, inbox.load(store, row), fetch)


def photo() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(target, "JPEG")
    return target.getvalue()


def test_text_keeps_its_words_and_names_chat_and_update(
    store: Store, cloud: Cloud, villager: Person, now: datetime
) -> None:
    update = villager.says("娃上大学交不起学费咋办")
    assert turn_of(store, cloud, update, now) == Turn(
        channel="telegram", chat="900001", id=str(update["update_id"]), at=now, text="娃上大学交不起学费咋办"
    )


@pytest.mark.parametrize(("payload", "start"), [("", ""), ("abc-123_X", "abc-123_X")])
def test_a_start_link_brings_its_payload(
    store: Store, cloud: Cloud, villager: Person, now: datetime, payload: str, start: str
) -> None:
    turn = turn_of(store, cloud, villager.opens(payload), now)
    assert turn.start == start
    assert turn.text is None


def test_a_pressed_button_brings_its_data(store: Store, cloud: Cloud, villager: Person, now: datetime) -> None:
    turn = turn_of(store, cloud, villager.sends_button_data("report:submit:ab12"), now)
    assert turn.button == "report:submit:ab12"
    assert turn.chat == "900001"


def test_the_largest_size_of_a_photo_is_stored_without_its_hidden_data(
    store: Store, cloud: Cloud, villager: Person, now: datetime
) -> None:
    turn = turn_of(store, cloud, villager.sends_photo(photo(), caption="我家的房子"), now)
    assert turn.text == "我家的房子"
    (attachment,) = turn.attachments
    assert attachments.describe(store, attachment).media_type == "image/jpeg"
    assert Image.open(io.BytesIO(attachments.load(store, attachment))).size == (64, 48)


def test_a_picture_sent_as_a_file_counts_as_a_photo(
    store: Store, cloud: Cloud, villager: Person, now: datetime
) -> None:
    turn = turn_of(store, cloud, villager.sends_document(photo(), "房子.jpg", "image/jpeg"), now)
    assert len(turn.attachments) == 1


def test_a_voice_note_is_stored_as_it_is(store: Store, cloud: Cloud, villager: Person, now: datetime) -> None:
    turn = turn_of(store, cloud, villager.sends_voice(b"OggS..."), now)
    assert turn.voice is not None
    assert attachments.load(store, turn.voice) == b"OggS..."
    assert attachments.describe(store, turn.voice).media_type == "audio/ogg"


def test_a_shared_point_and_a_shared_number_arrive(store: Store, cloud: Cloud, villager: Person, now: datetime) -> None:
    place = turn_of(store, cloud, villager.shares_location(35.69, 105.05), now).location
    assert place == Location(latitude=35.69, longitude=105.05)
    assert turn_of(store, cloud, villager.shares_contact("+8613912345678"), now).phone == "+8613912345678"


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("sends_sticker", Unsupported.STICKER),
        ("sends_video", Unsupported.VIDEO),
        ("sends_dice", Unsupported.OTHER),
    ],
)
def test_what_cannot_be_read_is_named(
    store: Store, cloud: Cloud, villager: Person, now: datetime, act: str, kind: Unsupported
) -> None:
    assert turn_of(store, cloud, getattr(villager, act)(), now).unsupported is kind


def test_an_edited_message_and_a_group_are_named(store: Store, cloud: Cloud, villager: Person, now: datetime) -> None:
    assert turn_of(store, cloud, villager.edits("改了"), now).unsupported is Unsupported.EDITED
    group = turn_of(store, cloud, villager.says_in_group("大家好"), now)
    assert group.unsupported is Unsupported.GROUP
    assert group.text is None


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\xff\xd8\xff\xe0 broken"])
def test_a_photo_that_is_none_is_named_and_leaves_no_file(
    store: Store, cloud: Cloud, villager: Person, now: datetime, data: bytes
) -> None:
    turn = turn_of(store, cloud, villager.sends_photo(data, caption="看"), now)
    assert turn.unsupported is Unsupported.OTHER
    assert turn.attachments == ()


def test_a_file_that_telegram_no_longer_gives_out_is_named(
    store: Store, cloud: Cloud, villager: Person, now: datetime
) -> None:
    update = villager.sends_photo(photo())
    cloud.files.clear()
    assert turn_of(store, cloud, update, now).unsupported is Unsupported.OTHER


def test_a_file_that_cannot_be_fetched_now_is_asked_for_again(
    store: Store, cloud: Cloud, villager: Person, now: datetime
) -> None:
    update = villager.sends_photo(photo())
    row = inbox.receive(store, channel=NAME, chat="900001", update="1", payload=json.dumps(update), now=now)
    assert row is not None

    def offline(_file_id: str) -> bytes:
        raise RetryLaterError(10)

    with pytest.raises(RetryLaterError, match="10 s"):
        translate(store, inbox.load(store, row), offline)


def test_updates_in_which_nobody_speaks_belong_to_no_chat(cloud: Cloud, villager: Person) -> None:
    joined = villager.says_in_group("x")
    del joined["message"]["text"]
    joined["message"]["new_chat_title"] = "新群名"
    assert chat_of(joined) is None
    assert chat_of({"update_id": 1, "poll": {"id": "1"}}) is None
    assert chat_of({"update_id": 2, "callback_query": {"id": "1", "from": villager.user, "data": "x"}}) is None
