"""Papers of one case: printed by who works it, each print noted, none by an inspector."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest

from cases.household.form import load_form
from cases.states import State
from storage import audit
from tests.cases.conftest import Desk
from tests.web.officers.clerk import Clerk
from web.leaflets import fonts
from web.officers import letters


def test_a_letter_says_what_is_to_be_told_and_where_to_sign(village: Clerk, desk: Desk) -> None:
    case = desk.bring_to(State.DECLINED, tell=None)
    village.open(f"/desk/case/{case.receipt}")
    paper = village.post(f"/desk/case/{case.receipt}/letter")
    assert "告知书" in paper
    assert "苏秀英" in paper
    assert "原因：不在本村。" in paper
    assert "签字或手印" in paper
    assert "点下面的按钮" not in paper
    assert audit.rows(desk.store, f"case:{case.id}")[-1].event == "case.revealed"


def test_what_is_to_be_told_stands_on_the_page_only_for_who_revealed_it(village: Clerk, desk: Desk) -> None:
    case = desk.bring_to(State.DECLINED, tell=None)
    assert "这次没有列为重点帮扶户" not in village.open(f"/desk/case/{case.receipt}")
    page = village.post(f"/desk/case/{case.receipt}/reveal", {"reason": "联系群众"})
    assert "这次没有列为重点帮扶户" in page


def test_a_household_that_knows_everything_needs_no_letter_before_its_result(village: Clerk, desk: Desk) -> None:
    case = desk.submit()
    village.open(f"/desk/case/{case.receipt}")
    assert "没有要告知的" in village.post(f"/desk/case/{case.receipt}/letter")
    assert village.status == 409


def test_the_authorisation_and_the_blank_form_are_printed_before_the_visit(village: Clerk, desk: Desk) -> None:
    case = desk.submit()
    address = f"/desk/case/{case.receipt}"
    village.open(address)
    assert "不收一分钱" in village.post(f"{address}/consent")
    village.open(address)
    paper = village.post(f"{address}/blank")
    shown = html.unescape(paper)
    assert all(field.label in shown for field in (*load_form().household, *load_form().member))
    assert "苏秀英" not in shown


def test_the_card_is_a_pdf_once_there_is_a_plan(village: Clerk, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    early = desk.submit()
    village.open(f"/desk/case/{early.receipt}")
    village.post(f"/desk/case/{early.receipt}/card")
    assert village.status == 409
    case = desk.bring_to(State.RESOLUTION_PROPOSED, submission_id="second")
    village.open(f"/desk/case/{case.receipt}")
    village.post(f"/desk/case/{case.receipt}/card")
    assert village.page.content.startswith(b"%PDF-")
    assert village.page.headers["Cache-Control"] == "no-store"
    monkeypatch.setattr(letters, "find_font", lambda: fonts.find_font(()))
    village.open(f"/desk/case/{case.receipt}")
    assert "没有找到中文字体" in village.post(f"/desk/case/{case.receipt}/card")


def test_an_inspector_is_offered_no_paper_and_prints_none(clerk: Callable[[str], Clerk], desk: Desk) -> None:
    case = desk.bring_to(State.DECLINED, tell=None)
    inspector = clerk("inspector")
    assert "承诺授权书" not in inspector.open(f"/desk/case/{case.receipt}")
    inspector.post(f"/desk/case/{case.receipt}/letter")
    assert inspector.status == 404


def test_a_stranger_prints_nothing(clerk: Callable[[str], Clerk], desk: Desk) -> None:
    case = desk.submit()
    stranger = clerk("stranger")
    for path in ("letter", "consent", "blank", "card"):
        stranger.open("/desk")
        stranger.post(f"/desk/case/{case.receipt}/{path}")
        assert stranger.status == 404
