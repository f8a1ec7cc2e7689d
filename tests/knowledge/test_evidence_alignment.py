"""A line follows the sentence that it rewords: what is spliced, widened, cut or taken from its neighbour is refused."""

from __future__ import annotations

import pytest

from knowledge.evidence import Care, Claim, find_strayed
from knowledge.sentences import sentences_of
from places.gazetteer import Gazetteer, load_gazetteer

DIBAO = "低保归民政，看收入和财产够不够低保条件；监测归农业农村部门，看有没有返贫致贫风险。"
LOAN = "本科、专科每年最高2万元，研究生2.5万元，在户口所在地（生源地）或学校办。"
SHARE = "申请前12个月的刚性支出占收入的比例超过当地规定。"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("sentence", "true", "false"),
    [
        (
            "低保归民政，看收入和财产够不够低保条件；",
            "低保归民政管，看收入和财产够不够低保条件。",
            "低保归民政，看有没有返贫致贫风险。",
        ),
        (
            "监测归农业农村部门，看有没有返贫致贫风险。",
            "监测归农业农村部门管，看有没有返贫致贫的风险。",
            "低保归农业农村部门，看有没有返贫致贫风险。",
        ),
        (
            "不同意的，3个工作日内书面告诉你原因。",
            "不同意的，3个工作日内书面告诉您原因。",
            "同意的，3个工作日内书面告诉您原因。",
        ),
        (
            "符合条件的可以报。",
            "符合条件的，可以报。",
            "都可以报。",
        ),
        (
            "户口在哪个村，就由哪个村受理。",
            "户口在哪个村，就找哪个村受理。",
            "人在哪个村，就由哪个村受理。",
        ),
        (
            "收入稳定超过当年的监测范围，没有新的风险。",
            "收入稳定超过当年的监测范围，也没有新的风险。",
            "收入稳定超过当年的监测范围，就可以算。",
        ),
        (
            "当初的风险已经稳定消除或自然消失。",
            "当初的风险稳定消除了，或者自然消失了。",
            "当初的风险稳定消除而且自然消失。",
        ),
        (
            "残疾人可以由本人、监护人申请。",
            "残疾人可以由本人、监护人来申请。",
            "残疾人只有监护人可以申请。",
        ),
        (
            "2021年以后各地都提高了，每年还在调。",
            "2021年以后，各地都提高了，而且每年还在调。",
            "2021年以后每年都提高。",
        ),
        (
            "各地牌子不一样，找县级农业农村部门就对了。",
            "找县级农业农村部门就对了，各地的牌子不一样。",
            "找各地的农业农村部门就对了，县级牌子不一样。",
        ),
        (
            "残疾证还没办的，问县残联怎么评。",
            "残疾证还没有办的，请问县残联怎么评。",
            "残疾证办了的，问县残联怎么评。",
        ),
        (
            "在生源地或学校办都行。",
            "在生源地办，或者在学校办，都可以。",
            "在生源地办，或者在学校办，都不可以。",
        ),
        (
            "口头说就行。",
            "口头说就可以。",
            "口头说还不行。",
        ),
        (
            "也不是收入低于线就一定算、高于线就一定不算。",
            "也不是说收入低于线就一定算，高于线就一定不算。",
            "收入低于线就一定算，高于线就一定不算。",
        ),
        (
            "只填申请人4项信息。",
            "只需要填申请人的4项信息。",
            "填申请人的4项信息。",
        ),
        (
            SHARE,
            "申请前12个月里刚性支出占收入的比例超过当地规定。",
            "申请前12个月的收入占刚性支出的比例超过当地规定。",
        ),
        (
            SHARE,
            "申请前12个月内，刚性支出占收入的比例超过了当地规定。",
            "申请前12个月的刚性支出占收入的比例超过规定的一半。",
        ),
        (
            "利率是LPR减0.7个百分点。",
            "利率按LPR减0.7个百分点算。",
            "利率是MLF减0.7个百分点。",
        ),
        (
            "贷款要还。",
            "贷款是要还的。",
            "贷款要还，www.example.org。",
        ),
        (
            "不对，那是老数。",
            "不对，那是以前的老数。",
            "对，那是现在的数。",
        ),
        (
            "在户口所在地或学校办，不收费。",
            "可以在户口所在地或者学校办，不收费。",
            "可以不在户口所在地或学校办，不收费。",
        ),
        (
            LOAN,
            "本科、专科一年最高2万元，研究生2.5万元，在户口所在地（生源地）或者学校办。",
            "本科、专科每年最高2.5万元，研究生2万元，在户口所在地或学校办。",
        ),
        (
            "按家庭年人均纯收入算，各省各县自己定，每年调。",
            "按家庭年人均纯收入来算，各省各县自己定，每年都会调。",
            "按家庭年人均纯收入算，由国家来定，每年调。",
        ),
    ],
)
def test_a_line_follows_its_sentence_and_its_false_twin_does_not(
    sentence: str, true: str, false: str, gazetteer: Gazetteer
) -> None:
    assert find_strayed(true, sentence, gazetteer, beside=DIBAO) == ()
    assert find_strayed(false, sentence, gazetteer, beside=DIBAO) != ()


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        (LOAN, "研究生每年最高2.5万元，在户口所在地或学校办。"),
        ("不是脱贫户也可能算进来。", "不是脱贫户也算进来。"),
        ("符合条件的，按程序列为重点帮扶户。", "按程序列为重点帮扶户。"),
        ("高于线但突然遭难的，也可能属于突发严重困难户。", "高于线的，也可能属于突发严重困难户。"),
        ("利率是LPR减0.7个百分点，一年一定。", "利率是减0.7个百分点，一年一定。"),
        ("2024年春季以前的旧标准是每年1000元。", "旧标准是每年1000元。"),
    ],
)
def test_a_line_that_leaves_out_a_figure_a_doubt_or_a_condition_does_not_stand_for_its_sentence(
    sentence: str, line: str, gazetteer: Gazetteer
) -> None:
    assert Claim.OMISSION in {one.claim for one in find_strayed(line, sentence, gazetteer)}


