"""The page of a source: where a citation leads, what the public may read, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from knowledge.documents import Document, Edition, Passage, Span, passage_id, save_document
from knowledge.entries import load_starter
from knowledge.entry_store import sync_starter
from knowledge.standing import Audience
from places.gazetteer import load_gazetteer
from storage import outbox
from storage.database import transaction
from storage.stores import Stores
from tests.web.conftest import Clock, Parrot
from tests.web.villager import Villager

FIRST = "第一条 突发严重困难的家庭，可以先救助，后补手续。"
SECOND = "第二条 乡镇应当自受理之日起五个工作日内入户核查。"
RULES = Document(
    id="d0000000001",
    source="test/rules.txt",
    source_hash="0" * 64,
    title="防返贫监测办法<script>",
    publisher="某县农业农村局",
    number="某农发〔2024〕3号",
    index_number="000014349/2024-00012",
    url="https://www.example.gov.cn/rules.html",
    published_on=date(2024, 5, 6),
    area="620422",
)


def passages(document: Document) -> list[Passage]:
    """Return the two passages of a document."""
    found = []
    for order, text in enumerate((FIRST, SECOND)):
        unit = passage_id(document.id, ("办法",), text)
        span = Span(0, len(text))
        original = text.replace("严", "嚴")
        found.append(Passage(unit, document.id, ("总则", "办法"), original, text, span, span, order))
    return found


@pytest.fixture
def units(stores: Stores, now: datetime) -> tuple[str, str]:
    """Store the document, and return the ids of its passages."""
    with transaction(stores.here()):
        save_document(stores.here(), RULES, Edition(FIRST + SECOND, FIRST + SECOND), passages(RULES), now=now)
    first, second = passages(RULES)
    return first.id, second.id


def cite(stores: Stores, chat: str, document: str, quote: str, now: datetime) -> None:
    """Tell a chat an answer with one citation."""
    params = {"said": "答", "id": "abcdef0123456789", "citations": [{"document": document, "quote": quote}]}
    with transaction(stores.here()):
        outbox.put(stores.here(), channel="web", chat=chat, kind="echo", params=params, notice=False, now=now)


def test_a_passage_stands_on_its_page_with_the_header_of_its_document(
    villager: Villager, units: tuple[str, str]
) -> None:
    page = villager.open(f"/source/{units[0]}").text

    for fact in (FIRST, "总则 › 办法", "某县农业农村局", "某农发〔2024〕3号", "2024年5月6日", "会宁县", "政府发布"):
        assert fact in page
    assert 'href="https://www.example.gov.cn/rules.html" rel="noopener noreferrer"' in page
    assert "<script>" not in page
    assert "嚴" in page
    assert f'href="/source/{units[1]}">下一段' in page
    assert "上一段" not in page
    assert f'href="/source/{units[0]}">上一段' in villager.open(f"/source/{units[1]}").text


@pytest.mark.parametrize(
    ("mark", "marked"),
    [
        ("0-3", "第一条"),
        ("4-10", "突发严重困难"),
        ("3-3", None),
        ("5-2", None),
        ("0-9999", None),
        ("a-b", None),
        ("", None),
    ],
)
def test_the_quote_is_marked_when_it_lies_in_the_passage(
    villager: Villager, units: tuple[str, str], mark: str, marked: str | None
) -> None:
    page = villager.open(f"/source/{units[0]}?mark={mark}").text

    assert (f"<mark>{marked}</mark>" in page) if marked else ("<mark>" not in page)


def test_a_citation_leads_to_its_words_in_the_document(
    villager: Villager, parrot: Parrot, stores: Stores, units: tuple[str, str], clock: Clock
) -> None:
    villager.say("几天来人")
    cite(stores, parrot.heard[0].chat, RULES.id, "五个工作日内", clock())

    page = villager.open("/cited/abcdef012345/0")

    assert page.url.path == f"/source/{units[1]}"
    assert "<mark>五个工作日内</mark>" in page.text


def test_a_citation_of_a_bundled_answer_leads_to_the_digest_with_its_sources(
    villager: Villager, parrot: Parrot, stores: Stores, clock: Clock
) -> None:
    entry = next(entry for entry in load_starter() if entry.audience is Audience.PUBLIC)
    with transaction(stores.here()):
        sync_starter(stores.here(), [entry], load_gazetteer(), now=clock())
    villager.say("问一问")
    cite(stores, parrot.heard[0].chat, entry.id, entry.answer[:6], clock())

    page = villager.open("/cited/abcdef0123456789/0").text

    assert entry.question in page
    assert "不是文件原话" in page
    assert all(source.title in page for source in entry.sources)


def test_citations_that_are_not_of_this_chat_do_not_exist(
    villager: Villager, parrot: Parrot, stores: Stores, units: tuple[str, str], clock: Clock
) -> None:
    villager.say("几天来人")
    cite(stores, "another-chat", RULES.id, "五个工作日内", clock())
    assert villager.open("/cited/abcdef0123456789/0").status_code == 404
    cite(stores, parrot.heard[0].chat, RULES.id, "这句话后来改掉了", clock())
    assert villager.open("/cited/abcdef0123456789/0").status_code == 404
    assert villager.open("/cited/abcdef0123456789/1").status_code == 404
    assert villager.open("/cited/x/0").status_code == 404


@pytest.mark.parametrize("audience", [Audience.CADRE, Audience.INTERNAL])
def test_what_is_not_public_looks_like_what_does_not_exist(
    villager: Villager, stores: Stores, now: datetime, audience: Audience
) -> None:
    inner = replace(RULES, id="d0000000002", source="test/inner.txt", audience=audience)
    kept = passages(inner)
    with transaction(stores.here()):
        save_document(stores.here(), inner, Edition(FIRST + SECOND, FIRST + SECOND), kept, now=now)

    page = villager.open(f"/source/{kept[0].id}")

    assert page.status_code == 404
    assert page.text == villager.open("/source/nothing").text
