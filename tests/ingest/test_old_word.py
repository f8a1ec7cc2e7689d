"""Old Word files (doc, wps) without any other program: final text, notes, heads and merged tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.parsing import parse
from ingest.readers.formats import Format, tell_format
from ingest.readers.old_word import read_doc
from ingest.refusal import Reason, RefusedError


@pytest.fixture
def old(samples: Path) -> bytes:
    """Return a notice with a tracked deletion, a link, a footnote, a head and a table, as a writer program saved it."""
    return (samples / "old.doc").read_bytes()


def test_the_final_text_is_read_with_its_headings_tables_and_notes(old: bytes) -> None:
    page = read_doc(old)
    assert [(block.heading, block.grid or block.text) for block in page.blocks] == [
        (1, "关于做好农村低保工作的通知"),
        (0, "各乡镇人民政府："),
        (0, "村民可以向户籍所在地的乡镇人民政府提出申请，不收任何费用，详见县政府网站公布的指南。"),
        (0, (("类别", "标准", "标准"), ("类别", "上半年", "下半年"), ("一类", "10", "20"))),
        (0, "会宁县民政局"),
        (0, "2024年3月8日"),
        (0, "脚注：委托村民委员会代为提交的，也算本人申请。"),
    ]
    assert [block.head_rows for block in page.blocks if block.grid] == [2]
    assert {(piece.reason, piece.text) for piece in page.removed} == {
        ("修订中删除或隐藏的文字", "旧的"), ("页眉页脚", "政策文件汇编"),
    }  # fmt: skip


def test_the_numbers_that_word_counts_by_itself_are_written_out() -> None:
    page = read_doc((Path(__file__).parent / "old_files" / "numbered.doc").read_bytes())
    assert [block.text for block in page.blocks][2:9] == [
        "一、申请条件",
        "（一）因火灾、交通事故等意外造成家庭困难的。",
        "（二）因生病自负费用较高的。",
        "1．以村委会证明为准。",
        "2．以医院发票为准。",
        "二、办理程序",
        "（一）向乡镇人民政府提出申请。",
    ]


def test_numbers_that_come_from_a_style_alone_are_written_out_and_one_taken_off_is_not() -> None:
    page = read_doc((Path(__file__).parent / "old_files" / "numbered_by_style.doc").read_bytes())
    assert [block.text for block in page.blocks][2:8] == [
        "一、申请条件",
        "（一）因火灾、交通事故等意外造成家庭困难的。",
        "（二）因生病自负费用较高的。",
        "二、办理程序",
        "（一）向乡镇人民政府提出申请。",
        "本段不编号。",
    ]


def test_it_is_a_document_like_any_other_whatever_it_is_called(old: bytes) -> None:
    assert tell_format(old, "通知.wps") is Format.OLD_WORD
    (draft,) = parse(old, "通知.wps", 2026).drafts
    assert draft.title == "关于做好农村低保工作的通知"
    assert str(draft.particulars.written_on) == "2024-03-08"


def with_flags(data: bytes, *, version: int | None = None, flags: int | None = None) -> bytes:
    """Return the file with another version, or other flags, in its header."""
    changed = bytearray(data)
    at = data.index(b"\xec\xa5")  # the mark of a Word header
    if version is not None:
        changed[at + 2 : at + 4] = version.to_bytes(2, "little")
    if flags is not None:
        changed[at + 10 : at + 12] = flags.to_bytes(2, "little")
    return bytes(changed)


@pytest.mark.parametrize(
    ("change", "reason", "word"),
    [
        ({"flags": 0x0300}, Reason.LOCKED, "密码"),
        ({"version": 0x65}, Reason.FORMAT, "Word 95"),
    ],
)
def test_what_cannot_be_read_is_named(old: bytes, change: dict[str, int], reason: Reason, word: str) -> None:
    with pytest.raises(RefusedError, match=word) as refused:
        read_doc(with_flags(old, **change))
    assert refused.value.reason is reason


@pytest.mark.parametrize("length", [100, 600, 3000, 9000])
def test_a_truncated_file_is_refused(old: bytes, length: int) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(old[:length], "a.doc", 2026)
    assert refused.value.reason in {Reason.CRASHED, Reason.FORMAT}
