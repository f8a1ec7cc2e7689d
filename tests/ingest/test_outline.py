"""Headings by their numbers, headings run into their text, and sentences that only have a number."""

from __future__ import annotations

import pytest

from ingest.outline import caption_of, heading_of, path_with


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("一、工作开展情况", "一、工作开展情况"),
        ("二、存在的主要问题:", "二、存在的主要问题"),
        ("(一)鄉鎮重視程度高。自9月11日以来，各乡镇行动迅速。", "(一)乡镇重视程度高"),
        ("1.责任落实情况:工作队是否到位、责任人是否到位。", "1.责任落实情况"),
        ("问题1:思想认识松懈。在传导压力上不够。", "问题1:思想认识松懈"),
        ("问：低保怎么申请？答：向乡镇人民政府申请。", "问：低保怎么申请？"),
        ("3.残疾人有哪些补贴？", "3.残疾人有哪些补贴？"),
        ("第十二条　乡镇人民政府应当自受理之日起核查。", "第十二条"),
        ("第二章 申请与受理", "第二章 申请与受理"),
        ("（2）补助标准", "（2）补助标准"),
    ],
)
def test_a_numbered_line_opens_with_its_heading(line: str, title: str) -> None:
    heading = heading_of(line)
    assert heading is not None
    assert heading.title == title


@pytest.mark.parametrize(
    "line",
    [
        "4.各乡镇、非贫困村工作队要认真做好落实,积极配合督查工作。",
        "1.督查组要坚持问题导向,敢于较真碰硬。发现问题不能隐瞒不报。",
        "3.5万亩梯田已经完成",
        "2018.9.25 会议召开",
        "一是加强宣传。二是落实责任。",
        "第三季度报送一次。",
        "自2024年4月1日起施行。",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert heading_of(line) is None


def test_each_heading_ends_those_at_its_level_and_below() -> None:
    path: tuple[tuple[int, str], ...] = ()
    for line in ["一、甲", "（一）乙", "1.丙", "（二）丁", "二、戊"]:
        heading = heading_of(line)
        assert heading is not None
        path = path_with(path, heading)
        if line == "（二）丁":
            assert [title for _, title in path] == ["一、甲", "（二）丁"]
    assert [title for _, title in path] == ["二、戊"]


def test_markup_makes_a_heading_of_a_line_without_a_number() -> None:
    assert heading_of("申请条件") is None
    heading = heading_of("申请条件", markup=2)
    assert heading is not None
    assert (heading.level, heading.title) == (2, "申请条件")


def test_a_label_that_sorts_what_follows_is_a_caption_but_a_salutation_is_none() -> None:
    assert caption_of("整改措施及成效:一是加强培训。") == "整改措施及成效"
    assert caption_of("各位领导:现将情况汇报如下。") is None
    assert caption_of("现将有关事项通知如下:") is None
