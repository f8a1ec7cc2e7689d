"""Publishing against a document in force: both are shown, the officer decides with a reason; the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from starlette.applications import Starlette

from ingest.placing import Placer
from ingest.run import ingest
from knowledge.entries import bundled_entry
from knowledge.entry_store import find_entries, load_kept, save_entry, sync_starter
from knowledge.knowledge import Knowledge
from places.gazetteer import load_gazetteer
from settings.schema import Settings
from storage.audit import newest
from storage.database import transaction
from tests.cases.conftest import Desk
from tests.web.conftest import Clock
from tests.web.knowledge_desk.conftest import work_done
from tests.web.knowledge_desk.test_publishing import write
from tests.web.officers.clerk import Clerk

TRACTORS = """会宁县人民政府办公室关于印发农机报废补贴办法的通知
会政办发〔2026〕9号

各乡镇人民政府：
农户报废旧拖拉机的，每台补贴1500元，由县农业农村局受理，每年十月底前申请。

会宁县人民政府办公室
2026年2月3日
"""


@pytest.fixture
def tractors(
    desk: Desk, settings: Settings, knowledge: Knowledge, now: datetime, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Put a document about old tractors in force in the county."""
    folder = tmp_path_factory.mktemp("文件")
    (folder / "农机报废.txt").write_text(TRACTORS, encoding="utf-8")
    ingest(desk.store, [folder], settings.ingest, Placer(load_gazetteer()), now=now)
    knowledge.refresh(desk.store, now=now)


@pytest.mark.usefixtures("tractors")
def test_another_figure_in_force_is_shown_beside_and_published_over_with_a_reason_only(
    app: Starlette, county: Clerk, desk: Desk
) -> None:
    shown = write(county)
    assert "1 处和在用的说法不一样" in shown
    assert "同一个地方的 《" in shown
    assert "每台补贴1500元，由县农业农村局受理" in shown
    work_done(app, "draft:1")
    assert "为什么还这样发布" in county.open("/desk/knowledge/drafts/1")
    assert "请写明为什么" in county.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})
    county.open("/desk/knowledge/drafts/1")
    why = "县里三月又提了标准，新文件还没印出来"
    assert "发布了" in county.post("/desk/knowledge/drafts/1/publish", {"seen": "1", "reason": why})
    assert why in county.text, "the entry's page tells why"
    work_done(app, "index")
    (own,) = [id_ for id_ in load_kept(desk.store) if id_.startswith("own-")]
    assert newest(desk.store, before=None, limit=1)[0].subject == own


@pytest.mark.usefixtures("tractors")
@pytest.mark.parametrize(
    ("area", "lead"),
    [
        ("甘肃省/白银市/会宁县/会师镇", "上一级的规定： 《"),
        ("甘肃省", "下一级的规定： 《"),
    ],
)
def test_a_figure_of_the_place_around_or_within_is_shown_as_such(county: Clerk, area: str, lead: str) -> None:
    shown = write(county, area=area)
    assert lead in shown
    assert "（甘肃省白银市会宁县）说" in shown.replace(" ", "")
    assert "1500元 ，两处不一样" in shown


@pytest.mark.usefixtures("tractors")
def test_a_figure_of_another_place_speaks_against_nothing(county: Clerk) -> None:
    assert "没有对不上的" in write(county, area="甘肃省/白银市/靖远县")


def test_another_entry_in_force_with_another_figure_is_shown_too(county: Clerk) -> None:
    said = {
        "question": "会宁的娃念中职，雨露计划给多少？",
        "answer": "脱贫户、监测户子女念中职、高职，每学年4321元，在户籍地申请。",
        "grounds": "脱贫户、监测户子女念中职、高职，每学年4321元，在户籍地申请。",
    }
    shown = write(county, **said)
    assert "上一级的规定：条目 “2026年还有雨露计划吗？” （全国）说" in shown
    assert "3000元 ，两处不一样" in shown


@pytest.mark.usefixtures("tractors")
def test_the_same_figure_needs_no_reason(county: Clerk) -> None:
    same = {"answer": "能。报废旧拖拉机，每台补贴1500元。", "grounds": "农户报废旧拖拉机的，每台补贴1500元。"}
    assert "没有对不上的" in write(county, **same)


def test_an_edited_bundled_entry_goes_back_to_the_words_it_came_with(
    app: Starlette, county: Clerk, settings: Settings, desk: Desk, clock: Clock
) -> None:
    gazetteer = load_gazetteer()
    bundled = bundled_entry("three-kinds")
    assert bundled is not None
    edited = replace(bundled, answer=bundled.answer.strip() + "县里另有规定的从其规定。")
    assert "差别" not in county.open("/desk/knowledge/entries/three-kinds")
    with transaction(desk.store):
        save_entry(desk.store, edited, gazetteer, by=desk.county.id, now=clock.now)
    county.open("/desk/knowledge/entries/three-kinds")
    assert "<ins>县里另有规定的从其规定。</ins>" in county.page.text
    shown = county.post("/desk/knowledge/entries/three-kinds/original")
    assert "出处照附带的" in shown
    work_done(app, "draft:1")
    county.open("/desk/knowledge/drafts/1")
    assert "恢复附带的写法" in county.text
    assert "恢复成随程序附带的写法了" in county.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})
    assert "差别" not in county.text
    assert find_entries(desk.store, ["three-kinds"])["three-kinds"] == bundled
    assert load_kept(desk.store)["three-kinds"].edited_by == ""
    assert newest(desk.store, before=None, limit=1)[0].event == "entry.given_back"
    newer = replace(bundled, answer="新版的写法。")
    with transaction(desk.store):
        sync_starter(desk.store, [newer], gazetteer, now=clock.now)
    assert find_entries(desk.store, ["three-kinds"])["three-kinds"] == newer, "upgrades change it again"
