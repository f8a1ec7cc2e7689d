"""The plainer version keeps every figure, is traced to its quote, and says what to do at the end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from knowledge.answer import Answer, AnswerKind, Basis, Citation
from knowledge.answering import entry_citations
from knowledge.entries import Entry
from knowledge.entries.starter import load_starter
from knowledge.evidence import find_untraced
from knowledge.evidence.words import load_words
from knowledge.plain_words import next_step_of, plain_words, simplified
from places.gazetteer import load_gazetteer

FIGURE = re.compile(r"\d+(?:\.\d+)?")
BRACKETS = re.compile("（[^（）]*）")
ENTRIES = load_starter()
RULE = (
    "提交后5个工作日内入户核实；经民主评议、公示、乡镇复核、县级审定的，告知理由。"
    "不得收取费用（甘肃秦安县公布的口径）。对结果有异议的，可以向乡镇申请复核。"
)


def answer_of(quote: str) -> Answer:
    citation = Citation("d", "办法", "县政府", "", "2024", "全国", "第一条", Basis.ORIGINAL, quote, "")
    return Answer(AnswerKind.ANSWER, quote, 0.9, (citation,))


@pytest.mark.parametrize("official", plain_words())
def test_a_plain_word_means_to_the_checker_what_the_official_one_means(official: str) -> None:
    words = load_words()
    assert words.plain(official) == words.plain(plain_words()[official]).replace("的", "")


def test_official_words_are_said_plainly_and_what_to_do_comes_last() -> None:
    plain = simplified(answer_of(RULE), load_gazetteer()).plain
    assert plain.splitlines() == [
        "提交后5个工作日内上门核实。",
        "· 经开会商量、公示、乡镇再查一遍、县级最后定的，告诉原因。",
        "· 不准收取费用。",
        "怎么办：",
        "· 对结果不服的，可以向乡镇申请再查一遍。",
    ]


@pytest.mark.parametrize("entry", ENTRIES[::3], ids=lambda entry: entry.id)
def test_the_plainer_version_of_an_entry_is_traced_and_keeps_its_figures(entry: Entry) -> None:
    given = Answer(AnswerKind.ANSWER, entry.answer, 0.9, entry_citations(entry))
    plain = simplified(given, load_gazetteer()).plain
    said = plain.replace("· ", "").replace("怎么办：\n", "")
    assert not find_untraced(said, [entry.answer], load_gazetteer())
    kept, outside = Counter(FIGURE.findall(plain)), Counter(FIGURE.findall(BRACKETS.sub("", entry.answer)))
    assert outside <= kept <= Counter(FIGURE.findall(entry.answer))


def test_a_refusal_has_no_plainer_version() -> None:
    refusal = Answer(AnswerKind.ABSTAIN, "没有查到。", 0.1)
    assert simplified(refusal, load_gazetteer()) == refusal


def test_the_next_step_has_papers_the_answer_names_and_tells_whether_it_says_to_report() -> None:
    answer = "先报。能拿出来的先备着：户口簿、身份证，看病的结算单。身份证号不用先填。"
    step = next_step_of(replace(ENTRIES[0], answer=answer))
    assert step.papers == ("户口簿", "身份证", "结算单")
    assert step.reports


@pytest.mark.parametrize(
    "answer", ["医疗救助报销70%。", "不能给你报数。", "有危险马上报警。", "还不能报。", "到医院先报身份证号。"]
)
def test_what_only_sounds_like_reporting_hardship_is_none(answer: str) -> None:
    assert not next_step_of(replace(ENTRIES[0], answer=answer)).reports


@pytest.mark.parametrize(
    ("answer", "until"),
    [
        ("9月30日前到村里缴费。", (0, 9, 30)),
        ("2026年11月30日以前申请，每人400元。", (2026, 11, 30)),
        ("申请截止到9月30日。", (0, 9, 30)),
        ("2023年2月20日启用。", None),
        ("2025年底前申请。", None),
        ("9月30日前缴费，10月15日前登记。", None),
        ("2024年9月30日以前是旧标准。", None),
    ],
)
def test_the_last_day_is_the_one_that_the_answer_sets_for_handing_in(
    answer: str, until: tuple[int, int, int] | None
) -> None:
    assert next_step_of(replace(ENTRIES[0], answer=answer)).until == until
