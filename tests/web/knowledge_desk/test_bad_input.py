"""What nobody should do at the knowledge desk: script, expired sessions, hasty thumbs, huge files, forged ids."""

from __future__ import annotations

from datetime import timedelta

from starlette.applications import Starlette

from ingest.uploads import load_uploads
from knowledge.entry_drafts import open_drafts
from storage.database import transaction
from tests.cases.conftest import Desk
from tests.web.conftest import Clock
from tests.web.knowledge_desk.conftest import work_done
from tests.web.knowledge_desk.test_documents import POLICY
from tests.web.knowledge_desk.test_publishing import WRITTEN
from tests.web.officers.clerk import Clerk
from tests.web.officers.conftest import PASSWORD
from tests.web.officers.forms import SCRIPT, shows_only_words, type_everywhere
from web.officers.passwords import set_password


def test_script_in_every_field_stays_words(county: Clerk, desk: Desk) -> None:
    county.open("/desk/knowledge/write")
    county.post("/desk/knowledge/write", {**WRITTEN, "question": SCRIPT, "answer": SCRIPT, "source-0-title": SCRIPT})
    shows_only_words(county, "the draft")
    paths = ["/write", "/write?draft=1", "/try", "/entries", "/documents", "/entries/three-kinds", "/drafts/1"]
    tried = type_everywhere(county, [f"/desk/knowledge{path}" for path in paths])
    assert {"question", "variants", "answer", "grounds", "department", "source-0-url", "area", "topic", "q"} <= tried
    for path in (*paths, "", "/unanswered", "/feedback"):
        county.open(f"/desk/knowledge{path}")
        shows_only_words(county, path)


def test_an_entry_that_was_being_written_outlives_an_expired_session(county: Clerk, desk: Desk, clock: Clock) -> None:
    county.open("/desk/knowledge/write")
    clock.now += timedelta(hours=2)
    assert "您刚才写的还在" in county.post("/desk/knowledge/write", WRITTEN)
    held = county.hidden()["held"]
    with transaction(desk.store):
        set_password(desk.store, desk.county, PASSWORD, now=clock.now)
    county.post("/desk/sign-in", {"name": desk.county.name, "password": PASSWORD, "held": held})
    for words in (WRITTEN["question"], WRITTEN["answer"], WRITTEN["grounds"], "拖拉机旧了补多少"):
        assert words in county.text
    assert open_drafts(desk.store) == [], "nothing is kept before he says so again"
    assert "存好了" in county.post("/desk/knowledge/write", county.hidden())
    assert [one.entry.question for one in open_drafts(desk.store)] == [WRITTEN["question"]]


def test_a_double_click_brings_a_file_once_and_decides_once(app: Starlette, county: Clerk, desk: Desk) -> None:
    county.open("/desk/knowledge/upload")
    ticket = county.ticket()
    for _ in range(2):
        file = {"file": ("补贴.txt", POLICY.encode(), "text/plain")}
        county.page = county.browser.post("/desk/knowledge/upload", data=ticket, files=file)
    assert "第 1 次" in county.text
    assert len(load_uploads(desk.store)) == 1
    work_done(app, "upload:1")
    county.open("/desk/knowledge/upload/1")
    ticket = county.ticket()
    pages = [county.browser.post("/desk/knowledge/upload/1/take", data=ticket) for _ in range(2)]
    assert all("收进来了" in page.text for page in pages)
    work_done(app, "index")


def test_a_hundred_megabytes_are_refused_in_words(county: Clerk, desk: Desk) -> None:
    county.open("/desk/knowledge/upload")
    huge = {"file": ("大.pdf", bytes(100_000_000), "application/pdf")}
    assert "太大" in county.post("/desk/knowledge/upload", files=huge)
    assert county.status == 413
    assert load_uploads(desk.store) == []


def test_forged_ids_open_the_page_of_things_not_found(county: Clerk) -> None:
    missing = county.open("/desk/knowledge/nowhere")
    for path in (
        "documents/d0000000000",
        "documents/..%2F..%2Fbangfu.db",
        "documents/d0000000000/text",
        "entries/own-00000000",
        "drafts/999999",
        "upload/999999",
        "unanswered/x",
        "write?entry=none",
        "write?draft=99",
        "write?draft=x",
    ):
        assert (county.open(f"/desk/knowledge/{path}"), county.status) == (missing, 404), path
