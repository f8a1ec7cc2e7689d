"""The invented county is whole, and stays apart from real data."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from app.context import Context
from app.conversing import open_conversation
from app.demo.cast import cast, password_of
from app.demo.demo import CONFIG_NAME, fill
from app.demo.households import CHANNEL
from app.demo.life import Story
from app.main import main
from bot.wording import word
from bot.worker import Workers
from cases.actors import Role
from cases.officers import all_officers
from cases.states import State
from knowledge.documents import load_documents
from knowledge.knowledge import Knowledge
from settings.load import load_settings
from storage import outbox
from storage.areas import gazetteer_of
from storage.database import FILE_NAME, open_store
from storage.keys import load_or_create_key
from storage.store import Store
from storage.stores import Stores
from storage.verification import verify_file
from tests.e2e.browser import DESKTOP, PHONE, chromium, visitor
from tests.web.conftest import Clock
from tests.web.serving import serving
from web.app import build_app
from web.officers.notices import chat_of
from web.officers.passwords import is_password
from web.site import Knowing

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LISTS = ("今天", "队列", "地方", "公示", "会议", "转办", "知识", "数字", "设置")
SETUP = ("staff", "workflow", "calendar", "contacts", "consent", "health", "trail", "looks")
KNOWLEDGE = ("documents", "entries", "unanswered", "feedback", "try")


@pytest.fixture(scope="module")
def folder(bundled: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a county with fewer cases and days than people see."""
    folder = tmp_path_factory.mktemp("county") / "demo"
    shutil.copytree(bundled, folder)
    fill(folder, root / "build" / "models", Story(NOW, cases=30, seed=7, days=60), quiet=True)
    return folder


@pytest.fixture
def store(folder: Path) -> Store:
    return open_store(folder, load_or_create_key(folder, None))


def test_the_county_has_officers_of_every_role_and_cases_on_their_way(store: Store) -> None:
    roles = {grant.role for officer in all_officers(store) for grant in officer.grants}
    assert roles == set(Role) - {Role.REPORTER, Role.SYSTEM}
    states = Counter(row["state"] for row in store.db.query("SELECT state FROM cases"))
    assert sum(states.values()) == 30
    assert states[State.MONITORED] > 0
    assert len(states) >= 4


def test_its_areas_its_documents_and_its_questions_are_there(store: Store) -> None:
    assert gazetteer_of(store).by_path("甘肃省/示范市/青禾县/柳湾镇/上柳村") is not None
    assert {document.area for document in load_documents(store)} == {"629901"}
    assert next(store.db.query("SELECT count(*) AS n FROM answers_given"))["n"] > 20


def test_what_its_people_are_told_can_be_said_and_names_places_of_the_county(store: Store) -> None:
    chats = [outbox.for_chat(store, channel=CHANNEL, chat=f"demo-{number}") for number in range(1, 31)]
    told = [item for chat in chats for item in chat if item.kind == "notice.received"]
    assert told
    registers = {word(item.kind, item.params, personal_data=True).text.split("这是")[1][:3] for item in told}
    assert registers <= {"柳湾镇", "红崖镇", "清水塬", "南岭乡"}


def test_its_audit_trail_is_whole(folder: Path) -> None:
    assert not verify_file(folder / FILE_NAME, [], []).findings


def test_its_own_configuration_opens_it(folder: Path) -> None:
    assert load_settings(folder / CONFIG_NAME, None).area == "甘肃省/示范市/青禾县"


def test_one_officer_of_each_role_can_sign_in_at_the_console(store: Store, folder: Path) -> None:
    shown = cast(all_officers(store))
    assert set(shown) >= {Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR}
    assert all(is_password(store, officer.id, password_of(folder)) for officer in shown.values())


