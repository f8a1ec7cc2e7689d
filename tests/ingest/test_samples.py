"""Whole documents with the faults that scraped files have come out clean, dated, placed and cut."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from ingest.parsing import Draft, parse
from ingest.placing import Placer
from ingest.refusal import RefusedError
from knowledge.standing import Audience, Authority, DocumentKind, Stage


def drafts(path: Path, data: bytes | None = None) -> tuple[Draft, ...]:
    return parse(path.read_bytes() if data is None else data, path.name, 2026).drafts


def texts(draft: Draft) -> list[str]:
    text = draft.composed.text
    return [text[piece.text.start : piece.text.end] for piece in draft.composed.pieces]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_government_page_keeps_its_text_tables_and_particulars(samples: Path, placer: Placer, encoding: str) -> None:
    page = samples / "notice.html"
    (draft,) = drafts(page, page.read_text(encoding="utf-8").encode(encoding))
    stated = draft.particulars
    assert draft.title == "关于做好2024年农村低保动态管理工作的通知"
    assert (stated.publisher, stated.number) == ("会宁县民政局", "会民发〔2024〕16号")
    assert (stated.index_number, stated.openness) == ("620422000/2024-00117", "主动公开")
    assert (stated.written_on, stated.published_on) == (date(2024, 3, 8), date(2024, 3, 12))
    assert (stated.valid_from, stated.valid_to) == (date(2024, 4, 1), date(2026, 3, 31))
    assert placer.place(draft).area == "620422"
    judged = draft.judged
    assert (judged.authority, judged.kind) == (Authority.OFFICIAL, DocumentKind.NOTICE)
    assert (judged.stage, judged.audience) == (Stage.TRANSITION, Audience.PUBLIC)
    (table,) = [piece for piece in draft.composed.pieces if piece.section[-1:] == ("会宁县样本补助标准表",)]
    assert table.section == ("二、补助标准", "会宁县样本补助标准表")
    assert draft.composed.text[table.text.start : table.text.end].split("\n")[3:] == [
        "类别：重点保障；月补助（元/人）·上半年：101；月补助（元/人）·下半年：111；说明：一类，全额发放",
        "类别：重点保障；月补助（元/人）·上半年：91；月补助（元/人）·下半年：99；说明：二类，全额发放",
        "类别：一般保障；月补助（元/人）·上半年：61；月补助（元/人）·下半年：66；说明：三类，按季发放",
    ]
    for furniture in (
        "首页",
        "分享",
        "浏览次数",
        "字体",
        "ICP",
        "主办单位",
        "防汛",
        "隐藏的关键词",
        "visits",
        "上一篇",
    ):
        assert furniture not in draft.composed.text


def test_a_report_in_one_paragraph_is_parted_under_its_headings(samples: Path, placer: Placer) -> None:
    (draft,) = drafts(samples / "report.txt")
    stated = draft.particulars
    assert (stated.index_number, stated.number) == ("620422998/2024-00031", "")  # the number in the text is another's
    assert (stated.publisher, stated.published_on) == ("会宁县人民政府", date(2024, 5, 21))
    assert placer.place(draft).area == "620422"
    assert draft.report.joined == 1
    assert "共排查出2个问题" in draft.composed.text
    assert [piece.section for piece in draft.composed.pieces] == [
        (),
        ("一、问题整改情况",),
        ("二、下一步工作打算",),
    ]
    assert (draft.judged.kind, draft.judged.audience) == (DocumentKind.REPORT, Audience.CADRE)


def test_a_sample_site_s_page_loses_its_frame_and_is_no_authority(samples: Path) -> None:
    (draft,) = drafts(samples / "template.txt")
    assert draft.title == "XX村驻村帮扶工作汇报"
    assert "并会同村两委逐户研究帮扶措施和责任人" in draft.composed.text
    assert "(二)发展产业。全村种植马铃薯1200亩" in draft.composed.text
    for furniture in ("小编", "隐藏内容", "版权", "ICP", "当前位置", "精选"):
        assert furniture not in draft.composed.text
    assert (draft.judged.authority, draft.judged.audience) == (Authority.TEMPLATE, Audience.CADRE)


def test_a_scoring_table_in_lines_is_one_passage_a_scored_row(samples: Path, placer: Placer) -> None:
    (draft,) = drafts(samples / "scores.txt")
    rows = [piece for piece in draft.composed.pieces if piece.section[:1] == ("零陵区春季农村供水检查评分表",)]
    assert [piece.section[1:] for piece in rows] == [
        ("设施管护(50分)", "1.管网是否完好(30分)"),
        ("设施管护(50分)", "1.管网是否完好(30分)"),
        ("设施管护(50分)", "2.蓄水池是否加盖(20分 )"),
        ("服务管理(50分)", "1.水费公示(20分)"),
        ("服务管理(50分)", "2.群众满意度(30分)"),
        (),
    ]
    assert texts(draft)[-5] == (
        "序号：1；检查内容·一级目录：设施管护(50分)；检查内容·二级目录：1.管网是否完好(30分)；"
        "检查内容及评分标准：支管网是否有防冻措施(缺一处扣1分)。评分分值：10"
    )
    assert texts(draft)[-1] == "共计：100"
    assert draft.report.notes == ("落款日期看不全：〔缺字〕9年4月16日",)
    assert (draft.particulars.number, draft.particulars.publisher) == ("零水发〔2019〕7号", "零陵区水利局")
    assert draft.judged.kind is DocumentKind.CHECKLIST
    assert placer.place(draft).area == "431102"


def glossed(text: str) -> str:
    """Print the reading behind every third character, as the sites do that such pages come from."""
    return "".join(
        f"{char}({reading})" if at % 3 == 0 and "\u4e00" <= char <= "\u9fff" else char
        for at, (char, reading) in enumerate(zip(text, lazy_pinyin(list(text), style=Style.TONE), strict=True))
    )


def test_a_page_of_several_documents_is_parted_each_with_its_own_place_and_year(samples: Path, placer: Placer) -> None:
    page = samples / "collection.txt"
    first, second = drafts(page, glossed(page.read_text(encoding="utf-8")).encode())
    assert [draft.title for draft in (first, second)] == ["驻村帮扶工作总结范文一", "驻村帮扶工作总结范文二"]
    assert [placer.place(draft).area for draft in (first, second)] == ["620422", "430181"]
    years = [{found.value for found in draft.report.found if found.name == "年份"} for draft in (first, second)]
    assert years == [{"2016"}, set()]
    assert "(一)组织到位。老君坡镇、土门岘镇、大沟镇、平头川镇成立了工作专班" in first.composed.text
    assert "(一)組織到位。老君坡鎮、土門峴鎮" in first.composed.original
    assert "(zǔ)" not in first.composed.original
    assert [draft.composed.text.count("〔缺字〕") for draft in (first, second)] == [2, 0]
    assert len(first.report.lost) == 2
    assert {draft.judged.authority for draft in (first, second)} == {Authority.TEMPLATE}


def test_cleaning_accounts_for_every_character(samples: Path) -> None:
    for name in ("report.txt", "template.txt"):
        page = parse((samples / name).read_bytes(), name, 2026)
        (draft,) = page.drafts
        dropped = sum(dropped.characters for dropped in draft.report.dropped)
        kept = len("".join(draft.composed.original.split()))
        bars = page.raw.count("|") if name == "report.txt" else 0
        stated = page.raw.split("关于饮水安全排查问题整改情况的报告 |")[0].count("|") if bars else 0
        assert len("".join(page.raw.split())) == kept + dropped + bars - stated


@given(st.text(alphabet="一二三、（(1)低保村民。，；：|？\n\n 年月日2024范文表分共计序号", max_size=300))
def test_any_text_is_parsed_or_refused_and_loses_nothing_unreported(text: str) -> None:
    try:
        parsed = parse(text.encode(), "a.txt", 2026)
    except RefusedError:
        return
    for draft in parsed.drafts:
        for piece in draft.composed.pieces:
            assert draft.composed.original[piece.original.start : piece.original.end].strip()
    if (
        "|" not in text
        and not any(draft.composed.text.count("：") for draft in parsed.drafts)
        and len(parsed.drafts) == 1
    ):
        (draft,) = parsed.drafts
        kept = Counter("".join(draft.composed.original.split()))
        assert not kept - Counter("".join(text.split()))
