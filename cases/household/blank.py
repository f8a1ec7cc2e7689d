"""The form of the home visit on paper, to be filled by hand at a door without a net."""

from __future__ import annotations

from typing import Final

from cases.household.form import FieldType, FormField, load_form
from cases.paper import Paper

_PEOPLE: Final = 5
_BOX: Final = "□"
_JOINED: Final = "\u2060"  # a word joiner: a choice is not parted from its box, nor in its middle
_MUST: Final = "★"


def blank_papers(receipt: str) -> tuple[Paper, Paper]:
    """Return the two papers of the form for one case: the household's fields, and the members', a column each."""
    form = load_form()
    household = Paper(
        title="入户采集表（一）户",
        opening=(
            f"登记编号：{receipt}　　入户日期：____________",
            f"{_MUST}必填。一项一项问，当面填；不知道的空着，别估。",
        ),
        columns=("项目", "填写", "怎么填"),
        rows=[(_label(field), _room(field), field.help) for field in form.household],
        after=(
            "户主（签字或手印）：____________　　日期：____________",
            "入户人（两人以上签字）：____________　　____________",
        ),
        closing=(),
        head="",
        original=True,
        widths=(30, 42, 28),
    )
    members = Paper(
        title="入户采集表（二）家里的人",
        opening=(f"登记编号：{receipt}　　{_MUST}必填。一列一个人，超过 {_PEOPLE} 个人的另加一张。",),
        columns=("项目", *(f"第 {number} 人" for number in range(1, _PEOPLE + 1))),
        rows=[(_label(field, choices=True), *[""] * _PEOPLE) for field in form.member],
        after=(),
        closing=(),
        head="",
        original=True,
        widths=(35, *[13] * _PEOPLE),
    )
    return household, members


def _label(field: FormField, *, choices: bool = False) -> str:
    must = _MUST if field.required else ""
    return f"{must}{field.label}" + (f"：{_options(field)}" if choices and _options(field) else "")


def _room(field: FormField) -> str:
    """Return the boxes to tick; nothing where there is something to write."""
    return "　".join(_JOINED.join(f"{_BOX}{choice}") for choice in _choices(field))


def _options(field: FormField) -> str:
    return "/".join(_choices(field))


def _choices(field: FormField) -> tuple[str, ...]:
    return ("是", "否") if field.type is FieldType.YES_NO else field.choices
