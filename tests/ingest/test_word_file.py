"""Word files: numbers that Word counts itself, merged tables, deleted text; hostile archives are refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.parsing import parse
from ingest.readers.word_file import read_docx
from ingest.refusal import Reason, RefusedError
from tests.ingest.word_files import NAMESPACE, cell, docx, paragraph, table


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data).blocks]


def test_automatic_numbers_are_written_out() -> None:
    body = (
        paragraph("申请条件", level=0)
        + paragraph("本县户籍。", level=1)
        + paragraph("收入低于标准。", level=1)
        + paragraph("办理程序", level=0)
        + paragraph("提出申请。", level=1)
    )
    assert texts(docx(body)) == [
        "一、申请条件",
        "（一）本县户籍。",
        "（二）收入低于标准。",
        "二、办理程序",
        "（一）提出申请。",
    ]


def test_headings_come_from_styles_and_deleted_text_is_left_out() -> None:
    body = paragraph("关于低保的通知", "T") + paragraph("总则", "1")
    body += (
        "<w:p><w:del><w:r><w:delText>旧标准</w:delText></w:r></w:del><w:ins><w:r><w:t>新标准</w:t></w:r></w:ins></w:p>"
    )
    page = read_docx(docx(body))
    assert [(block.text, block.heading) for block in page.blocks] == [
        ("关于低保的通知", 1),
        ("总则", 1),
        ("新标准", 0),
    ]


def test_merged_cells_stand_in_every_place_they_cover() -> None:
    rows = table(
        cell("类别", merge="restart") + cell("标准", span=2),
        cell("", merge="continue") + cell("上半年") + cell("下半年"),
        cell("一类") + cell("10") + cell("20"),
    )
    (block,) = read_docx(docx(rows)).blocks
    assert block.grid == (("类别", "标准", "标准"), ("类别", "上半年", "下半年"), ("一类", "10", "20"))
    assert block.head_rows == 2


def test_a_table_around_text_is_text() -> None:
    assert texts(docx(table(cell("第一段。") + cell("")))) == ["第一段。"]


def test_a_word_notice_is_a_document_like_any_other() -> None:
    body = paragraph("会民发〔2024〕16号") + paragraph("关于低保的通知", "T") + paragraph("各乡镇人民政府：")
    body += paragraph("村民可以向户籍所在地的乡镇人民政府提出申请，现将有关事项通知如下。")
    body += paragraph("会宁县民政局") + paragraph("二〇二四年三月八日")
    (draft,) = parse(docx(body), "通知.docx", 2026).drafts
    assert draft.title == "关于低保的通知"
    assert (draft.particulars.number, draft.particulars.publisher) == ("会民发〔2024〕16号", "会宁县民政局")
    assert str(draft.particulars.written_on) == "2024-03-08"


NOTED = (
    f'<w:footnotes {NAMESPACE}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    '<w:footnote w:id="1"><w:p><w:r><w:t>指户籍所在地。</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def test_footnotes_and_boxes_stand_behind_their_paragraphs() -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('咨询乡镇民政办')}</w:txbxContent></w:pict></w:r>"
    body = f"<w:p><w:r><w:t>向乡镇申请</w:t></w:r>{reference}{box}<w:r><w:t>。</w:t></w:r></w:p>{paragraph('完')}"
    assert texts(docx(body, footnotes=NOTED)) == ["向乡镇申请。", "脚注：指户籍所在地。", "咨询乡镇民政办", "完"]


def test_only_the_final_text_stays_and_the_rest_is_reported() -> None:
    body = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>"
        + "<w:p><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:t>后半句。</w:t></w:r>"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗记</w:t></w:r></w:p>"
        + table(cell("甲") + cell("1"), cell("乙") + cell("2"))
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + cell("废") + cell("3") + "</w:tr></w:tbl>"
    )  # fmt: skip
    page = read_docx(docx(body, header1=f"<w:hdr {NAMESPACE}>{paragraph('汇编')}</w:hdr>"))
    assert [block.grid or block.text for block in page.blocks] == ["前半句，后半句。", (("甲", "1"), ("乙", "2"))]
    assert [(piece.reason, piece.text) for piece in page.removed] == [
        ("修订中删除的文字", "移走"), ("修订中删除的文字", "废3"), ("隐藏的文字", "暗记"), ("页眉页脚", "汇编"),
    ]  # fmt: skip


def test_macros_attachments_and_pictures_are_told() -> None:
    file = io.BytesIO(docx(paragraph("村民可以向乡镇人民政府提出申请，由乡镇受理。")))
    with zipfile.ZipFile(file, "a") as archive:
        for name in ("vbaProject.bin", "embeddings/a.xlsx", "media/image1.png"):
            archive.writestr(f"word/{name}", b"x")
    assert read_docx(file.getvalue()).notes == (
        "文件里带有宏，没有运行，只读文字", "文中嵌着 1 个附件，没有读；请另存出来再导入", "文中有 1 张图片，没有读",
    )  # fmt: skip


def broken(data: bytes) -> bytes:
    return data[: len(data) // 2]


def locked(data: bytes) -> bytes:
    """Set the flag of encryption on every member."""
    marked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(signature, at + 4)
    return bytes(marked)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (broken(docx(paragraph("一"))), Reason.CRASHED),
        (docx("", document="<w:document"), Reason.CRASHED),
        (docx(paragraph("0" * 30_000_000)), Reason.BOMB),
        (locked(docx(paragraph("一"))), Reason.LOCKED),
        (docx(paragraph("一"), document='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), Reason.FORMAT),
    ],
)
def test_hostile_files_are_refused_by_name(data: bytes, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(data, "a.docx", 2026)
    assert refused.value.reason is reason


def test_a_file_that_is_far_too_long_is_no_bomb_and_can_be_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.containers._LARGEST_PART", 100_000)
    with pytest.raises(RefusedError, match="请拆开再导入") as refused:
        parse(docx(paragraph("一二三" * 40_000)), "a.docx", 2026)
    assert refused.value.reason is Reason.PAGES


def test_an_archive_without_a_document_is_not_word() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/other.xml", "<a/>")
    with pytest.raises(RefusedError) as refused:
        parse(file.getvalue(), "a.docx", 2026)
    assert refused.value.reason is Reason.FORMAT


def test_numbers_that_come_from_a_style_alone_are_written_out() -> None:
    styles = (
        f"<w:styles {NAMESPACE}>"
        '<w:style w:styleId="A"><w:name w:val="条目"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:name w:val="细目"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    off = paragraph("不编号", "A").replace("</w:pPr>", '<w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    body = paragraph("申请条件", "A") + paragraph("因灾的。", "B") + paragraph("办理程序", "A") + off
    page = read_docx(docx(body, styles=styles))
    assert [block.text for block in page.blocks] == ["一、申请条件", "（一）因灾的。", "二、办理程序", "不编号"]
