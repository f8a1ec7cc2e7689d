"""我的进度: for who knows number and telephone, and for the phone that made the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cases.actions.submit_report import submit_report
from cases.actors import Reporter
from cases.progress import FAILURES_ALLOWED
from cases.receipts import mint_receipt
from cases.workflow import load_workflow
from settings.schema import Settings
from storage.database import transaction
from storage.stores import Stores
from tests.cases.conftest import REPORT
from tests.web.conftest import Clock, Parrot
from tests.web.villager import Villager

PHONE = "138 1234 5678"


@pytest.fixture
def submit(stores: Stores, settings: Settings, clock: Clock) -> Callable[[str], str]:
    """Return a maker of reports: it takes the chat that reports and returns the receipt number."""

    def submit(chat: str) -> str:
        reporter = Reporter("web", chat)
        workflow = load_workflow(settings.cases.workflow)
        with transaction(stores.here()):
            report = replace(REPORT, tell=reporter)
            return submit_report(stores.here(), report, actor=reporter, workflow=workflow, now=clock()).case.receipt

    return submit


def look_up(villager: Villager, receipt: str, phone: str) -> str:
    """Fill the form on the progress page and return what comes."""
    villager.open("/progress")
    villager.page = villager.client.post("/progress", data={**villager.ticket, "receipt": receipt, "phone": phone})
    return villager.html


def test_number_and_telephone_show_the_stage_and_nothing_of_the_household(
    villager: Villager, submit: Callable[[str], str]
) -> None:
    receipt = submit("another-chat")

    page = look_up(villager, f"{receipt[:3]} {receipt[3:7]} {receipt[7:]}", "13812345678")

    assert "已经收到，等村里受理" in page
    assert "3月10日" in page
    for secret in ("苏秀英", "12345678", "住院", "南家咀头"):
        assert secret not in page


@pytest.mark.parametrize("phone", ["13812345679", "", "x"])
def test_a_wrong_telephone_looks_like_a_wrong_number(
    villager: Villager, submit: Callable[[str], str], phone: str
) -> None:
    receipt = submit("another-chat")

    refused = look_up(villager, receipt, phone or " ")

    assert "没有查到" in refused
    assert f'value="{receipt}"' in refused
    assert "没有查到" in look_up(villager, mint_receipt(), PHONE)
    assert "没有查到" in look_up(villager, "'; DROP TABLE cases; --", PHONE)


def test_guessing_ends_soon(villager: Villager, submit: Callable[[str], str]) -> None:
    receipt = submit("another-chat")
    for _ in range(FAILURES_ALLOWED):
        look_up(villager, mint_receipt(), PHONE)

    assert "次数太多了" in look_up(villager, receipt, PHONE)


def test_throwing_the_cookie_away_does_not_buy_more_guesses(
    visit: Callable[[], Villager], submit: Callable[[str], str]
) -> None:
    answers = [look_up(visit(), mint_receipt(), PHONE) for _ in range(40)]

    assert "次数太多了" in answers[-1]


def test_the_phone_that_reported_sees_its_reports_and_may_go_on_with_them(
    villager: Villager, parrot: Parrot, submit: Callable[[str], str], visit: Callable[[], Villager]
) -> None:
    villager.say("你好")
    receipt = submit(parrot.heard[0].chat)

    page = villager.open("/progress").text
    assert receipt[7:] in page
    villager.press("撤回")
    assert parrot.heard[-1].button == f"wd:{receipt}"
    stranger = visit()
    assert receipt[7:] not in stranger.open("/progress").text


def test_a_look_up_needs_a_form_of_ours(villager: Villager, submit: Callable[[str], str]) -> None:
    receipt = submit("another-chat")

    page = villager.client.post("/progress", data={"receipt": receipt, "phone": PHONE})

    assert page.status_code == 409
    assert "已经收到" not in page.text
