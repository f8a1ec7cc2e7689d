"""The page behind the code of a public notice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases.public_notice.notice import PublicNotice
from cases.public_notice.objections import Means, Objection, objections_to, read_objection
from settings.schema import Settings
from storage.stores import Stores
from storage.village_codes import village_codes
from tests.cases.conftest import Desk, set_up
from tests.cases.papers import appraised, draft, post
from tests.web.conftest import Clock
from tests.web.villager import Villager


@pytest.fixture
def desk(stores: Stores, clock: Clock) -> Desk:
    """Return a county's desk on the pages' own store, on the day on which its notices hang."""
    desk = set_up(stores.here(), clock.now)
    clock.now = desk.later
    return desk


@pytest.fixture
def notice(desk: Desk) -> PublicNotice:
    """Return a notice with two households that hangs."""
    return post(desk, draft(desk, appraised(desk, 1), appraised(desk, 2, householder="马学")))


@pytest.fixture
def address(settings: Settings, notice: PublicNotice) -> str:
    """Return what the code of the notice opens."""
    return f"/o/{village_codes(settings).mint_notice(notice.number)}"


def send(someone: Villager, address: str, position: str, text: str, name: str = "") -> str:
    """Fill the form of the open page and return what came back."""
    typed = {**someone.ticket, "position": position, "text": text, "name": name}
    someone.page = someone.client.post(address, data=typed)
    return someone.html


def raised(desk: Desk, notice: PublicNotice) -> list[Objection]:
    """Return the objections to the notice."""
    return objections_to(desk.store, notice)


def test_who_scans_objects_without_a_name_and_gets_a_number_and_a_day(
    visit: Callable[[], Villager], desk: Desk, notice: PublicNotice, address: str
) -> None:
    village, township = desk.bind("village"), desk.bind("township")
    someone = visit()
    someone.open(address)
    for private in ("苏秀英", "马学", "三社"):
        assert private not in someone.html, "no household of the notice is named on the net"
    said = send(someone, address, "2", "他家在城里有房")
    assert "第 1 号意见，4月4日" in said
    (objection,) = raised(desk, notice)
    assert (objection.means, objection.raised_on) == (Means.CODE, notice.starts_on)
    assert objection.receipt == appraised_second(desk, notice)
    words = read_objection(desk.store, objection)
    assert (words.objector, words.text) == ("", "他家在城里有房")
    assert [desk.told(chat)[-1].kind for chat in (village, township)] == ["officer.objection"] * 2


def appraised_second(desk: Desk, notice: PublicNotice) -> str:
    """Return the number of the second household of the notice."""
    rows = desk.store.db.query(
        "SELECT receipt FROM cases JOIN public_notice_entries ON case_id = cases.id WHERE notice = ? AND position = 2",
        [notice.number],
    )
    return str(next(rows)["receipt"])


def test_a_form_that_is_sent_twice_is_one_objection(
    visit: Callable[[], Villager], desk: Desk, notice: PublicNotice, address: str
) -> None:
    someone = visit()
    someone.open(address)
    typed = {**someone.ticket, "position": "1", "text": "不在村里住", "name": ""}
    pages = [someone.client.post(address, data=typed) for _ in range(2)]
    assert all("第 1 号意见" in page.text for page in pages)
    assert len(raised(desk, notice)) == 1


@pytest.mark.parametrize(("position", "text"), [("3", "有房"), ("0", "有房"), ("二", "有房"), ("1", " ")])
def test_what_cannot_be_entered_keeps_what_was_typed(
    visit: Callable[[], Villager], desk: Desk, notice: PublicNotice, address: str, position: str, text: str
) -> None:
    someone = visit()
    someone.open(address)
    html = send(someone, address, position, text, "邻居<b>")
    assert someone.page is not None
    assert someone.page.status_code == 422
    assert 'value="邻居&lt;b&gt;"' in html
    assert raised(desk, notice) == []


def test_a_forged_code_opens_nothing_and_a_stranger_posts_nothing(
    visit: Callable[[], Villager], desk: Desk, notice: PublicNotice, address: str
) -> None:
    someone = visit()
    forged = address[:-1] + ("A" if address[-1] != "A" else "B")
    assert someone.open(forged).status_code == 404
    assert someone.open("/o/N1").status_code == 404
    assert someone.client.post(address, data={"position": "1", "text": "有房"}).status_code == 403
    assert raised(desk, notice) == []


def test_before_it_hangs_a_notice_takes_no_objection(
    visit: Callable[[], Villager], desk: Desk, settings: Settings
) -> None:
    drafted = draft(desk, appraised(desk))
    someone = visit()
    someone.open(f"/o/{village_codes(settings).mint_notice(drafted.number)}")
    assert "现在没有贴着" in someone.html
    assert "<textarea" not in someone.html
