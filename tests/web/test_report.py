"""The doors to a report."""

from __future__ import annotations

from tests.web.conftest import Parrot
from tests.web.test_photos import photo
from tests.web.villager import Villager


def test_a_story_with_photo_begins_the_report_and_tells_it(villager: Villager, parrot: Parrot) -> None:
    villager.open("/report")
    fields = {**villager.ticket, "page": "report", "button": "report", "text": "老伴住院花了八万"}
    villager.post(fields, files=[("photo", ("a.jpg", photo(), "image/jpeg"))])

    first, second = parrot.heard
    assert (first.button, first.text, first.attachments) == ("report", None, ())
    assert (second.button, second.text, len(second.attachments)) == (None, "老伴住院花了八万", 1)
    assert [text for who, text in villager.bubbles() if who == "mine"] == ["一键报贫", "老伴住院花了八万"]
    assert [who for who, _ in villager.bubbles()] == ["mine", "theirs", "mine", "theirs"]


def test_without_a_story_the_report_just_begins(villager: Villager, parrot: Parrot) -> None:
    villager.open("/report")
    assert 'name="button" value="report"' in villager.html
    villager.post({**villager.ticket, "page": "report", "button": "report", "text": ""})

    assert [(turn.button, turn.text) for turn in parrot.heard] == [("report", None)]


def test_sending_the_form_twice_reports_once(villager: Villager, parrot: Parrot) -> None:
    villager.open("/report")
    fields = {**villager.ticket, "page": "report", "button": "report", "text": "房子塌了"}
    villager.post(fields)
    villager.post(fields)

    assert len(parrot.heard) == 2


def test_a_refused_photo_leaves_the_story_on_the_same_page(villager: Villager, parrot: Parrot) -> None:
    villager.open("/report")
    fields = {**villager.ticket, "page": "report", "button": "report", "text": "房子塌了"}
    page = villager.post(fields, files=[("photo", ("a.jpg", b"<svg/>", "image/jpeg"))])

    assert page.status_code == 422
    assert ">房子塌了</textarea>" in page.text
    assert "下一步" in page.text
    assert parrot.heard == []


def test_a_code_from_elsewhere_is_used_by_a_tap_and_not_by_looking(villager: Villager, parrot: Parrot) -> None:
    villager.open("/r/K7Q2MX")
    assert parrot.heard == []
    villager.post({**villager.ticket, "start": "K7Q2MX"})

    assert [turn.start for turn in parrot.heard] == ["K7Q2MX"]


def test_a_code_is_only_text(villager: Villager) -> None:
    assert "<script>" not in villager.open('/r/"><script>alert(1)</script>').text
    assert villager.open("/r/a/b").status_code == 404
