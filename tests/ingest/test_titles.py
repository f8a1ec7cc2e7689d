"""The title is found above the text, without the collection's praise, and its repetitions go."""

from __future__ import annotations

from ingest.page import Block
from ingest.titles import Titled, find_title, is_title_like

TEXT = "为做好农村最低生活保障动态管理，现将有关事项通知如下。"


def titled(*lines: str, labels: dict[str, str] | None = None) -> Titled:
    return find_title([Block(line, at) for at, line in enumerate(lines)], stated="", labels=labels or {}, name="文件名")


def test_the_last_title_above_the_text_wins_and_the_page_s_own_goes() -> None:
    found = titled("2023年驻村工作总结(精选3篇)", "XX村驻村工作总结", "各位领导：", TEXT)
    assert found.title == "XX村驻村工作总结"
    assert [block.text for block in found.body] == ["各位领导：", TEXT]
    assert [piece.text for piece in found.removed] == ["2023年驻村工作总结(精选3篇)"]


def test_blanks_inside_a_title_go_and_repetitions_with_them() -> None:
    found = titled("关于饮水整改情况的报告", "关于饮水 整改情况的报告", TEXT)
    assert found.title == "关于饮水整改情况的报告"
    assert [block.text for block in found.body] == [TEXT]


def test_a_title_broken_before_its_last_words_is_whole() -> None:
    found = titled("关于开展二〇二四年农村低保动态管理", "工作的通知", "各乡镇人民政府：", TEXT)
    assert found.title == "关于开展二〇二四年农村低保动态管理工作的通知"
    assert [block.text for block in found.body] == ["各乡镇人民政府：", TEXT]
    assert found.evidence is not None
    assert found.evidence.text == found.title


def test_without_a_title_line_the_mark_up_and_then_the_file_name_serve() -> None:
    assert titled(TEXT, labels={"articletitle": "关于低保的通知"}).title == "关于低保的通知"
    assert titled(TEXT, labels={"title": "关于低保的通知_会宁县人民政府"}).title == "关于低保的通知"
    found = titled(TEXT)
    assert (found.title, found.where, found.body[0].text) == ("文件名", "文件名", TEXT)


def test_a_heading_or_a_sentence_is_no_title() -> None:
    assert is_title_like("关于做好低保工作的通知")
    assert not is_title_like("请按照本通知执行。")
    assert titled("一、总体要求", TEXT).title == "文件名"
