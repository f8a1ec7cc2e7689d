"""From a villager's report to its result, both halves through the pages, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette

from bot.conversation.conversation import Conversation
from bot.wording import word
from bot.worker import Workers
from places.gazetteer import load_gazetteer
from settings.schema import Settings
from storage.stores import Stores
from tests.cases.conftest import VILLAGE, Desk
from tests.e2e.browser import DESKTOP, PHONE, visitor
from tests.e2e.test_web_journey import TELEPHONE, report
from tests.web.conftest import Clock
from tests.web.officers.conftest import sitting
from tests.web.officers.test_journeys import open_step
from tests.web.test_continuation import Ignorance
from web.app import build_app
from web.villagers.turns import to_turn

pytestmark = pytest.mark.browser

_WHY = "住院报销以后自付不多，收入稳定"


@pytest.fixture
def app(settings: Settings, stores: Stores, clock: Clock) -> Iterator[Starlette]:
    """Return the application with the real conversation."""
    settings = settings.model_copy(update={"web": settings.web.model_copy(update={"wait_seconds": 20.0})})
    conversation = Conversation(settings, Ignorance(), load_gazetteer())
    workers = Workers(stores.here, conversation, {"web": to_turn}, clock=clock)
    app = build_app(settings, stores.here, workers, word, clock=clock)
    workers.start()
    yield app
    workers.stop()


def take(page: Page, receipt: str, event: str, text: str = "") -> None:
    """Take one step on the page of a case, with the text in every field that must be filled by hand."""
    page.goto(f"/desk/case/{receipt}")
    at_once = page.locator(f"button[name=event][value={event}]")
    if at_once.count():
        at_once.click()
    else:
        open_step(page, receipt, event)
        for box in page.locator(f"#{event} textarea").all():
            box.fill(text)
        page.locator(f"#{event} form button").last.click()
    expect(page.get_by_role("status").first).to_contain_text("办好了")


def test_a_report_is_followed_from_the_village_to_its_result_by_the_pages_alone(
    browser: Browser, address: str, desk: Desk, clock: Clock
) -> None:
    where = "".join(load_gazetteer().path(VILLAGE).split("/")[3:])
    with visitor(browser, address, PHONE) as villager:
        receipt = report(villager, f"我叫苏秀英，住{where}，老伴上个月住院花了八万，电话{TELEPHONE}")
        villager.goto("/progress")
        expect(villager.get_by_text("等村里受理")).to_be_visible()
        with sitting(browser, address, desk, "village", clock, DESKTOP) as officer:
            take(officer, receipt, "acknowledged")
            take(officer, receipt, "home_visit_recorded", "马志远\n王得福")
            villager.reload()
            expect(villager.get_by_text("上门看过了")).to_be_visible()
            take(officer, receipt, "decline_proposed", _WHY)
        with sitting(browser, address, desk, "township", clock, PHONE) as officer:
            take(officer, receipt, "decline_confirmed", _WHY)
        villager.goto("/")
        expect(villager.locator("#talk li.theirs").last).to_contain_text(_WHY)
        villager.goto("/progress")
        expect(villager.get_by_text("没有列为重点帮扶户").first).to_be_visible()
    with visitor(browser, address, PHONE) as other:
        other.goto("/progress")
        other.get_by_label("编号").fill(receipt)
        other.get_by_label("报的时候留的电话").fill(TELEPHONE)
        other.get_by_role("button", name="查一查").click()
        expect(other.get_by_text("没有列为重点帮扶户").first).to_be_visible()
        assert "苏秀英" not in other.content()
