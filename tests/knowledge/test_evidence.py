"""A rewording passes only when every figure, office, place, negation and modal stands in its sources."""

from __future__ import annotations

import pytest

from knowledge.evidence import Claim, find_untraced
from places.gazetteer import load_gazetteer

SOURCES = [
    "2024年春季起：寄宿生小学每年1250元，初中每年1500元；不住校的困难学生减半，小学625元，初中750元。不用还。",
    "提交后5个工作日内，村里上门核实；从提交算起15个工作日内走完程序。对结果不服，可以向乡镇申请复核。",
    "领取补助应当由本人或者监护人申请，不得收取任何费用。",
]


def claims(text: str) -> set[Claim]:
    return {untraced.claim for untraced in find_untraced(text, SOURCES, load_gazetteer())}


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_passes_as_it_is(source: str) -> None:
    assert claims(source) == set()


@pytest.mark.parametrize(
    "text",
    [
        "初中每年1500块。",
        "初中每年一千五百元。",
        "上小学的寄宿生，每年1250元。",
        "不住校的小学625元。",
        "不住校的学生，小学625元。",
        "交上去5个工作日内，村里上门核实。",
        "不服结果的，可以向乡镇申请复核。",
        "补助由本人申请，不得收取费用。",
    ],
)
def test_a_faithful_rewording_passes(text: str) -> None:
    assert claims(text) == set()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("初中每年1800元。", Claim.NUMBER),
        ("初中每年1250元。", Claim.NUMBER),
        ("寄宿生小学每年1500元。", Claim.NUMBER),
        ("初中每年1500天。", Claim.NUMBER),
        ("15天走完程序。", Claim.NUMBER),
        ("2023年春季起，小学每年1250元。", Claim.NUMBER),
        ("不住校的小学750元。", Claim.NUMBER),
        ("小学住校的娃，每年1500元。", Claim.NUMBER),
        ("有事打12345。", Claim.NUMBER),
        ("至少5个工作日内村里上门核实。", Claim.NUMBER),
        ("可以向县民政局申请复核。", Claim.AGENCY),
        ("会宁县小学每年1250元。", Claim.PLACE),
        ("对结果不服，不可以向乡镇申请复核。", Claim.POLARITY),
        ("领取补助可以收取费用。", Claim.MODAL),
        ("对结果不服，必须向乡镇申请复核。", Claim.MODAL),
        ("报了就能马上领一台电视机。", Claim.STATEMENT),
    ],
)
def test_what_the_sources_do_not_say_is_found(text: str, claim: Claim) -> None:
    assert claim in claims(text)
