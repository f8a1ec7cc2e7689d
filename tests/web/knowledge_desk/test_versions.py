"""A newer version of a document: offered where it looks so, settled by an officer's word, taken back by one."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette

from knowledge.documents import find_document, load_documents
from knowledge.knowledge import Knowledge
from storage.audit import newest
from tests.cases.conftest import Desk
from tests.web.conftest import Clock
from tests.web.knowledge_desk.conftest import work_done
from tests.web.knowledge_desk.test_documents import POLICY, said
from tests.web.officers.clerk import Clerk

NEWER = POLICY.replace("2026年2月3日", "2026年3月2日").replace("813元", "926元")


def bring(app: Starlette, county: Clerk, number: int, name: str, text: str) -> str:
    """Bring a file, wait until it is read, and return the page on which it is decided."""
    county.open("/desk/knowledge/upload")
    county.post("/desk/knowledge/upload", files={"file": (name, text.encode(), "text/plain")})
    work_done(app, f"upload:{number}")
    return county.open(f"/desk/knowledge/upload/{number}")


@pytest.fixture
def older(app: Starlette, county: Clerk, desk: Desk) -> str:
    """Return the id of a document that was brought and taken in."""
    assert "看着像已有资料的新版本" not in bring(app, county, 1, "养殖补贴.txt", POLICY)
    county.post("/desk/knowledge/upload/1/take")
    work_done(app, "index")
    (document,) = load_documents(desk.store)
    return document.id


def test_a_newer_version_takes_the_place_of_the_old_one_by_an_officers_word_until_it_is_taken_back(
    app: Starlette, county: Clerk, older: str, knowledge: Knowledge, desk: Desk, clock: Clock
) -> None:
    shown = bring(app, county, 2, "养殖补贴(1).txt", NEWER)
    assert "文号一样、标题一样、文件名一样" in shown
    assert "请先定" in county.post("/desk/knowledge/upload/2/take")
    assert (county.status, len(load_documents(desk.store))) == (422, 1)
    (newer,) = [one.id for one in load_documents(desk.store, retired=True)]
    assert "代替了 1 篇旧的" in county.post("/desk/knowledge/upload/2/take", {f"older-{newer}": older})
    work_done(app, "index")
    assert "926元" in (answer := said(knowledge, desk.store, clock))
    assert "813元" not in answer
    old = find_document(desk.store, older)
    assert old is not None
    assert (old.replaced_by, str(old.valid_to)) == (newer, "2026-03-01")
    shown = county.open(f"/desk/knowledge/documents/{older}")
    assert f"旧版本，留作历史：新版本是 《{old.title}》" in shown
    assert desk.county.name in shown
    county.open(f"/desk/knowledge/documents/{newer}")
    county.post(f"/desk/knowledge/documents/{newer}/succeed", {"older": newer})
    assert "不能这样定" in county.text or "没有找到" in county.text
    assert "改回来了" in county.post(f"/desk/knowledge/documents/{older}/part")
    work_done(app, "index")
    again = find_document(desk.store, older)
    assert again is not None
    assert (again.replaced_by, again.valid_to) == (None, None)
    events = [row.event for row in newest(desk.store, before=None, limit=50) if row.subject == older][:2]
    assert events == ["document.parted", "document.succeeded"]


def test_what_only_looks_like_a_newer_version_stands_beside_the_old_one(
    app: Starlette, county: Clerk, older: str, desk: Desk
) -> None:
    bring(app, county, 2, "另一份.txt", NEWER.replace("肉牛", "母猪").replace("7号", "8号"))
    county.post("/desk/knowledge/upload/2/take")
    assert county.status == 200, "nothing looks alike, so nothing is asked"
    bring(app, county, 3, "第三份.txt", NEWER.replace("7号", "9号"))
    (third,) = [one.id for one in load_documents(desk.store, retired=True)]
    county.post("/desk/knowledge/upload/3/take", {f"older-{third}": "none"})
    assert [one.replaced_by for one in load_documents(desk.store)] == [None] * 3
    county.open(f"/desk/knowledge/documents/{third}")
    assert "没有找到这样一篇" in county.post(f"/desk/knowledge/documents/{third}/succeed", {"older": "没有的文号"})
    said = county.post(f"/desk/knowledge/documents/{third}/succeed", {"older": "会政办发[2026]7号"})
    assert "旧的留作历史" in said
    old = find_document(desk.store, older)
    assert old is not None
    assert old.replaced_by == third
    county.post(f"/desk/knowledge/documents/{older}/succeed", {"older": third})
    assert "不能这样定" in county.text, "no circle"
