"""PDF files: paragraphs, pages, furniture, tables and columns as they were set; scans say what they need."""

from __future__ import annotations

import pytest

from ingest.page import Page
from ingest.parsing import parse
from ingest.readers.pdf_file import read_pdf
from ingest.refusal import Reason, RefusedError
from tests.ingest.printed_files import BODY, WIDTH, Printer, empty_pages, photo, picture, wrapped


@pytest.fixture(scope="module")
def notice() -> bytes:
    """Return a notice of two pages with a paragraph over the break, a table, and a seal."""
    pdf = Printer("帮扶政策汇编")
    pdf.add_page()
    pdf.set_font_size(20)
    pdf.text(50, 30, "关于做好农村低保工作的通知")
    pdf.set_font_size(12)
    lines = [line for number in range(8) for line in wrapped(f"第{number}条，{BODY}，并将结果公示七天。")]
    pdf.lines(27, 42, lines[:-1])
    pdf.add_page()
    pdf.lines(27, 30, lines[-1:])
    pdf.grid([30, 70, 110, 150], [50, 60, 70, 80])
    for y, row in enumerate([["类别", "标准（元/月）", ""], ["", "上半年", "下半年"], ["一类", "402", "412"]]):
        pdf.lines(32, 57 + 10 * y, [row[0]])
        pdf.lines(72, 57 + 10 * y, [row[1]])
        pdf.lines(112, 57 + 10 * y, [row[2]])
    pdf.lines(140, 110, ["会宁县民政局", "2024年3月8日"])
    return pdf.bytes()


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks]


def test_paragraphs_are_whole_even_over_the_break_of_a_page(notice: bytes) -> None:
    paragraphs = [text for text in texts(read_pdf(notice)) if "条，" in text]
    assert paragraphs == [f"第{number}条，{BODY}，并将结果公示七天。" for number in range(8)]


def test_heads_and_page_numbers_are_furniture_with_a_reason(notice: bytes) -> None:
    page = read_pdf(notice)
    assert {(piece.reason, piece.text) for piece in page.removed} == {
        ("页眉页脚", "帮扶政策汇编"), ("页码", "— 1 —"), ("页码", "— 2 —"),
    }  # fmt: skip
    assert not any("汇编" in text for text in texts(page))


def test_blocks_and_passages_know_their_page_and_large_type_is_a_heading(notice: bytes) -> None:
    page = read_pdf(notice)
    assert page.blocks[0].heading == 1
    assert {block.text: block.page for block in page.blocks if len(block.text) < 20} == {
        "关于做好农村低保工作的通知": 1, "会宁县民政局": 2, "2024年3月8日": 2,
    }  # fmt: skip
    (draft,) = parse(notice, "通知.pdf", 2026).drafts
    assert {piece.page for piece in draft.composed.pieces} == {1, 2}
    assert str(draft.particulars.written_on) == "2024-03-08"


def test_ruled_tables_are_grids_with_their_merged_cells() -> None:
    pdf = Printer()
    pdf.add_page()
    pdf.lines(30, 40, ["标准如下："])
    pdf.grid([30, 70, 110], [60, 70, 80])
    pdf.line(30, 50, 110, 50)
    for x in (30, 110):
        pdf.line(x, 50, x, 60)
    pdf.lines(55, 57, ["保障标准"])
    pdf.lines(32, 67, ["一类"])
    pdf.lines(72, 67, ["402"])
    pdf.lines(32, 77, ["二类"])
    pdf.lines(72, 77, ["382"])
    blocks = read_pdf(pdf.bytes()).blocks
    assert [block.grid or block.text for block in blocks] == [
        "标准如下：", "保障标准", (("一类", "402"), ("二类", "382")),
    ]  # fmt: skip


def test_a_table_that_goes_on_overleaf_keeps_its_headings() -> None:
    pdf = Printer()
    for row in ("一类", "二类"):
        pdf.add_page()
        pdf.grid([30, 70, 110], [50, 60, 70])
        pdf.lines(32, 57, ["类别"] if row == "一类" else ["补充"])
        pdf.lines(72, 57, ["标准"] if row == "一类" else ["300"])
        pdf.lines(32, 67, [row])
        pdf.lines(72, 67, ["402"])
    grids = [block.grid for block in read_pdf(pdf.bytes()).blocks]
    assert grids == [(("类别", "标准"), ("一类", "402")), (("类别", "标准"), ("补充", "300"), ("二类", "402"))]


