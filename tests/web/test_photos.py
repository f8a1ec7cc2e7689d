"""Photos: taken, stripped, kept encrypted, shown to their own chat only."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from bot.memory.chats import chat_key
from bot.memory.hiding import hide
from bot.turn import Location
from settings.schema import Settings
from storage import attachments
from storage.database import transaction
from storage.stores import Stores
from tests.web.conftest import Parrot
from tests.web.villager import Villager

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
GPS_TAG = 0x8825


def photo(width: int = 60, height: int = 40, *, exif: bool = False) -> bytes:
    """Return a JPEG, perhaps one that says where and by which phone it was taken."""
    image = Image.new("RGB", (width, height), "tan")
    out = io.BytesIO()
    tags = Image.Exif()
    if exif:
        tags[0x010F] = "SecretPhoneMaker"
        tags[GPS_TAG] = {1: "N", 2: (35.0, 41.0, 24.0)}
    image.save(out, "JPEG", exif=tags)
    return out.getvalue()


def test_a_photo_arrives_without_what_the_phone_wrote_into_it(
    villager: Villager, parrot: Parrot, stores: Stores
) -> None:
    villager.send(("a.jpg", photo(exif=True), "image/jpeg"), text="房子塌了")

    [turn] = parrot.heard
    [attachment] = turn.attachments
    kept = attachments.load(stores.here(), attachment)
    assert turn.text == "房子塌了"
    assert b"SecretPhoneMaker" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == "JPEG"
        assert not image.getexif()


def test_photos_lie_encrypted_and_nothing_else_is_left(
    villager: Villager, parrot: Parrot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    villager.send(("a.jpg", photo(4000, 3000), "image/jpeg"))

    files = list((settings.data_path / "attachments").iterdir())
    assert len(files) == 1
    assert b"JFIF" not in files[0].read_bytes()
    assert list(scratch.iterdir()) == []


def test_the_same_post_twice_keeps_one_photo(villager: Villager, parrot: Parrot, settings: Settings) -> None:
    ticket, files = villager.ticket, [("photo", ("a.jpg", photo(), "image/jpeg"))]
    villager.post(ticket, files=files)
    villager.post(ticket, files=files)

    assert len(parrot.heard) == 1
    assert len(list((settings.data_path / "attachments").iterdir())) == 1


def test_another_photo_in_the_same_form_is_another_turn(villager: Villager, parrot: Parrot) -> None:
    ticket = villager.ticket
    villager.post(ticket, files=[("photo", ("a.jpg", photo(), "image/jpeg"))])
    villager.post(ticket, files=[("photo", ("a.jpg", photo(61), "image/jpeg"))])

    assert len(parrot.heard) == 2


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.jpg", SVG, "image/jpeg"),
        ("a.svg", SVG, "image/svg+xml"),
        ("a.png", HTML, "image/png"),
        ("../../etc/passwd", b"root:x:0:0", "image/jpeg"),
        ("a.jpg", photo()[:200], "image/jpeg"),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n", "image/jpeg"),
    ],
)
def test_what_is_no_photo_is_refused_and_the_words_stay(
    villager: Villager, parrot: Parrot, name: str, data: bytes, media_type: str
) -> None:
    page = villager.send((name, data, media_type), text="看照片")

    assert page.status_code == 422
    assert "选的不是照片" in page.text
    assert ">看照片</textarea>" in page.text
    assert parrot.heard == []


def test_a_photo_over_the_limit_is_refused_and_the_words_stay(villager: Villager, settings: Settings) -> None:
    too_much = b"\xff\xd8" + b"x" * (settings.web.photo_megabytes * 1024 * 1024)
    page = villager.send(("a.jpg", too_much, "image/jpeg"), text="看照片")

    assert page.status_code == 413
    assert "照片或录音太大了" in page.text
    assert ">看照片</textarea>" in page.text


def test_more_than_three_photos_are_refused(villager: Villager, parrot: Parrot) -> None:
    files = [(f"{number}.jpg", photo(60 + number), "image/jpeg") for number in range(4)]

    assert "一次最多发 3 张" in villager.send(*files).text
    assert parrot.heard == []
    villager.send(*files[:3])
    assert len(parrot.heard[0].attachments) == 3


def test_an_empty_chooser_is_no_photo(villager: Villager, parrot: Parrot) -> None:
    villager.send(("", b"", "application/octet-stream"), text="没有照片")

    assert parrot.heard[0].attachments == ()


def test_the_talk_shows_a_photo_small_and_a_tap_shows_it_whole(villager: Villager, parrot: Parrot) -> None:
    villager.send(("a.jpg", photo(1500, 1000), "image/jpeg"))
    address = f"/file/{parrot.heard[0].attachments[0]}"

    assert f'<a href="{address}"><img class="photo" src="{address}?small"' in villager.html
    sizes = [Image.open(io.BytesIO(villager.client.get(path).content)).size for path in (f"{address}?small", address)]
    assert sizes == [(320, 213), (1500, 1000)]


def test_a_photo_is_shown_to_its_own_chat_and_to_nobody_else(
    villager: Villager, visit: Callable[[], Villager], parrot: Parrot
) -> None:
    villager.send(("a.jpg", photo(), "image/jpeg"))
    address = f"/file/{parrot.heard[0].attachments[0]}"
    assert address in villager.html
    stranger = visit()
    cookieless = stranger.open(address)
    stranger.open("/")

    shown, refused = villager.open(address), stranger.open(address)

    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "no-store"
    assert (refused.status_code, cookieless.status_code) == (404, 404)
    assert refused.text == stranger.open("/file/" + "0" * 32).text


def test_a_photo_of_a_hidden_chat_is_not_even_found_by_its_address(
    villager: Villager, parrot: Parrot, stores: Stores, now: datetime
) -> None:
    villager.send(("a.jpg", photo(), "image/jpeg"))
    address = f"/file/{parrot.heard[0].attachments[0]}"
    assert villager.open(address).status_code == 200
    store = stores.here()
    with transaction(store):
        hide(store, chat_key(store, "web", parrot.heard[0].chat), now=now)

    assert villager.open(address).status_code == 404


def test_the_place_of_a_photo_is_read_before_it_is_stripped(villager: Villager, parrot: Parrot) -> None:
    gps = {1: "N", 2: (35.0, 41.0, 24.0), 3: "E", 4: (105.0, 3.0, 0.0)}
    image, tags, out = Image.new("RGB", (60, 40)), Image.Exif(), io.BytesIO()
    tags[GPS_TAG] = gps
    image.save(out, "JPEG", exif=tags)
    villager.send(("a.jpg", out.getvalue(), "image/jpeg"), text="房子塌了")

    assert parrot.heard[0].photo_place == Location(35.69, 105.05)


OGG = b"OggS" + bytes(60)


def test_a_recording_is_kept_as_it_came_beside_the_photos(villager: Villager, parrot: Parrot, stores: Stores) -> None:
    page = villager.send(("a.jpg", photo(), "image/jpeg"), ("v.ogg", OGG, "audio/ogg"), text="您听")

    [turn] = parrot.heard
    assert (turn.text, len(turn.attachments)) == ("您听", 1)
    assert turn.voice is not None
    assert attachments.load(stores.here(), turn.voice) == OGG
    assert attachments.describe(stores.here(), turn.voice).media_type == "audio/ogg"
    assert f'href="/file/{turn.voice}"' in page.text
    heard = villager.client.get(f"/file/{turn.voice}")
    assert (heard.content, heard.headers["content-disposition"]) == (OGG, "attachment")


def test_two_recordings_at_once_are_refused_in_words(villager: Villager, parrot: Parrot) -> None:
    page = villager.send(("1.ogg", OGG, "audio/ogg"), ("2.ogg", OGG, "audio/ogg"), text="您听")

    assert (page.status_code, "一次只能发一段录音" in page.text) == (422, True)
    assert parrot.heard == []


def test_thirty_photos_at_once_are_refused_in_words_and_what_was_typed_stays(
    villager: Villager, parrot: Parrot
) -> None:
    files = [("photo", (f"{number}.jpg", photo(), "image/jpeg")) for number in range(30)]
    page = villager.post({**villager.ticket, "text": "房子塌了半边"}, files=files)
    assert page.status_code == 422
    assert "最多发 3 张" in page.text
    assert ">房子塌了半边</textarea>" in page.text
    assert parrot.heard == []


def test_a_video_of_fifty_megabytes_is_refused_in_words_that_say_what_to_do(villager: Villager, parrot: Parrot) -> None:
    video = b"\x00\x00\x00\x18ftypmp42" + bytes(50 * 1024 * 1024)
    page = villager.send(("a.mp4", video, "video/mp4"), text="房子塌了半边")
    assert page.status_code == 413
    assert "视频收不了" in page.text
    assert "后退" in page.text
    assert parrot.heard == []
