"""What makes a document look like a newer version of another."""

from __future__ import annotations

import pytest

from ingest.versions import Alike, likely_older
from knowledge.documents import Document

OLD = Document(
    "dold",
    "上传/1/低保标准.docx",
    "h",
    "会宁县2025年农村低保标准的通知",
    number="会民发〔2025〕12号",
    index_number="115/2025-01",
    area="620422",
)


@pytest.mark.parametrize(
    ("title", "number", "index_number", "source", "area", "why"),
    [
        ("会宁县2026年农村低保标准的通知", "会民发〔2026〕3号", "", "上传/2/x.docx", "620422", (Alike.YEAR,)),
        ("会宁县二〇二六年农村低保标准的通知", "", "", "上传/2/x.docx", None, (Alike.YEAR,)),
        ("更正", "会民发[2025]第12号", "", "上传/2/x.docx", "620421", (Alike.NUMBER,)),
        ("更正", "", "115/2025-01", "上传/2/x.docx", "620421", (Alike.INDEX_NUMBER,)),
        ("别的", "", "", "上传/2/低保标准(2).docx", "620422", (Alike.FILE,)),
        ("别的", "", "", "上传/2/低保标准-修订版.pdf", "620422", (Alike.FILE,)),
        ("会宁县2026年农村低保标准的通知", "", "", "上传/2/低保标准.docx", "620421", ()),
        ("会宁县2026年临时救助标准的通知", "会民发〔2026〕12号", "", "上传/2/x.docx", "620422", ()),
    ],
)
def test_number_title_index_number_or_file_name_tell(
    title: str, number: str, index_number: str, source: str, area: str | None, why: tuple[Alike, ...]
) -> None:
    new = Document("dnew", source, "h", title, number=number, index_number=index_number, area=area)
    assert [one.why for one in likely_older(new, [OLD])] == ([why] if why else [])


def test_a_part_of_the_same_file_and_what_is_replaced_already_are_no_older_versions() -> None:
    twin = Document("dtwin", OLD.source, "h", OLD.title, number=OLD.number, area=OLD.area)
    assert likely_older(twin, [OLD]) == []
    over = Document("dover", "上传/9/x.docx", "h", OLD.title, area=OLD.area, replaced_by="dold")
    assert [one.document.id for one in likely_older(OLD, [over, twin])] == []
