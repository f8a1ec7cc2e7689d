"""The sheet of the home visit, filled at the door or at the desk: in sections, kept while it is being filled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from starlette.responses import Response

from cases.access import access_case, open_file, reveal_file
from cases.actions.record_household import record_household
from cases.case import Case
from cases.details import HouseholdRecord
from cases.errors import CaseNotFoundError, CasesError, SheetError
from cases.history import last_of
from cases.household.form import FieldType, FormField, load_form
from cases.household.paper import Counted, income_paper
from cases.paper import numbered
from cases.queue import queue_item
from cases.states import Event
from storage.case_keys import case_vault
from storage.database import transaction
from storage.heads import head_text
from storage.ids import new_id
from storage.times import from_text, to_text
from web.officers import reveals
from web.officers.door import Desk, refusal_text
from web.officers.papers import show_paper
from web.officers.steps import day_of
from web.rendering import clock

# The first field of each section, and what the section is called.
_SECTIONS: Final = {
    "household_kind": "户和住处",
    "house": "住房、饮水、上学、医保",
    "wage": "收入和自付支出（算哪十二个月看下面的说明）",
    "loss": "损失、债务、资产",
    "capacity": "研判",
    "visitors": "签字和授权",
}
_MOST_MEMBERS: Final = 15
_OWN: Final = frozenset({"turn", "seal", "go", "version"})


@dataclass(frozen=True)
class Section:
    """A part of the sheet. ``prefix`` stands before the names of its fields."""

    title: str
    prefix: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class Filled:
    """What stands in the sheet: values by name, and when it was kept last."""

    values: Mapping[str, Sequence[str]]
    saved: str

    def text(self, name: str) -> str:
        """Return the value of a field."""
        return next(iter(self.values.get(name, ())), "")

    def has(self, name: str, choice: str) -> bool:
        """Tell whether a choice is ticked."""
        return choice in self.values.get(name, ())


def show(desk: Desk) -> Response:
    """GET /desk/case/{receipt}/sheet: go on where it was left."""
    return _page(desk, _kept(desk, _case(desk)) or _from_record(desk, _case(desk)))


def save(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/sheet/save: keep what is filled so far; the page says when."""
    case = _case(desk)
    with transaction(desk.store):
        _keep(desk, case)
    return Response(f"已存 {clock(desk.now)}", media_type="text/html; charset=utf-8")


