"""Turns of speech that a faithful rewording takes, each with its twin that looks like it and is false."""

from __future__ import annotations

import pytest

from knowledge.evidence import find_untraced
from places.gazetteer import Gazetteer, load_gazetteer

GRANT = (
    "本科、专科的国家助学金平均每年3700元，分档在2500元到5000元之间，2024年秋季起。不用还。\n"
    "2024年春季以前：寄宿生小学每年1000元。这是旧标准，别按那个算。\n"
    "2026年是不是照旧，没有核实到原文。"
)
STEPS = (
    "提交后5个工作日内上门核实，不收任何费用，不要银行卡号。\n"
    "户口在哪个村，就由哪个村受理。公示不许写身份证号、手机号、银行账号。\n"
    "符合的确认，不符合的说明原因。急事可以先救急、手续后补。先找村委会、乡镇（街道）。"
)
PLACES = "安徽涡阳县2024年是20个工作日；郑州市中原区2023年是25个工作日。两处都公示7天。甘肃的没有核实到原文。"
LINES = "一是边缘易致贫户：一般农户，有致贫风险。二是脱贫不稳定户：以前脱贫的户，有返贫风险。收入低于线的，不等于就算。"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        (GRANT, "最低2500元，最高5000元。", "最低3700元，最高5000元。"),
        (GRANT, "从2024年秋季开始，平均每年3700元。", "从2024年秋季开始，每学期平均3700元。"),
        (GRANT, "那是老标准，现在不用了。", "小学现在每年1000元。"),
        (GRANT, "2024年春季以前，住校的小学生一年1000元。", "2024年春季起，住校的小学生一年1000元。"),
        (GRANT, "2026年还照不照旧，没有核实到。", "2026年照旧。"),
        (STEPS, "交上去5个工作日内来家里核实。", "交上去5天内来家里核实。"),
        (STEPS, "5个工作日上门核实。", "至少5个工作日上门核实。"),
        (STEPS, "身份证号、手机号、银行账号都不能写。", "身份证号、手机号、银行账号都要写。"),
        (STEPS, "您户口在哪个村，就找哪个村受理。", "您住在哪个村，就由哪个村受理。"),
        (STEPS, "不符合的，要讲明原因。", "不符合的，不用讲明原因。"),
        (STEPS, "急事可以先救急，手续以后再补。", "急事先补手续，再救急。"),
        (STEPS, "您先去找村委会、乡镇或者街道。", "您先去找村委会、民政或者街道。"),
        (STEPS, "不收钱，也不要您的银行卡号。", "不收钱，要交工本费。"),
        (STEPS, "提交以后，5个工作日内有人上门核实。", "报了就能领钱。"),
        (PLACES, "涡阳县2024年是20个工作日。", "涡阳县2024年是25个工作日。"),
        (PLACES, "两个地方都公示7天。", "甘肃公示25个工作日。"),
        (LINES, "边缘易致贫户，就是有致贫风险的一般农户。", "边缘易致贫户，就是以前脱贫、有返贫风险的户。"),
        (LINES, "收入比线低，不一定就算。", "收入比线低，就一定算。"),
    ],
)
def test_a_turn_of_speech_passes_and_its_false_twin_does_not(
    source: str, true: str, false: str, gazetteer: Gazetteer
) -> None:
    assert find_untraced(true, [source], gazetteer) == ()
    assert find_untraced(false, [source], gazetteer) != ()


def test_an_order_number_is_held_as_a_whole(gazetteer: Gazetteer) -> None:
    source = "只查到两个文号：甘乡振局发〔2023〕59号，是工作指南；甘农领办发〔2025〕4号，是调整监测范围时引用的。"
    assert not find_untraced("指南是甘乡振局发〔2023〕59号。", [source], gazetteer)
    assert find_untraced("指南是甘乡振局发〔2025〕59号。", [source], gazetteer)
