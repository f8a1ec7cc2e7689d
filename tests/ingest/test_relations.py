"""A document's own sentences tell which others it ends or amends; what it rests on is left alone."""

from __future__ import annotations

import pytest

from ingest.relations import read_relations
from knowledge.ties import Tie

OWN = ("会宁县临时救助实施细则", "会政发〔2024〕9号")


def told(text: str, title: str = OWN[0]) -> list[tuple[Tie, str, str]]:
    return [(one.tie, one.number, one.title) for one in read_relations(text, title=title, number=OWN[1])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "本细则自2024年5月1日起施行。《甲办法》（会政发〔2019〕5号）、《乙办法》同时废止。",
            [(Tie.REPEALS, "会政发〔2019〕5号", "甲办法"), (Tie.REPEALS, "", "乙办法")],
        ),
        (
            "原《甲办法》（会政办发[2018]第12号），自本细则印发之日起停止执行。",
            [(Tie.REPEALS, "会政办发〔2018〕12号", "甲办法")],
        ),
        ("本通知印发后，原会民发〔2020〕8号文件不再执行。", [(Tie.REPEALS, "会民发〔2020〕8号", "")]),
        ("此前印发的《甲通知》（会民发〔2017〕2号）由本通知替代。", [(Tie.REPLACES, "会民发〔2017〕2号", "甲通知")]),
        ("决定对《甲办法》（会政发〔2021〕7号）作如下修改：", [(Tie.AMENDS, "会政发〔2021〕7号", "甲办法")]),
        ("根据《甲办法》和《乙办法》，制定本细则，《丙办法》同时废止。", [(Tie.REPEALS, "", "丙办法")]),
        ("根据《甲办法》制定本细则。", []),
        ("《甲办法》已于2019年废止。", []),
        ("本细则有效期五年，到期自动失效。", []),
        ("《会宁县临时救助实施细则》（会政发〔2024〕9号）同时废止。", []),
    ],
)
def test_the_documents_that_a_sentence_ends_are_named(text: str, found: list[tuple[Tie, str, str]]) -> None:
    assert told(text) == found


def test_a_decision_to_repeal_ends_all_that_it_lists_but_what_stays_in_force() -> None:
    text = (
        "下列文件予以废止：\n1.《甲通知》（会民发〔2015〕1号）\n2.《乙通知》（会民发〔2016〕2号）\n3.《丙通知》继续有效"
    )
    assert told(text, "关于废止部分文件的通知") == [
        (Tie.REPEALS, "会民发〔2015〕1号", "甲通知"),
        (Tie.REPEALS, "会民发〔2016〕2号", "乙通知"),
    ]
    assert told(text) == []


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("关于修改《会宁县低保办法》的决定", (Tie.AMENDS, "", "会宁县低保办法")),
        ("会宁县低保办法（2024年修订）", (Tie.REPLACES, "", "会宁县低保办法")),
    ],
)
def test_a_title_tells_what_it_amends(title: str, found: tuple[Tie, str, str]) -> None:
    assert told("第一条 为做好低保工作，制定本办法。", title) == [found]


def test_evidence_stands_where_it_says() -> None:
    text = "第一条 为了救助。\n第二条 《甲办法》同时废止。"
    (one,) = read_relations(text, title=OWN[0], number=OWN[1])
    assert text[one.start :].lstrip().startswith(one.evidence[:5])
    assert 0 < one.confidence < 1
