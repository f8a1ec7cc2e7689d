"""The days that bundled entries state are the days that the workflow counts."""

from __future__ import annotations

from datetime import date

import pytest

from cases.workflow import load_workflow
from knowledge.entries import Entry, load_starter

TODAY = date(2026, 11, 21)


def stating(area: str) -> list[Entry]:
    return [entry for entry in load_starter() if entry.area == area and entry.deadlines and entry.holds_on(TODAY)]


@pytest.mark.parametrize(
    ("variant", "area", "limits"),
    [
        ("gansu-2023", "甘肃省", {"home_visit", "result_told", "whole_process"}),
        ("anhui-2022", "安徽省", {"home_visit", "whole_process"}),
        ("hainan-2021", "海南省", {"whole_process"}),
        ("national-2021", "全国", {"whole_process", "public_notice"}),
    ],
)
def test_entries_and_workflow_state_the_same_days(variant: str, area: str, limits: set[str]) -> None:
    workflow = load_workflow(variant)
    entries = stating(area)
    assert {name for entry in entries for name in entry.deadlines} == limits
    for entry in entries:
        for name, days in entry.deadlines.items():
            limit = workflow.deadlines[name]
            assert (days.value, days.unit) == (limit.value, limit.unit), f"{entry.id}: {name}"
