"""Days at the console in Chromium: a morning with twenty cases, an inspector's round, two officers on one case."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cases.actions.appoint_officer import issue_link
from cases.actors import Operator
from cases.case import load_case
from cases.queue import QueueFilter, count_queue
from cases.states import State
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import Desk
from tests.e2e.browser import DESKTOP, PHONE, visitor
from tests.web.conftest import Clock
from tests.web.officers.conftest import PASSWORD, jpeg, sitting
from web.officers.passwords import set_password

pytestmark = pytest.mark.browser


def bulk(page: Page, label: str, said: str) -> None:
    """Tick the whole page of the queue and take one step for all."""
    page.goto("/desk/queue")
    page.get_by_label("全选这一页").check()
    page.get_by_role("button", name=label).click()
    expect(page.get_by_role("status").first).to_contain_text(said)


def open_step(page: Page, receipt: str, event: str) -> None:
    """Open a case and the form of one step."""
    page.goto(f"/desk/case/{receipt}")
    page.locator(f"#{event} summary").click()


def test_an_officers_morning_with_twenty_cases(
    browser: Browser, address: str, desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    cases = [
        desk.submit(submission_id=f"morning-{number}", householder=f"苏秀{n}")
        for number, n in enumerate("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸")
    ]
    photo = tmp_path / "签到.jpg"
    photo.write_bytes(jpeg())
    with transaction(desk.store):
        code = issue_link(desk.store, desk.village, actor=Operator(), now=clock.now)
    with visitor(browser, address, DESKTOP) as page:
        page.goto(f"/desk/start/{code}")
        page.get_by_label("新密码").fill(PASSWORD)
        page.get_by_label("再填一遍").fill(PASSWORD)
        page.get_by_role("button", name="设好，进去").click()
        expect(page.get_by_role("link", name="20 等我办")).to_be_visible()
        bulk(page, "领办", "办成 20 件")
        bulk(page, "受理", "办成 20 件")
        open_step(page, cases[0].receipt, "marked_urgent")
        page.get_by_label("理由").last.fill("房子塌了，没处住")
        page.locator("#marked_urgent button").click()
        expect(page.locator("h1")).to_contain_text("紧急")
        for case in cases[:2]:
            open_step(page, case.receipt, "home_visit_recorded")
            form = page.locator("#home_visit_recorded form")
            form.get_by_label("核查情况").fill("住院自付四万，属实。")
            form.get_by_label("入户人员").fill("马志远\n王得福")
            form.get_by_role("button", name="记录入户核查").click()
            expect(page.get_by_role("status").first).to_contain_text("办好了：记录入户核查")
        page.goto("/desk/meetings/appraisal")
        for label, text in (
            ("在哪里开的", "村委会"),
            ("主持人", "马志远"),
            ("记录人", "王得福"),
            ("应到几人", "25"),
            ("实到几人", "23"),
            ("最少要到几人", "17"),
        ):
            page.get_by_label(label).fill(text)
        page.get_by_label("签到表的照片").set_input_files(photo)
        for one in page.locator("details").all():
            one.locator("summary").click()
            one.get_by_label("这次有这一户").check()
            one.get_by_label("同意几票", exact=True).fill("23")
        page.get_by_role("button", name="记下").click()
        expect(page.get_by_role("status").first).to_contain_text("一次会写全各户")
        page.goto("/desk")
        expect(page.get_by_role("link", name="20 我领的")).to_be_visible()
    states = [load_case(desk.store, case.id).state for case in cases]
    assert states == [State.UNDER_APPRAISAL] * 2 + [State.ACKNOWLEDGED] * 18
    mine = QueueFilter(mine=True)
    assert count_queue(desk.store, officer=desk.village, today=local_date(clock.now), wanted=mine) == 20


def test_an_inspector_looks_everywhere_and_touches_nothing(
    browser: Browser, address: str, desk: Desk, clock: Clock
) -> None:
    case = desk.bring_to(State.ON_PUBLIC_NOTICE)
    version = load_case(desk.store, case.id).version
    with sitting(browser, address, desk, "inspector", clock, DESKTOP) as page:
        page.goto("/desk")
        expect(page.get_by_text("您是督查账号")).to_be_visible()
        page.get_by_role("navigation").get_by_role("link", name="地方").click()
        page.get_by_role("link", name="郭城驿镇").click()
        page.locator("tbody a").first.click()
        page.get_by_role("link", name=f"{case.receipt[:3]} {case.receipt[3:7]} {case.receipt[7:]}").click()
        expect(page.get_by_text("苏**").first).to_be_visible()
        assert "苏秀英" not in page.content()
        for path in ("/desk/notices", "/desk/meetings", "/desk/referrals", "/desk/queue", "/desk/setup/staff"):
            page.goto(path)
            acting = page.locator("main form[method=post] button").all_text_contents()
            assert [label for label in acting if label != "存下来"] == [], path
        page.goto(f"/desk/case/{case.receipt}")
        page.get_by_role("button", name="看（会留下记录）").click()
        expect(page.get_by_text("苏秀英").first).to_be_visible()
    assert load_case(desk.store, case.id).version == version


def test_two_officers_on_one_case_lose_nothing(browser: Browser, address: str, desk: Desk, clock: Clock) -> None:
    case = desk.submit()
    with (
        sitting(browser, address, desk, "village", clock, DESKTOP) as first,
        sitting(browser, address, desk, "colleague", clock, PHONE) as second,
    ):
        open_step(first, case.receipt, "noted")
        first.locator("#noted textarea, #noted input[name=text]").fill("户主在外打工，周末才回")
        second.goto(f"/desk/case/{case.receipt}")
        second.get_by_role("button", name="受理").click()
        expect(second.get_by_role("status").first).to_contain_text("办好了：受理")
        first.locator("#noted button").click()
        expect(first.get_by_role("alert")).to_contain_text("王得福：受理")
        expect(first.locator("#noted [name=text]")).to_have_value("户主在外打工，周末才回")
        first.locator("#noted button").click()
        expect(first.get_by_role("status").first).to_contain_text("办好了：备注")
    assert load_case(desk.store, case.id).version == case.version + 2


def test_words_outlive_a_session_and_the_way_back_does_nothing_twice(
    browser: Browser, address: str, desk: Desk, clock: Clock
) -> None:
    case = desk.submit()
    with transaction(desk.store):
        set_password(desk.store, desk.village, PASSWORD, now=clock.now)
    with sitting(browser, address, desk, "village", clock, PHONE) as page:
        open_step(page, case.receipt, "noted")
        page.locator("#noted [name=text]").fill("写到一半登录过期")
        clock.now += timedelta(hours=2)
        page.locator("#noted button").click()
        expect(page.get_by_label("密码")).to_be_visible()
        page.get_by_label("编号或姓名").fill("马志远")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="您刚才写的还在")).to_be_visible()
        expect(page.get_by_text("写到一半登录过期")).to_be_visible()
        page.get_by_role("button", name="接着提交").click()
        expect(page.get_by_role("status").first).to_contain_text("办好了：备注")
        open_step(page, case.receipt, "noted")
        page.locator("#noted [name=text]").fill("第二条")
        page.locator("#noted button").click()
        expect(page.get_by_role("status").first).to_contain_text("办好了：备注")
        page.go_back()
        page.reload()
        expect(page.locator(".timeline").get_by_text("备注", exact=True)).to_have_count(2)
    assert load_case(desk.store, case.id).version == case.version + 2
