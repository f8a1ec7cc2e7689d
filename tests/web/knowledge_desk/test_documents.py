"""Documents at the knowledge desk: reading, putting right, retiring, bringing files, and trying questions out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from starlette.applications import Starlette

from ingest.placing import Placer
from ingest.run import ingest
from knowledge.answer import AnswerKind, Asker, Question
from knowledge.documents import Document, load_documents
from knowledge.knowledge import Knowledge
from places.gazetteer import load_gazetteer
from settings.schema import Settings
from storage.store import Store
from storage.times import local_date
from tests.cases.conftest import Desk
from tests.web.conftest import Clock
from tests.web.knowledge_desk.conftest import work_done
from tests.web.officers.clerk import Clerk

POLICY = """会宁县人民政府办公室关于印发肉牛养殖补贴办法的通知
会政办发〔2026〕7号

各乡镇人民政府：
养一头能繁母牛，每年补贴813元，由乡镇核实后打到一卡通上。申请的时间是每年三月。

会宁县人民政府办公室
2026年2月3日
"""
ASKED = "会宁县养一头能繁母牛补贴多少钱"


@pytest.fixture(scope="module")
def placer() -> Placer:
    return Placer(load_gazetteer())


@pytest.fixture
def document(
    desk: Desk, settings: Settings, placer: Placer, now: datetime, tmp_path_factory: pytest.TempPathFactory
) -> Document:
    """Return a document that came out of a folder."""
    folder = tmp_path_factory.mktemp("文件")
    (folder / "养殖补贴.txt").write_text(POLICY, encoding="utf-8")
    ingest(desk.store, [folder], settings.ingest, placer, now=now)
    (document,) = load_documents(desk.store)
    return document


def said(knowledge: Knowledge, store: Store, clock: Clock) -> str:
    """Return what an officer of the county is answered."""
    answer = knowledge.answer(store, Question(ASKED, local_date(clock.now), asker=Asker.OFFICER))
    return answer.text if answer.kind is AnswerKind.ANSWER else ""


def test_who_does_not_edit_reads_and_tries_out(
    clerk: Callable[[str], Clerk], document: Document, knowledge: Knowledge, desk: Desk, clock: Clock
) -> None:
    knowledge.refresh(desk.store, now=clock.now)
    for who in ("village", "inspector"):
        reader = clerk(who)
        shown = reader.open("/desk/knowledge/documents")
        assert "肉牛养殖补贴办法" in shown
        assert "在用" in shown
        shown = reader.open(f"/desk/knowledge/documents/{document.id}")
        assert "会政办发〔2026〕7号" in shown
        assert "把握" in shown
        assert "更正文号" not in shown
        assert "813元" in reader.open(f"/desk/knowledge/documents/{document.id}/text")
        for form in ("correct", "retire", "restore"):
            refused = reader.post(f"/desk/knowledge/documents/{document.id}/{form}", {"field": "number", "value": "x"})
            assert (reader.status, "由县级工作人员和管理员来改" in refused) == (403, True)
            reader.open("/desk/knowledge")
        assert "由县级工作人员和管理员来改" in reader.open("/desk/knowledge/upload")
    assert [one.number for one in load_documents(desk.store)] == ["会政办发〔2026〕7号"]


def test_a_particular_is_put_right_and_taken_back(county: Clerk, document: Document, desk: Desk) -> None:
    address = f"/desk/knowledge/documents/{document.id}"
    county.open(address)
    refused = county.post(f"{address}/correct", {"field": "valid_to", "value": "明年"})
    assert (county.status, "2026-03-12 的样子" in refused, 'value="明年"' in county.page.text) == (422, True, True)
    refused = county.post(f"{address}/correct", {"field": "area", "value": "没有的县"})
    assert "没有“没有的县”这个地方" in refused
    assert "更正好了" in county.post(f"{address}/correct", {"field": "area", "value": "甘肃省/白银市"})
    assert "更正过" in county.text
    assert [one.area for one in load_documents(desk.store)] == ["6204"]
    county.post(f"{address}/correct", {"field": "area", "undo": "1"})
    assert [one.area for one in load_documents(desk.store)] == [document.area]
    county.post(f"{address}/correct", {"field": "replaced_by", "value": "x"})
    assert county.status == 400


def test_a_retired_document_answers_nothing_until_it_is_restored(
    app: Starlette, county: Clerk, document: Document, knowledge: Knowledge, desk: Desk, clock: Clock
) -> None:
    knowledge.refresh(desk.store, now=clock.now)
    assert "813元" in said(knowledge, desk.store, clock)
    county.open(f"/desk/knowledge/documents/{document.id}")
    assert "撤下了" in county.post(f"/desk/knowledge/documents/{document.id}/retire")
    assert "813元" not in said(knowledge, desk.store, clock), "at once, before the index is new"
    work_done(app, "index")
    assert "撤下" in county.open("/desk/knowledge/documents?state=撤下")
    county.open(f"/desk/knowledge/documents/{document.id}")
    assert "重新用上了" in county.post(f"/desk/knowledge/documents/{document.id}/restore")
    work_done(app, "index")
    assert "813元" in said(knowledge, desk.store, clock)


def test_a_file_is_looked_at_before_it_is_used(
    app: Starlette, county: Clerk, knowledge: Knowledge, desk: Desk, clock: Clock
) -> None:
    assert "还没有人在这里导入过" in county.open("/desk/knowledge/upload")
    file = {"file": ("../../<b>养殖补贴</b>.txt", POLICY.encode(), "text/plain")}
    assert "正在读" in county.post("/desk/knowledge/upload", files=file)
    work_done(app, "upload:1")
    shown = county.open("/desk/knowledge/upload/1")
    assert "还没有用" in shown
    assert all(words in shown for words in ("会政办发〔2026〕7号", "813元", "清理"))
    assert "<b>养殖" not in county.page.text
    assert load_documents(desk.store) == []
    assert "收进来了" in county.post("/desk/knowledge/upload/1/take")
    assert "刚才已经有人定了" in county.post("/desk/knowledge/upload/1/drop")
    work_done(app, "index")
    assert "813元" in said(knowledge, desk.store, clock)
    assert desk.store.data_dir.parent.joinpath("养殖补贴.txt").exists() is False


def test_what_is_too_large_or_a_strangers_is_not_taken(app: Starlette, county: Clerk, desk: Desk) -> None:
    county.open("/desk/knowledge/upload")
    huge = {"file": ("大.txt", b"x" * 5_000_000, "text/plain")}
    assert "太大" in county.post("/desk/knowledge/upload", files=huge)
    assert county.status == 413
    county.open("/desk/knowledge/upload")
    large = {"file": ("大.txt", b"x" * 1_500_000, "text/plain")}
    assert "上限 1 MB" in county.post("/desk/knowledge/upload", files=large)
    county.open("/desk/knowledge/upload")
    assert "请选一个文件" in county.post("/desk/knowledge/upload", files={"file": ("", b"")})
    ticket = county.ticket()
    stranger = Clerk(app)
    stranger.page = stranger.browser.post(
        "/desk/knowledge/upload", data=ticket, files={"file": ("小.txt", POLICY.encode(), "text/plain")}
    )
    assert "工作人员登录" in stranger.text
    assert desk.store.db.execute("SELECT count(*) FROM uploads").fetchone()[0] == 0


def test_a_question_is_tried_out_step_by_step_and_nothing_of_it_is_kept(
    clerk: Callable[[str], Clerk], desk: Desk
) -> None:
    village = clerk("village")
    village.open("/desk/knowledge/try")
    before = list(desk.store.db.conn.iterdump())
    shown = village.post("/desk/knowledge/try", {"question": "低保一年多少钱", "asker": "villager"})
    for words in ("会这样答", "读成什么", "最低生活保障", "能给村民看的", "按字面", "按意思", "用它答", "有几成把握"):
        assert words in shown, words
    kept = [line for line in desk.store.db.conn.iterdump() if line not in set(before)]
    assert [line for line in kept if "officer_sessions" not in line] == []
    assert "更像在问" not in shown
    assert "更像在问“高龄津贴”" in village.post("/desk/knowledge/try", {"question": "高龄津贴从几岁起发"})
    assert "没有“月亮县”这个地方" in village.post("/desk/knowledge/try", {"question": "低保", "area": "月亮县"})
    assert "请写一句" in village.post("/desk/knowledge/try", {"question": " "})