def hand_in(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/sheet: add or take away a person, put it aside, or hand it in."""
    case, go = _case(desk), desk.form.text("go")
    with transaction(desk.store):
        _keep(desk, case)
    filled = _typed(desk)
    if go != "hand_in":
        return _page(desk, filled, members=_members(filled) + {"add": 1, "drop": -1}.get(go, 0))
    found_on = day_of(desk, "found_on")
    try:
        with desk.writing():
            record = HouseholdRecord(found_on, _sheet(filled))
            record_household(desk.store, case.receipt, record, actor=desk.officer, version=case.version, now=desk.now)
            desk.store.db.execute("DELETE FROM desk_drafts WHERE case_id = ?", [case.id])
            return desk.done(f"/desk/case/{case.receipt}", "采集表交了，人均收入按表里的数算好。")
    except CaseNotFoundError:
        raise
    except SheetError as error:
        return _page(desk, filled, problem=refusal_text(error), wrong=_wrong(error))
    except CasesError as error:
        return _page(desk, filled, problem=refusal_text(error))


def print_income(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/sheet/print: the income sheet that the household checks and signs."""
    receipt = desk.request.path_params["receipt"]
    with desk.reading():
        file = reveal_file(desk.store, receipt, officer=desk.officer, now=desk.now, reason="打印文书")
    record = last_of(file.history, Event.HOUSEHOLD_RECORDED)
    if record is None:
        return desk.page("refused.html", {"sentence": "这一户还没有采集表，先填表再打印。"}, status=409)
    counted = Counted(
        numbered(file.case), file.householder.name, record.happened_on, record.details["sheet"], head_text(desk.store)
    )
    paper = income_paper(counted, original=True)
    return show_paper(desk, paper, back=f"/desk/case/{receipt}")


def sections() -> list[Section]:
    """Return the household's sections in the order of the form."""
    parts: list[tuple[str, list[FormField]]] = []
    for field in load_form().household:
        if field.key in _SECTIONS or not parts:
            parts.append((_SECTIONS.get(field.key, ""), []))
        parts[-1][1].append(field)
    return [Section(title, "", tuple(fields)) for title, fields in parts]


def _page(
    desk: Desk,
    filled: Filled,
    *,
    members: int | None = None,
    problem: str = "",
    wrong: frozenset[str] = frozenset(),
) -> Response:
    case = _case(desk)
    file = open_file(desk.store, case.receipt, officer=desk.officer)
    count = max(1, min(_MOST_MEMBERS, members if members is not None else _members(filled)))
    people = [Section(f"第 {number} 个人", f"m{number}-", load_form().member) for number in range(1, count + 1)]
    context = {
        "case": case,
        "file": file,
        "sections": sections(),
        "people": people,
        "filled": filled,
        "wrong": wrong,
        "problem": problem,
        "found_on": desk.form.text("found_on") or filled.text("found_on") or desk.today.isoformat(),
        "possible": Event.HOUSEHOLD_RECORDED in queue_item(desk.store, case, officer=desk.officer).possible,
    }
    return desk.page("sheet.html", context, status=422 if problem else 200)


def _case(desk: Desk) -> Case:
    return access_case(desk.store, desk.request.path_params["receipt"], actor=desk.officer)


def _typed(desk: Desk) -> Filled:
    values: dict[str, list[str]] = {}
    for name, value in desk.form.pairs:
        if name not in _OWN and value.strip():
            values.setdefault(name, []).append(value.strip())
    return Filled(values, "")


def _keep(desk: Desk, case: Case) -> None:
    """Seal what is filled under the key of the case, one draft an officer and case."""
    row = next(
        desk.store.db.query("SELECT id FROM desk_drafts WHERE officer = ? AND case_id = ?", [desk.officer.id, case.id]),
        None,
    )
    row_id = row["id"] if row else new_id()
    body = json.dumps(dict(_typed(desk).values), ensure_ascii=False)
    sealed = case_vault(desk.store, case.id).seal(body, table="desk_drafts", row=row_id, column="body")
    desk.store.db.execute(
        "INSERT INTO desk_drafts (id, officer, case_id, body, saved_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (officer, case_id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
        [row_id, desk.officer.id, case.id, sealed, to_text(desk.now)],
    )


def _kept(desk: Desk, case: Case) -> Filled | None:
    row = next(
        desk.store.db.query("SELECT * FROM desk_drafts WHERE officer = ? AND case_id = ?", [desk.officer.id, case.id]),
        None,
    )
    if row is None:
        return None
    body = case_vault(desk.store, case.id).open_text(row["body"], table="desk_drafts", row=row["id"], column="body")
    return Filled(json.loads(body), clock(from_text(row["saved_at"])))


def _from_record(desk: Desk, case: Case) -> Filled:
    """Return the last sheet that was handed in, to start from, if this officer revealed the case."""
    if not reveals.is_revealed(desk, case):
        return Filled({}, "")
    with desk.reading():
        file = reveal_file(desk.store, case.receipt, officer=desk.officer, now=desk.now, reason="填入户采集表")
    record = last_of(file.history, Event.HOUSEHOLD_RECORDED)
    return Filled(_as_typed(record.details["sheet"]), "") if record else Filled({}, "")


def _as_typed(sheet: Mapping[str, Any]) -> dict[str, list[str]]:
    values = {key: _texts(value) for key, value in sheet.items() if key != "members"}
    for number, member in enumerate(sheet.get("members", []), start=1):
        values |= {f"m{number}-{key}": _texts(value) for key, value in member.items()}
    return values


def _texts(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["是" if value else "否"]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _members(filled: Filled) -> int:
    numbers = [int(name[1:].partition("-")[0]) for name in filled.values if _is_members(name)]
    return max(numbers, default=1)


def _is_members(name: str) -> bool:
    number, dash, _ = name[1:].partition("-")
    return name.startswith("m") and bool(dash) and number.isdecimal() and int(number) <= _MOST_MEMBERS


def _sheet(filled: Filled) -> dict[str, Any]:
    """Return the sheet as the cases room takes it; what cannot be read stays text, so that it is named as wrong."""
    form = load_form()
    sheet = _row(form.household, filled, "")
    rows = [_row(form.member, filled, f"m{number}-") for number in range(1, _members(filled) + 1)]
    return sheet | {"members": [row for row in rows if row]}


def _row(fields: Sequence[FormField], filled: Filled, prefix: str) -> dict[str, Any]:
    named = {field.key: _value(field, filled, prefix + field.key) for field in fields}
    return {key: value for key, value in named.items() if value not in ("", [])}


def _value(field: FormField, filled: Filled, name: str) -> Any:
    text = filled.text(name)
    match field.type:
        case FieldType.NUMBER | FieldType.MONEY if text:
            return _number(text)
        case FieldType.YES_NO if text:
            return text == "是"
        case FieldType.MANY:
            return list(filled.values.get(name, ()))
        case _:
            return text


def _number(text: str) -> int | float | str:
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value if isfinite(value) else text


def _wrong(error: SheetError) -> frozenset[str]:
    """Return the labels that the refusal names, by which the page marks their fields."""
    return frozenset([*error.params["missing"], *error.params["wrong"]])