def test_the_headings_alone_at_the_end_of_a_page_head_the_rows_overleaf() -> None:
    pdf = Printer()
    for row in (["类别", "标准", "说明"], ["一类", "402", "按月"]):
        pdf.add_page()
        pdf.grid([30, 60, 90, 120], [50, 60])
        for at, cell in enumerate(row):
            pdf.lines(32 + 30 * at, 57, [cell])
    (draft,) = parse(pdf.bytes(), "标准表.pdf", 2026).drafts
    assert "类别：一类；标准：402；说明：按月" in draft.composed.original


def test_columns_are_read_one_after_the_other() -> None:
    pdf = Printer()
    pdf.add_page()
    pdf.text(75, 25, "低保政策明白纸")
    left = wrapped(f"左一，{BODY}。", 18) + wrapped(f"左二，{BODY}。", 18)
    right = wrapped(f"右一，{BODY}。", 18) + wrapped(f"右二，{BODY}。", 18)
    pdf.lines(20, 40, left)
    pdf.lines(110, 40, right)
    assert texts(read_pdf(pdf.bytes())) == [
        "低保政策明白纸", f"左一，{BODY}。", f"左二，{BODY}。", f"右一，{BODY}。", f"右二，{BODY}。",
    ]  # fmt: skip


def test_a_seal_stays_in_two_lines_a_title_in_two_lines_is_one_and_a_short_line_before_a_bracket_goes_on() -> None:
    pdf = Printer()
    pdf.add_page()
    pdf.set_font_size(20)
    pdf.lines(45, 30, ["关于印发《动态监测和帮扶工作方案》的"], 10)
    pdf.text(95, 40, "通　知")
    pdf.set_font_size(12)
    full = wrapped(f"一是{BODY}，", WIDTH)[0]
    pdf.lines(27, 60, [full, full[2:], "“两不愁三保障”都有着落。"])
    pdf.lines(134, 100, ["会宁县乡村振兴局", "2024年5月10日"])
    assert texts(read_pdf(pdf.bytes())) == [
        "关于印发《动态监测和帮扶工作方案》的通知",
        f"{full.strip()}{full[2:]}“两不愁三保障”都有着落。",
        "会宁县乡村振兴局",
        "2024年5月10日",
    ]


def test_radicals_of_a_broken_font_table_are_mended_and_watermarks_dropped() -> None:
    pdf = Printer()
    pdf.add_page()
    pdf.lines(20, 40, wrapped("⼀、⽣活困难的村⺠可以申请低保，由乡镇人民政府受理后入户调查。"))
    with pdf.rotation(40, 60, 150):
        pdf.text(60, 150, "内部资料")
    parsed = parse(pdf.bytes(), "a.pdf", 2026)
    assert "生活困难的村民" in parsed.drafts[0].composed.original
    assert ("斜着的水印", 1) in [(one.reason, one.pieces) for one in parsed.drafts[0].report.dropped]


def test_a_password_is_named_but_a_mere_ban_on_copying_is_none() -> None:
    outcomes = []
    for password in ("geheim", ""):
        pdf = Printer()
        pdf.add_page()
        pdf.lines(20, 40, ["农村低保由乡镇人民政府受理。"])
        pdf.set_encryption(owner_password="owner", user_password=password)
        try:
            outcomes.append(texts(read_pdf(pdf.bytes())))
        except RefusedError as refused:
            outcomes.append([refused.reason])
    assert outcomes == [[Reason.LOCKED], ["农村低保由乡镇人民政府受理。"]]


@pytest.mark.parametrize(
    ("data", "reason", "word"),
    [
        (b"%PDF-1.7\n" + b"0" * 100, Reason.CRASHED, "损坏"),
        (empty_pages(10_000), Reason.PAGES, "10000 页"),
        (empty_pages(3), Reason.NO_TEXT, "没有正文"),
    ],
)
def test_broken_endless_and_empty_files_end_in_a_named_reason(data: bytes, reason: Reason, word: str) -> None:
    with pytest.raises(RefusedError, match=word) as refused:
        parse(data, "a.pdf", 2026)
    assert refused.value.reason is reason


def test_a_scan_without_recognition_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.recognition.is_installed", lambda: False)
    scan = picture(photo(["低保"]), "PDF")
    with pytest.raises(RefusedError, match="make ocr") as refused:
        read_pdf(scan)
    assert refused.value.reason is Reason.NO_OCR


def test_a_scanned_page_among_pages_of_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.recognition.is_installed", lambda: False)
    pdf = Printer()
    pdf.add_page()
    pdf.lines(20, 40, ["农村低保由乡镇人民政府受理。"])
    pdf.add_page()
    pdf.image(photo(["低保"]), x=10, y=10, w=180)
    page = read_pdf(pdf.bytes())
    assert texts(page) == ["农村低保由乡镇人民政府受理。"]
    assert "第 2 页是扫描的图，没有读" in page.notes[0]