@pytest.mark.parametrize(
    "added", ["先到先得", "由村干部说了算", "要先交押金", "家家都有份", "过期不候", "干部家属除外", "不用审核就发钱"]
)
def test_a_clause_of_its_own_makes_a_long_line_false(added: str, gazetteer: Gazetteer) -> None:
    line = LOAN.replace("每年", "一年").rstrip("。")
    assert find_strayed(f"{line}。", LOAN, gazetteer) == ()
    assert find_strayed(f"{line}，{added}。", LOAN, gazetteer) != ()
    assert find_strayed(f"{added}，{line}。", LOAN, gazetteer) != ()


@pytest.mark.parametrize("quote", [DIBAO, LOAN, "会的。\n不收任何费用；办完5个工作日内告诉你。"])
def test_a_sentence_stands_for_itself_with_every_care_and_never_for_another(quote: str, gazetteer: Gazetteer) -> None:
    sentences = sentences_of(quote)
    for care in Care:
        assert all(find_strayed(one, one, gazetteer, care=care) == () for one in sentences)
    assert all(find_strayed(one, other, gazetteer) for one in sentences for other in sentences if one != other)


def test_more_care_never_passes_what_less_care_refuses(gazetteer: Gazetteer) -> None:
    sentence = "低保归民政，看收入和财产够不够低保条件。"
    said = ["低保由民政管，看收入。", "残疾人由村里申请，马上就能领。", "有空来坐坐，吃顿饭。", "低保归民政来管的。"]
    refused = [{one for one in said if find_strayed(one, sentence, gazetteer, care=care)} for care in Care]
    assert refused[0] <= refused[1] <= refused[2]
    assert said[2] in refused[1]


def test_a_remark_in_brackets_may_be_left_out_and_a_condition_may_not(gazetteer: Gazetteer) -> None:
    sentence = "监测户（含脱贫不稳定户，看到的是转载）每户补1500元，符合条件的才发。"
    assert find_strayed("监测户每户补1500元，符合条件的才发。", sentence, gazetteer) == ()
    assert find_strayed("监测户每户补1500元，就能发。", sentence, gazetteer) != ()
    assert find_strayed("监测户每户补1500元。", sentence, gazetteer) != ()
