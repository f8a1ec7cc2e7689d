"""When a passage in force gives another figure than an entry: the same thing, unit, count and year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.answer import Hit
from knowledge.entries import Entry, bundled_entry
from knowledge.entry_conflicts import Rival, conflicts_between

DOCUMENT = Rival("dold", "会宁县农机报废补贴办法", "620422")


def entry(answer: str, question: str = "旧拖拉机能以旧换新吗？") -> Entry:
    """Return an entry of these words."""
    bundled = bundled_entry("three-kinds")
    assert bundled is not None
    return replace(bundled, id="own", question=question, answer=answer, valid_from=None, valid_to=None)


@pytest.mark.parametrize(
    ("answer", "passage", "figures"),
    [
        ("报废旧拖拉机，每台补贴1234元。", "农户报废旧拖拉机的，每台补贴1500元。", [("1234元", "1500元")]),
        ("报废旧拖拉机，每台补贴1234元。", "农户报废旧拖拉机的，每台补贴1234元。", []),
        ("报废旧拖拉机，每台补贴一千二百三十四元。", "农户报废旧拖拉机的，每台补贴1234元。", []),
        ("报废旧拖拉机，每台补贴1234元。", "农户报废旧拖拉机的，15个工作日内打到卡上。", []),
        ("报废旧拖拉机，每台补贴1234元。", "报废联合收割机的，由县农业农村局登记，登记费20元。", []),
        ("报废旧拖拉机，每台补贴1234元。", "报废旧拖拉机的，每台最高补贴2000元。", []),
        ("报废旧拖拉机，每台补贴2234元。", "报废旧拖拉机的，每台最高补贴2000元。", [("2234元", "2000元")]),
        ("报废旧拖拉机，每台补贴1234元。", "2024年报废旧拖拉机的，每台补贴900元。", []),
        (
            "2024年报废旧拖拉机，每台补贴1234元。",
            "2024年报废旧拖拉机的，每台补贴900元。",
            [("1234元", "900元")],
        ),
        (
            "报废旧拖拉机，每台补贴1234元。",
            "报废旧拖拉机的，每台补贴1500元。报废大型旧拖拉机的，每台补贴1234元。",
            [],
        ),
    ],
)
def test_only_another_figure_of_the_same_thing_is_one(
    answer: str, passage: str, figures: list[tuple[str, str]]
) -> None:
    found = conflicts_between(entry(answer), DOCUMENT, [Hit("dold", "补贴标准", passage, 1.0)], 2026)
    assert [(one.figure, one.other) for one in found] == figures


def test_what_is_counted_otherwise_is_another_thing() -> None:
    hit = Hit("dold", "保障标准", "农村低保标准为每人每年5520元。", 1.0)
    monthly = entry("农村低保标准是每月460元。", "农村低保标准是多少？")
    yearly = entry("农村低保标准是每人每年5400元。", "农村低保标准是多少？")
    assert conflicts_between(monthly, DOCUMENT, [hit], 2026) == []
    assert [one.other for one in conflicts_between(yearly, DOCUMENT, [hit], 2026)] == ["5520元"]
