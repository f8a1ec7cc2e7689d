"""With care, a sentence must follow one statement of its source: what is spliced, widened or cut is refused."""

from __future__ import annotations

import pytest

from knowledge.evidence import Care, find_untraced
from places.gazetteer import Gazetteer, load_gazetteer

DIBAO = (
    "低保归民政，看收入和财产够不够低保条件；监测归农业农村部门，看有没有返贫致贫风险。\n"
    "同意的，从下个月起发；不同意的，3个工作日内书面告诉你原因。\n"
    "领低保的一般不能重复领，符合条件的可以报。"
)
STEPS = (
    "村里先受理，再入户核查；村里开民主评议会，在村务公开栏公示。核实完5个工作日内反馈结果。\n"
    "户口在哪个村，就由哪个村受理。\n"
    "收入稳定超过当年的监测范围，没有新的风险，当初的风险稳定消除或自然消失。\n"
    "残疾人可以由本人、监护人申请，原来参考扶贫标准的1.5倍左右。"
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("source", "true", "false"),
    [
        (DIBAO, "低保归民政管，看收入和财产够不够低保条件。", "低保看有没有返贫致贫风险。"),
        (DIBAO, "监测归农业农村部门。", "低保和监测都归民政管。"),
        (DIBAO, "不同意的，3个工作日内书面告诉您原因。", "同意的，3个工作日内书面告诉您原因。"),
        (DIBAO, "符合条件的可以报。", "领低保的可以报。"),
        (STEPS, "然后村里开民主评议会，在村务公开栏公示。", "村里开民主评议会以后，再入户核查。"),
        (STEPS, "户口在哪个村，就找哪个村受理。", "人在哪个村，就由哪个村受理。"),
        (STEPS, "收入稳定超过当年的监测范围，没有新的风险。", "收入稳定超过当年的监测范围，就可以算。"),
        (STEPS, "当初的风险稳定消除或者自然消失。", "没有新的风险而且当初的风险自然消失。"),
        (STEPS, "可以由本人、监护人申请。", "只有监护人可以申请。"),
        (STEPS, "参考扶贫标准的1.5倍左右。", "残疾人原来参考扶贫标准申请。"),
        (STEPS, "核实完5个工作日内反馈结果。", "村里5个工作日内公示。"),
    ],
)
def test_a_sentence_follows_a_statement_and_its_spliced_twin_does_not(
    source: str, true: str, false: str, gazetteer: Gazetteer
) -> None:
    assert find_untraced(true, [source], gazetteer, Care.STRICT) == ()
    assert find_untraced(false, [source], gazetteer, Care.STRICT) != ()


@pytest.mark.parametrize("source", [DIBAO, STEPS])
def test_a_source_and_each_of_its_sentences_pass_with_every_care(source: str, gazetteer: Gazetteer) -> None:
    for care in Care:
        assert find_untraced(source, [source], gazetteer, care) == ()
        assert all(find_untraced(f"{one}。", [source], gazetteer, care) == () for one in source.split("。") if one)


def test_more_care_never_passes_what_less_care_refuses(gazetteer: Gazetteer) -> None:
    said = ["低保由民政管，看收入。", "残疾人由村里申请，马上就能领。", "有空来坐坐，吃顿饭。", "不同意的，原因不说。"]
    refused = [
        {one for one in said if find_untraced(one, [DIBAO], gazetteer, care)}
        for care in (Care.NORMAL, Care.CAREFUL, Care.STRICT)
    ]
    assert refused[0] <= refused[1] <= refused[2]
    assert said[2] in refused[2]


def test_a_remark_in_brackets_may_be_left_out_and_a_condition_may_not(gazetteer: Gazetteer) -> None:
    source = "监测户（含脱贫不稳定户，看到的是转载）每户补1500元，符合条件的才发。"
    assert find_untraced("监测户每户补1500元，符合条件的才发。", [source], gazetteer, Care.STRICT) == ()
    assert find_untraced("监测户每户补1500元，就能发。", [source], gazetteer, Care.STRICT) != ()
