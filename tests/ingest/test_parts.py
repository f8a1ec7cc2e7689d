"""Several documents on one page are told apart."""

from __future__ import annotations

import pytest

from ingest.page import Block
from ingest.parts import split_parts

TEXT = "各村按要求开展排查，逐户建立台账，发现问题立即整改，并按月报送进展情况。" * 2


def page(*lines: str) -> list[Block]:
    return [Block(line, start) for start, line in enumerate(lines)]


@pytest.mark.parametrize(
    "titles",
    [
        ("精准扶贫工作通报范文一", "精准扶贫工作通报范文二"),
        ("駐村工作總結范文一", "駐村工作總結范文二"),
        ("驻村工作汇报（一）", "驻村工作汇报（二）", "驻村工作汇报（三）"),
        ("第一篇：驻村总结", "第二篇：帮扶总结"),
        ("【篇一】", "【篇二】"),
        ("工作总结 篇1", "工作总结 篇2"),
    ],
)
def test_numbered_titles_part_a_page(titles: tuple[str, ...]) -> None:
    lines = [line for title in titles for line in (title, TEXT)]
    parts, preface = split_parts(page("导语。", *lines))
    assert [part.head.text for part in parts if part.head] == list(titles)
    assert [[block.text for block in part.blocks] for part in parts] == [[TEXT]] * len(titles)
    assert [piece.text for piece in preface] == ["导语。"]


def test_lines_with_nothing_but_a_number_part_a_page_and_stay_in_it() -> None:
    first, second = "会民发〔2024〕1号", "会民发〔2024〕2号"
    parts, _ = split_parts(page(first, "关于低保的通知", TEXT, second, "关于特困的通知", TEXT))
    assert [part.blocks[0].text for part in parts] == [first, second]


@pytest.mark.parametrize(
    "lines",
    [
        ("一、工作情况", TEXT, "二、存在问题", TEXT),
        ("问题1:责任不实。", TEXT, "问题2:台账不清。", TEXT),
        ("附件1", TEXT, "附件2", TEXT),
        ("工作方案一", "工作方案二", "工作方案三"),
        ("第一条 为规范工作", TEXT, "第二条 本办法适用于", TEXT),
        ("驻村总结范文二", TEXT, "驻村总结范文五", TEXT),
    ],
)
def test_headings_of_one_document_do_not_part_it(lines: tuple[str, ...]) -> None:
    parts, preface = split_parts(page(*lines))
    assert [len(part.blocks) for part in parts] == [len(lines)]
    assert preface == ()


def test_a_list_of_contents_before_the_documents_is_no_document() -> None:
    lines = ["总结范文一", "总结范文二", "总结范文一", TEXT, "总结范文二", TEXT]
    parts, preface = split_parts(page(*lines))
    assert len(parts) == 2
    assert [piece.text for piece in preface] == lines[:2]