def test_a_folder_with_other_data_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    result = CliRunner().invoke(main, ["demo", "--fill-only", "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert "已经有别的东西" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the county, an hour after its story ends, and return its address."""
    opened = shutil.copytree(folder, tmp_path_factory.mktemp("opened") / "demo")
    context = Context(opened / CONFIG_NAME, opened, quiet=True)
    knowledge = Knowledge(context.settings)
    stores, clock = Stores(opened, load_or_create_key(opened, None)), Clock(NOW + timedelta(hours=1))
    workers = Workers(stores.here, open_conversation(context, knowledge), {}, clock=clock)
    app = build_app(context.settings, stores.here, workers, word, clock=clock, knowing=Knowing(knowledge))
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@contextmanager
def signed_in(browser: Browser, address: str, folder: Path, role: Role, device: dict[str, object]) -> Iterator[Page]:
    """Open a page for the block on which the first officer of a role signed in, as the command says he may."""
    officer = cast(all_officers(open_store(folder, load_or_create_key(folder, None))))[role]
    with visitor(browser, address, device) as page:
        page.goto("/desk")
        page.get_by_label("编号或姓名").fill(str(officer.number))
        page.get_by_label("密码").fill(password_of(folder))
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/desk")
        yield page


def walk(page: Page) -> None:
    """Open every page that needs no more than its address, and see that it is one."""
    for name in LISTS:
        page.get_by_role("navigation", name="主要页面").get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_title(f"{name} · 帮扶助手")
    pages = [f"/desk/setup/{one}" for one in SETUP] + [f"/desk/knowledge/{one}" for one in KNOWLEDGE]
    for path in (*pages, "/desk/told", "/desk/calls", "/desk/untold", "/desk/account"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        expect(page.locator("h1")).to_have_count(1)


@pytest.mark.browser
@pytest.mark.parametrize("role", [Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY, Role.ADMIN])
def test_a_newcomer_walks_the_county_as_each_of_its_officers(
    browser: Browser, address: str, folder: Path, role: Role
) -> None:
    with signed_in(browser, address, folder, role, PHONE if role is Role.VILLAGE else DESKTOP) as page:
        walk(page)


@pytest.mark.browser
def test_an_inspector_of_the_county_finds_nothing_to_press(browser: Browser, address: str, folder: Path) -> None:
    with signed_in(browser, address, folder, Role.INSPECTOR, DESKTOP) as page:
        walk(page)
        page.goto("/desk/queue")
        page.locator("td a.num").first.click()
        page.wait_for_url("**/desk/case/*")
        assert page.locator("main form[method=post] button").all_text_contents() == ["看（会留下记录）"]


@pytest.mark.browser
def test_the_county_looks_down_to_a_village_and_takes_its_figures_along(
    browser: Browser, address: str, folder: Path
) -> None:
    with signed_in(browser, address, folder, Role.COUNTY, DESKTOP) as page:
        page.goto("/desk/areas")
        page.get_by_role("link", name="柳湾镇", exact=True).click()
        row = page.locator("tbody tr", has_text="村").first
        village = row.locator("td").first.inner_text().strip()
        row.locator("td a").first.click()
        expect(page.locator("td").filter(has_text=village).first).to_be_visible()
        page.goto("/desk/figures")
        charts = page.locator("section.figure")
        expect(charts).to_have_count(charts.get_by_text("怎么算的：").count())
        for heading in ("自报到办结", "按期办理", "困难原因", "各村申报和预期", "没答上来的问题"):
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
        with page.expect_download() as download:
            charts.first.get_by_role("link", name="下载表格").click()
        assert "怎么" not in download.value.suggested_filename
        assert "申报日期在这段时间里的件" in download.value.path().read_text(encoding="utf-8-sig")


def test_officers_were_told_and_read_it(store: Store) -> None:
    chats = [chat_of(officer) for officer in all_officers(store)]
    told = [item for chat in chats for item in outbox.for_chat(store, channel=chat.channel, chat=chat.chat)]
    assert sum(item.sent for item in told) > len(told) / 2 > 0
