"""Rich text, and pages that a browser saved in one file."""

from __future__ import annotations

import base64

import pytest

from ingest.readers.any_file import read_file
from ingest.readers.rich_text import read_rtf
from ingest.readers.saved_page import read_mhtml
from ingest.refusal import Reason, RefusedError


def gbk(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


RTF = (
    r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 " + gbk("宋体") + r";}}{\header " + gbk("汇编") + r"\par}{\*\generator x;}"
    r"\pard " + gbk("关于低保的通知") + r"\par \u20250?\u21521\uc2\u20065 ab\u38215 cd" + gbk("申请") + r"\line "
    + gbk("第二行") + r"\par\trowd\cellx100\pard\intbl " + gbk("类别") + r"\cell " + gbk("标准")
    + r"\cell\row\trowd " + gbk("一类") + r"\cell 402\cell\row\pard " + gbk("完") + r"\par}"
)  # fmt: skip


def test_rich_text_gives_its_lines_and_tables() -> None:
    page = read_rtf(RTF.encode())
    assert [block.grid or block.text for block in page.blocks] == [
        "关于低保的通知", "会向乡镇申请", "第二行", (("类别", "标准"), ("一类", "402")), "完",
    ]  # fmt: skip
    assert [(piece.reason, piece.text) for piece in page.removed] == [("页眉页脚", "汇编")]


@pytest.mark.parametrize("data", [b"{\\rtf1", b"{\\rtf1 {{{{" * 5000, b"{\\rtf1 \\u99999999999999 \\'zz}"])
def test_broken_rich_text_gives_what_there_is(data: bytes) -> None:
    assert len(read_rtf(data).raw) <= len(data)


def saved_page(html: bytes, kind: str = "text/html") -> bytes:
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.huining.gov.cn/a.html\r\n"
        b"MIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="--B"\r\n\r\n----B\r\nContent-Type: '
    )
    return (
        head + kind.encode() + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(html).replace(b"\n", b"\r\n") + b"\r\n----B--\r\n"
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_saved_page_is_its_html_with_the_address(encoding: str) -> None:
    html = "<html><body><h1>低保指南</h1><p>由乡镇人民政府受理农村低保的申请。</p></body></html>".encode(encoding)
    page = read_file(saved_page(html), "指南.mht")
    assert [block.text for block in page.blocks] == ["低保指南", "由乡镇人民政府受理农村低保的申请。"]
    assert page.labels["url"] == "http://www.huining.gov.cn/a.html"


def test_a_saved_page_without_html_has_no_text() -> None:
    with pytest.raises(RefusedError) as refused:
        read_mhtml(saved_page(b"\x89PNG", "image/png"))
    assert refused.value.reason is Reason.NO_TEXT
