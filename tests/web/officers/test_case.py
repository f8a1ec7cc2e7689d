"""A case at the console: steps as forms, refusals that keep the words, people shown only for a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.photos import MEDIA_TYPE
from cases.access import open_file
from cases.case import Case, load_case
from cases.details import Acknowledgement, Note
from cases.states import Event, State
from storage import attachments, audit
from storage.database import transaction
from tests.cases.conftest import OTHER_TOWNSHIP, Desk
from tests.web.conftest import Clock
from tests.web.officers.clerk import Clerk
from tests.web.officers.conftest import PASSWORD, jpeg
from web.officers.passwords import set_password

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def case(desk: Desk) -> Case:
    """Return a fresh report of the village."""
    return desk.submit(submission_id="submission-9")


def notes(desk: Desk, case: Case) -> int:
    """Return how many notes a case has."""
    file = open_file(desk.store, case.receipt, officer=desk.village)
    return sum(entry.event is Event.NOTED for entry in file.history)


def test_a_case_goes_from_report_to_visit_by_the_forms_of_its_page(village: Clerk, desk: Desk, case: Case) -> None:
    assert "办好了：领办" in village.step(case.receipt, "claimed")
    assert "办好了：受理" in village.step(case.receipt, "acknowledged")
    visit = {
        "visited_on": "2026-03-12",
        "findings": "住院自付四万，属实。",
        "visitors": "马志远\n王得福",
        "manner": "上门",
        "consent_signed_on": "2026-03-12",
    }
    assert "办好了：记录入户核查" in village.step(case.receipt, "home_visit_recorded", **visit)
    assert load_case(desk.store, case.id).state is State.UNDER_VERIFICATION


def test_a_refused_form_keeps_every_word_and_marks_what_is_wrong(village: Clerk, desk: Desk, case: Case) -> None:
    village.step(case.receipt, "acknowledged")
    said = village.step(case.receipt, "home_visit_recorded", visited_on="不是日期", findings="写了很久的一段话")
    assert village.status == 422
    assert "入户日期" in said.partition("这几项没有填")[2][:60]
    assert "写了很久的一段话" in said
    assert 'class="field wrong"' in village.page.text
    future = village.step(
        case.receipt, "home_visit_recorded", visited_on="2027-01-01", findings="又写了一段", visitors="甲"
    )
    assert village.status == 409
    assert "又写了一段" in future
    assert load_case(desk.store, case.id).state is State.ACKNOWLEDGED


def test_two_officers_on_one_case_the_second_sees_what_changed_and_keeps_his_words(
    village: Clerk, desk: Desk, case: Case
) -> None:
    village.open(f"/desk/case/{case.receipt}")
    stale = village.hidden()["version"]
    desk.do(case, "colleague", Acknowledgement())
    village.open("/desk")
    fields = {"version": stale, "event": "noted", "text": "户主周末才回"}
    said = village.post(f"/desk/case/{case.receipt}", fields)
    assert village.status == 409
    assert "您看过以后，这个件变了" in said
    assert "王得福：受理" in said
    assert "户主周末才回" in said
    assert notes(desk, case) == 0
    fields["version"] = village.hidden()["version"]
    assert "办好了：备注" in village.post(f"/desk/case/{case.receipt}", fields)
    assert notes(desk, case) == 1


def test_a_double_click_and_the_back_button_do_it_once(village: Clerk, desk: Desk, case: Case) -> None:
    village.open(f"/desk/case/{case.receipt}")
    fields = {**village.hidden(), "event": "noted", "text": "只记一次"}
    first = village.browser.post(f"/desk/case/{case.receipt}", data=fields)
    again = village.browser.post(f"/desk/case/{case.receipt}", data=fields)
    assert "办好了：备注" in again.text
    assert again.url == first.url
    assert notes(desk, case) == 1


def test_another_area_looks_exactly_like_no_case_at_all(clerk: Callable[[str], Clerk], desk: Desk, case: Case) -> None:
    stranger = clerk("stranger")
    forged, missing = stranger.open(f"/desk/case/{case.receipt}"), stranger.open("/desk/case/20000000000")
    assert stranger.status == 404
    assert forged == missing
    stranger.open("/desk")
    fields = {"version": str(case.version), "event": "noted", "text": "越界"}
    assert stranger.post(f"/desk/case/{case.receipt}", fields) == forged
    stranger.open("/desk")
    assert stranger.post(f"/desk/case/{case.receipt}/reveal", {"reason": "核实情况"}) == forged
    assert notes(desk, case) == 0


def test_a_form_without_our_ticket_or_from_a_foreign_page_is_not_taken(
    village: Clerk, clerk: Callable[[str], Clerk], desk: Desk, case: Case
) -> None:
    village.open(f"/desk/case/{case.receipt}")
    fields = {**village.hidden(), "event": "noted", "text": "假的"}
    other = clerk("colleague")
    other.open("/desk")
    answers = [
        village.browser.post(f"/desk/case/{case.receipt}", data={**fields, "seal": ""}),
        village.browser.post(f"/desk/case/{case.receipt}", data={**fields, **other.ticket()}),
        village.browser.post(f"/desk/case/{case.receipt}", data=fields, headers={"origin": "https://evil.example"}),
        village.browser.post(f"/desk/case/{case.receipt}", data=fields, headers={"sec-fetch-site": "cross-site"}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert notes(desk, case) == 0


def test_what_was_typed_outlives_an_expired_session(village: Clerk, desk: Desk, case: Case, clock: Clock) -> None:
    village.open(f"/desk/case/{case.receipt}")
    fields = {**village.hidden(), "event": "noted", "text": "写到一半登录过期"}
    clock.now += timedelta(hours=2)
    village.page = village.browser.post(f"/desk/case/{case.receipt}", data=fields)
    assert village.status == 401
    assert "您刚才写的还在" in village.text
    held = village.hidden()["held"]
    assert "写到一半" not in village.page.text
    with transaction(desk.store):
        set_password(desk.store, desk.village, PASSWORD, now=clock.now)
    village.post("/desk/sign-in", {"name": "马志远", "password": PASSWORD, "held": held})
    assert "写到一半登录过期" in village.text
    shown = village.hidden()
    assert "办好了：备注" in village.post(f"/desk/case/{case.receipt}", shown)
    assert notes(desk, case) == 1


def test_people_are_masked_until_a_reason_is_given_and_each_look_leaves_a_trace(
    village: Clerk, desk: Desk, case: Case, clock: Clock
) -> None:
    masked = village.open(f"/desk/case/{case.receipt}")
    assert "苏**" in masked
    assert "苏秀英" not in masked
    assert "老伴住院" not in masked
    assert "请先选为什么要看" in village.post(f"/desk/case/{case.receipt}/reveal")
    shown = village.post(f"/desk/case/{case.receipt}/reveal", {"reason": "联系群众"})
    assert "苏秀英" in shown
    assert "老伴住院" in shown
    revealed = [row for row in audit.rows(desk.store, f"case:{case.id}") if row.event == "case.revealed"]
    assert len(revealed) == 2  # the reason, and the look at the page that followed
    assert village.page.headers["cache-control"] == "no-store"
    clock.now += timedelta(minutes=16)
    assert "苏秀英" not in village.open(f"/desk/case/{case.receipt}")


def test_an_inspector_sees_everything_masked_and_can_do_nothing(
    clerk: Callable[[str], Clerk], desk: Desk, case: Case
) -> None:
    inspector = clerk("inspector")
    page = inspector.open(f"/desk/case/{case.receipt}")
    assert "督查账号只看不办" in page
    assert "苏秀英" not in page
    assert 'name="event"' not in inspector.page.text
    fields = {"version": str(case.version), "event": "noted", "text": "督查写的"}
    assert "您这里办不了" in inspector.post(f"/desk/case/{case.receipt}", fields)
    assert notes(desk, case) == 0


def test_photos_are_for_who_revealed_the_case_and_for_this_case_only(
    village: Clerk, clerk: Callable[[str], Clerk], desk: Desk, clock: Clock
) -> None:
    with transaction(desk.store):
        photo = attachments.save(desk.store, jpeg(), media_type=MEDIA_TYPE, now=clock.now)
    case = desk.submit(submission_id="submission-photo", attachments=(photo,))
    other = desk.submit(submission_id="submission-other")
    address = f"/desk/case/{case.receipt}/photo/{photo}"
    village.open(address)
    assert village.status == 404
    for one in (case, other):
        village.open(f"/desk/case/{one.receipt}")
        village.post(f"/desk/case/{one.receipt}/reveal", {"reason": "核实情况"})
    village.open(address)
    assert village.page.headers["content-type"] == MEDIA_TYPE
    assert village.page.headers["cache-control"] == "no-store"
    village.open(f"/desk/case/{other.receipt}/photo/{photo}")
    assert village.status == 404
    for path in ("../../keys/master.key", "..%2f..%2fkeys%2fmaster.key", f"{photo}.bin"):
        village.open(f"/desk/case/{case.receipt}/photo/{path}")
        assert village.status == 404
    stranger = clerk("stranger")
    stranger.open(address)
    assert stranger.status == 404


@pytest.mark.parametrize("fake", [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"<html><script>", b""])
def test_a_page_disguised_as_a_photo_is_refused_and_the_words_stay(
    village: Clerk, desk: Desk, case: Case, fake: bytes
) -> None:
    village.step(case.receipt, "acknowledged")
    village.open(f"/desk/case/{case.receipt}")
    version = village.hidden()["version"]
    fields = {
        "version": version,
        "event": "told",
        "told_on": "2026-03-12",
        "means": "书面",
        "to_whom": "苏秀英",
        "mark": "签字",
    }
    said = village.post(
        f"/desk/case/{case.receipt}", fields, files={"photo": ("../../x.jpg", fake or b"\0", "image/jpeg")}
    )
    assert village.status == 422
    assert "照片" in said
    assert "苏秀英" in village.page.text
    assert notes(desk, case) == 0


def test_a_hundred_megabytes_are_refused_in_words(village: Clerk, desk: Desk, case: Case) -> None:
    village.open(f"/desk/case/{case.receipt}")
    fields = {**village.hidden(), "event": "told"}
    village.page = village.browser.post(
        f"/desk/case/{case.receipt}", data=fields, files={"photo": ("a.jpg", bytes(100_000_000), "image/jpeg")}
    )
    assert village.status == 413
    assert "太大" in village.text


def test_script_in_every_text_is_shown_as_words(village: Clerk, desk: Desk, clock: Clock) -> None:
    case = desk.submit(submission_id="x", householder="苏秀英", story=SCRIPT, place_text=SCRIPT, group="三社")
    desk.do(case, "village", Note(SCRIPT))
    village.open(f"/desk/case/{case.receipt}")
    village.post(f"/desk/case/{case.receipt}/reveal", {"reason": "核实情况"})
    assert SCRIPT in village.text
    assert "<script>alert" not in village.page.text
    assert "<img src=x" not in village.page.text
    village.post("/desk/find", {"q": SCRIPT})
    assert "<script>alert" not in village.page.text


def test_duplicates_stand_side_by_side(village: Clerk, desk: Desk, case: Case) -> None:
    other = desk.submit(submission_id="again", householder="苏绣英")
    far = desk.submit(submission_id="far", area_code=f"{OTHER_TOWNSHIP}201")
    page = village.open(f"/desk/case/{case.receipt}")
    assert "可能是同一户" in page
    assert f"/desk/case/{other.receipt}" in village.page.text
    assert far.receipt not in village.page.text


@pytest.mark.parametrize(("found", "shown"), [("同一户", True), ("不是一户", False)])
def test_an_officer_settles_whether_two_cases_are_one_household(
    village: Clerk, desk: Desk, case: Case, found: str, shown: bool
) -> None:
    twin = desk.submit(submission_id="twin", householder="苏绣英")
    village.open(f"/desk/case/{twin.receipt}")
    assert "办好了" in village.step(twin.receipt, "link_settled", earlier=case.receipt, sameness=found)
    page = village.open(f"/desk/case/{case.receipt}")
    assert ("已认定是同一户" in page) is shown
    assert ("可能是同一户" in page) is shown


def test_a_case_says_when_it_changed_under_ones_eyes(village: Clerk, desk: Desk, case: Case) -> None:
    assert "变化" not in village.open(f"/desk/case/{case.receipt}/news?seen={case.version}")
    desk.do(case, "colleague", Acknowledgement())
    assert "刚才有变化" in village.open(f"/desk/case/{case.receipt}/news?seen={case.version}")
