"""The household's own income sheet: what was counted, over which months, with the sum, to be checked and signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cases.household.form import load_form
from cases.household.income import COST, KINDS, income_of
from cases.paper import Paper
from language.dates import full_date

_PAID: Final = ("medical_paid", "education_paid", "housing_paid", "other_paid")


@dataclass(frozen=True)
class Counted:
    """A sheet as it is printed: of which case, whose, found when, and the latest head of the audit trail."""

    receipt: str
    householder: str
    found_on: date
    sheet: Mapping[str, Any]
    head: str


def income_paper(counted: Counted, *, original: bool) -> Paper:
    """Return the income sheet: four kinds, the cost of earning, what was paid out of pocket, and the sum a person."""
    sheet, income = counted.sheet, income_of(counted.sheet, counted.found_on)
    rows = [(_label(key), _sign(key), str(sheet[key])) for key in (*KINDS, COST)]
    rows += [(_label(key), "单列，不减", str(sheet[key])) for key in _PAID]
    return Paper(
        title="家庭收入测算表（农户核对）",
        opening=(
            f"编号：{counted.receipt}　户主：{counted.householder}　共同生活 {sheet['people']} 人",
            f"计算月份：{full_date(income.period.first)}至{full_date(income.period.last)}（十二个月）",
            f"入户日期：{full_date(counted.found_on)}　入户人：{sheet['visitors']}",
        ),
        columns=("项目", "怎么算", "金额（元）"),
        rows=rows,
        after=(
            f"人均纯收入：{income.formula} 元",
            "看病、上学、住房等自己付的钱单列，不从收入里减；审核时看收入和这些支出合起来日子过得怎么样。",
            "数不对的，请当场说。核对过了再签字，不会写字的按手印。",
        ),
        closing=("户主（签字或手印）____________", "日期____________"),
        head=counted.head,
        original=original,
    )


def _label(key: str) -> str:
    label = next(field.label for field in load_form().household if field.key == key)
    return label.removesuffix("（元）")


def _sign(key: str) -> str:
    return "减" if key == COST else "加"
