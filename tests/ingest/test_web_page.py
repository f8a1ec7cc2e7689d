"""HTML: paragraphs, headings, merged tables; scripts, navigation and hidden text stay out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.web_page import read_html
from ingest.refusal import RefusedError


def texts(markup: str) -> list[str]:
    return [block.text for block in read_html(markup).blocks]


def test_paragraphs_and_line_breaks_become_lines() -> None:
    assert texts("<div><p>第一段，<b>重点</b>内容。</p>第二段<br>第三段</div>") == [
        "第一段，重点内容。",
        "第二段",
        "第三段",
    ]


def test_headings_and_short_bold_lines_are_headings() -> None:
    page = read_html("<h2>申请条件</h2><p><strong>办理材料</strong></p><p><b>身份证，户口簿。</b></p>")
    assert [(block.text, bool(block.heading)) for block in page.blocks] == [
        ("申请条件", True),
        ("办理材料", True),
        ("身份证，户口簿。", False),
    ]


def test_what_is_no_content_is_left_out_and_reported() -> None:
    page = read_html(
        "<body><script>alert('x')</script><nav>首页 新闻</nav><div class='footer-nav'><a>联系我们</a></div>"
        "<p style='display: none'>低保 低保</p><div class='main-nav'><p>" + "正文很长。" * 40 + "</p></div></body>"
    )
    assert [block.text[:5] for block in page.blocks] == ["正文很长。"]
    assert [(piece.reason, piece.text) for piece in page.removed] == [
        ("导航", "首页新闻"),
        ("网页边框", "联系我们"),
        ("隐藏的内容", "低保低保"),
    ]


def test_merged_cells_stand_in_every_place_they_cover() -> None:
    (block,) = read_html(
        "<table><tr><td rowspan=2>类别</td><td colspan=2>标准</td></tr><tr><td>上半年</td><td>下半年</td></tr>"
        "<tr><td>一类</td><td>10</td><td>20</td></tr></table>"
    ).blocks
    assert block.grid == (("类别", "标准", "标准"), ("类别", "上半年", "下半年"), ("一类", "10", "20"))
    assert block.head_rows == 2


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    page = read_html("<table><tr><td><table><tr><td>左</td><td>右</td></tr></table></td><td>正文。</td></tr></table>")
    assert [block.grid for block in page.blocks] == [None, None, None]


def test_a_row_across_the_whole_table_is_its_caption() -> None:
    caption, table = read_html(
        "<table><tr><td colspan=2>补助标准表</td></tr><tr><td>项目</td><td>金额</td></tr>"
        "<tr><td>甲</td><td>1</td></tr></table>"
    ).blocks
    assert caption.text == "补助标准表"
    assert table.grid == (("项目", "金额"), ("甲", "1"))


def test_meta_elements_and_the_address_are_kept_as_labels() -> None:
    labels = read_html(
        "<head><title>通知 - 某县政府</title><meta name='PubDate' content='2024-03-01'>"
        "<link rel='canonical' href='http://www.example.gov.cn/1.html'></head><body>一</body>"
    ).labels
    assert labels["pubdate"] == "2024-03-01"
    assert labels["title"] == "通知 - 某县政府"
    assert labels["url"] == "http://www.example.gov.cn/1.html"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 5000 + "深" + "</div>" * 5000,
        "<table><tr>" + "<td rowspan=99999 colspan=99999>x</td>" * 50 + "</tr><tr><td>y</td></tr></table>",
        "<p>没有\0结束<b>标记<i>的网页",
        "<?xml version='1.0' encoding='gb2312'?><p>一</p>",
    ],
)
def test_broken_and_monstrous_markup_is_read(markup: str) -> None:
    assert read_html(markup).blocks is not None


@given(st.text(alphabet="<>/=\"'abdefiltrs 一二&;#0", max_size=200))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    try:
        page = read_html(markup)
    except RefusedError:
        return
    for block in page.blocks:
        assert page.raw[block.start : block.start + len(block.text)] == block.text
