"""Authority, kind, stage and audience are judged by evidence; without any, the weakest holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.judging import Signs, judge
from knowledge.standing import Audience, Authority, DocumentKind, Stage

NOTICE = Signs(
    title="关于做好农村低保工作的通知",
    body="各乡镇人民政府：现将有关事项通知如下。",
    page="索引号 620422/2024-1",
    furniture="主办单位：会宁县人民政府办公室 网站标识码：6204220000",
    number="会民发〔2024〕16号",
    index_number="620422/2024-1",
    openness="主动公开",
    issuers=("会宁县民政局",),
    year=2024,
)


def test_a_notice_that_a_government_site_published_is_official_and_public() -> None:
    judged = judge(NOTICE)
    assert (judged.authority, judged.kind) == (Authority.OFFICIAL, DocumentKind.NOTICE)
    assert (judged.stage, judged.audience) == (Stage.TRANSITION, Audience.PUBLIC)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于开展脱贫攻坚专项督查的通知", DocumentKind.NOTICE),
        ("关于饮水安全问题整改情况的报告", DocumentKind.REPORT),
        ("在全县推进会上的讲话", DocumentKind.SPEECH),
        ("9月份脱贫攻坚专项督查方案", DocumentKind.CHECKLIST),
    ],
)
def test_inspections_reports_and_speeches_are_for_cadres_even_when_published(title: str, kind: DocumentKind) -> None:
    judged = judge(replace(NOTICE, title=title))
    assert (judged.kind, judged.audience) == (kind, Audience.CADRE)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("甘肃省农村最低生活保障办法（试行）", DocumentKind.POLICY),
        ("关于印发《临时救助实施细则》的通知", DocumentKind.POLICY),
        ("农村低保申请指南", DocumentKind.GUIDE),
        ("帮扶工作100问", DocumentKind.QA),
        ("关于低保标准的公告", DocumentKind.NOTICE),
    ],
)
def test_kinds_are_told_by_the_title(title: str, kind: DocumentKind) -> None:
    assert judge(replace(NOTICE, title=title)).kind is kind


def test_a_sample_site_is_never_an_authority_however_official_the_sample_sounds() -> None:
    judged = judge(replace(NOTICE, furniture="当前位置:范文大全 > 公文范文 下面是小编为大家整理的通知"))
    assert (judged.authority, judged.kind) == (Authority.TEMPLATE, DocumentKind.SAMPLE)
    assert judged.audience is Audience.CADRE


def test_without_evidence_a_document_is_weak_and_internal() -> None:
    judged = judge(Signs(title="村里的事", body="一些情况。", page="", furniture=""))
    assert (judged.authority, judged.audience) == (Authority.UNKNOWN, Audience.INTERNAL)
    assert (judged.kind, judged.stage) == (DocumentKind.OTHER, Stage.ANY)


def test_an_official_paper_that_was_not_published_stays_internal() -> None:
    judged = judge(replace(NOTICE, furniture="", openness="", index_number=""))
    assert (judged.authority, judged.audience) == (Authority.OFFICIAL, Audience.INTERNAL)
    assert judge(replace(NOTICE, page="此件不公开")).audience is Audience.INTERNAL
    assert judge(replace(NOTICE, page="首页 政策法规 依申请公开")).audience is Audience.PUBLIC
    assert judge(replace(NOTICE, openness="依申请公开")).audience is Audience.INTERNAL
    unseen = replace(NOTICE, furniture="", openness="", index_number="", page="（此件公开发布）")
    assert judge(unseen).audience is Audience.PUBLIC


def test_the_press_is_no_authority() -> None:
    sign = Signs(title="低保政策暖人心", body="本报讯（记者 某某）", page="", furniture="", issuers=("甘肃日报",))
    judged = judge(sign)
    assert (judged.authority, judged.kind) == (Authority.MEDIA, DocumentKind.NEWS)


@pytest.mark.parametrize(
    ("year", "stage"),
    [(2020, Stage.CAMPAIGN), (2021, Stage.TRANSITION), (2025, Stage.TRANSITION), (2026, Stage.REGULAR)],
)
def test_the_stage_follows_the_year(year: int, stage: Stage) -> None:
    assert judge(replace(NOTICE, year=year)).stage is stage


def test_without_a_year_the_words_of_the_time_tell_the_stage() -> None:
    assert judge(replace(NOTICE, year=None, body="建档立卡贫困户精准扶贫工作")).stage is Stage.CAMPAIGN
