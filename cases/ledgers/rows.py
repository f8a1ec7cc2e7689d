"""The rows of each ledger, from one file, the name of its area and that of its stage.

A masked file gives what may be seen: days, numbers, places, stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from cases.access import CaseFile
from cases.case import Case
from cases.history import HistoryEntry, last_of
from cases.household.income import ITEMS, income_of
from cases.states import Event

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Sequence[Cell]

REPORT_COLUMNS: Final = (
    "编号", "申报日期", "地方", "组", "户主", "电话", "申报人", "关系", "困难原因", "紧急", "受理人", "受理日期",
    "入户期限", "入户日期", "核查情况", "告知日期", "告知方式", "未纳入原因", "当前环节", "超期", "补录",
)  # fmt: skip
HOUSEHOLD_COLUMNS: Final = (
    "编号", "户主", "地方", "组", "类别", "识别年月", "主要风险", "次要风险", "户类别", "家庭人口", "工资性收入",
    "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出", "人均纯收入", "合规自付合计", "住房等级",
    "取水往返分钟", "失学辍学人数", "未参保人数", "帮扶联系人", "状态", "补录",
)  # fmt: skip
MEASURE_COLUMNS: Final = (
    "编号",
    "户主",
    "地方",
    "落实日期",
    "类别",
    "内容",
    "金额（元）",
    "责任单位",
    "佐证",
    "成效",
    "补录",
)
VISIT_COLUMNS: Final = ("编号", "户主", "地方", "走访日期", "走访的人", "现在的情况", "要办的", "补录")
RESOLUTION_COLUMNS: Final = (
    "编号", "户主", "地方", "识别日期", "满半年", "提出日期", "评议会日期", "到会人数", "公示开始", "公示期满",
    "乡镇审核日期", "县级审定日期", "文号", "标注日期", "回头看日期",
)  # fmt: skip
INCOME_COLUMNS: Final = (
    "编号", "户主", "地方", "采集日期", "起", "止", "人口", "工资性", "生产经营性", "财产性", "转移性",
    "生产经营性支出", "人均纯收入", "和上一次各项相差",
)  # fmt: skip
_HALF_A_YEAR: Final = 183
_PAID: Final = ("medical_paid", "education_paid", "housing_paid", "other_paid")


def report_rows(file: CaseFile, area: str, stage: str) -> Iterator[Row]:
    """Yield the line of a report in the register of intake."""
    case, form = file.case, file.form
    accepted, visit = _last(file, Event.ACKNOWLEDGED), _last(file, Event.HOME_VISIT_RECORDED)
    told, declined = _last(file, Event.TOLD), _last(file, Event.DECLINE_CONFIRMED)
    due = next((one.due.date.isoformat() for one in file.deadlines if one.key == "home_visit"), None)
    yield (
        *(case.receipt, case.applied_on.isoformat(), area, form.group if form else None),
        *_householder(file),
        *(file.reporter.name if file.reporter else None, form.relation if form else None),
        *(
            "、".join(form.causes) if form else None,
            "是" if case.urgent else "",
            accepted.by if accepted else None,
            _day(accepted),
        ),
        *(due, _day(visit), _said(visit, "findings"), _day(told), _said(told, "means"), _said(declined, "reason")),
        *(stage, "是" if any(one.is_overdue for one in file.deadlines) else ""),
        _entered(case),
    )


def household_rows(file: CaseFile, area: str, stage: str) -> Iterator[Row]:
    """Yield the line of a household that was enrolled."""
    enrolled, record = _last(file, Event.COUNTY_APPROVED), _last(file, Event.HOUSEHOLD_RECORDED)
    if enrolled is None:
        return
    sheet: Mapping[str, Any] = record.details.get("sheet", {}) if record else {}
    per_person = float(income_of(sheet, record.happened_on).per_person) if record and sheet else None
    paid = sum(sheet[key] for key in _PAID) if sheet else None
    support = _last(file, Event.SUPPORT_CHANGED) or _last(file, Event.PLAN_MADE)
    yield (
        *(file.case.receipt, file.householder.name, area, file.form.group if file.form else None),
        *(sheet.get("intended"), enrolled.happened_on.isoformat()[:7], sheet.get("main_risk")),
        *("、".join(sheet.get("second_risks", [])), sheet.get("household_kind"), sheet.get("people")),
        *(sheet.get(key) for key in ITEMS),
        *(per_person, paid, sheet.get("house"), sheet.get("water_minutes"), sheet.get("dropouts")),
        *(sheet.get("uninsured"), _said(support, "support_officer"), stage, _entered(file.case)),
    )


def measure_rows(file: CaseFile, area: str, _stage: str) -> Iterator[Row]:
    """Yield a line for each measure that was carried out."""
    for entry in _all(file, Event.MEASURE_RECORDED):
        said = (entry.details.get(key) for key in ("kind", "what", "amount", "unit_in_charge", "evidence", "effect"))
        yield (file.case.receipt, file.householder.name, area, _day(entry), *said, _late(entry))


def visit_rows(file: CaseFile, area: str, _stage: str) -> Iterator[Row]:
    """Yield a line for each visit to a household under monitoring."""
    for entry in _all(file, Event.VISITED):
        people = "、".join(entry.details.get("visitors", []))
        said = (people, entry.details.get("situation"), entry.details.get("needs"))
        yield (file.case.receipt, file.householder.name, area, _day(entry), *said, _late(entry))


def resolution_rows(file: CaseFile, area: str, _stage: str) -> Iterator[Row]:
    """Yield the line of a household whose end of monitoring was proposed."""
    enrolled, proposed = _last(file, Event.COUNTY_APPROVED), _last(file, Event.RESOLUTION_PROPOSED)
    if enrolled is None or proposed is None:
        return
    after = [entry for entry in file.history if entry.version > proposed.version]
    held, posted = last_of(after, Event.APPRAISAL_RECORDED), last_of(after, Event.NOTICE_POSTED)
    decided = last_of(after, Event.RISK_RESOLVED)
    half = (proposed.happened_on - enrolled.happened_on).days >= _HALF_A_YEAR
    yield (
        *(file.case.receipt, file.householder.name, area, _day(enrolled), "是" if half else "否", _day(proposed)),
        *(_day(held), _said(held, "attended"), _day(posted), _day(last_of(after, Event.NOTICE_ENDED))),
        *(_day(last_of(after, Event.TOWNSHIP_APPROVED)), _day(decided), _said(decided, "document_number")),
        *(_day(last_of(after, Event.ENTERED_NATIONALLY)), _day(last_of(after, Event.REASSESSED))),
    )


def income_rows(file: CaseFile, area: str, _stage: str) -> Iterator[Row]:
    """Yield a line for each sheet of the household, with the difference of each item to the one before."""
    before: Mapping[str, Any] | None = None
    for entry in _all(file, Event.HOUSEHOLD_RECORDED):
        sheet = entry.details.get("sheet")
        if not sheet:
            yield (file.case.receipt, file.householder.name, area, _day(entry), *([None] * 10))
            continue
        income = income_of(sheet, entry.happened_on)
        months = (income.period.first.isoformat(), income.period.last.isoformat())
        changes = "" if before is None else "、".join(f"{sheet[key] - before[key]:+g}" for key in ITEMS)
        numbers = (sheet["people"], *(sheet[key] for key in ITEMS), float(income.per_person), changes)
        yield (file.case.receipt, file.householder.name, area, _day(entry), *months, *numbers)
        before = sheet


def _householder(file: CaseFile) -> tuple[str, str]:
    return file.householder.name, file.householder.phone


def _all(file: CaseFile, event: Event) -> list[HistoryEntry]:
    return [entry for entry in file.history if entry.event is event]


def _last(file: CaseFile, event: Event) -> HistoryEntry | None:
    return last_of(file.history, event)


def _day(entry: HistoryEntry | None) -> str | None:
    return entry.happened_on.isoformat() if entry else None


def _said(entry: HistoryEntry | None, name: str) -> Cell:
    found: Cell = entry.details.get(name) if entry else None
    return found


def _entered(case: Case) -> str:
    """Return the mark of a report that was entered later than two working days after the application."""
    return "补录" if case.entered_late else ""


def _late(entry: HistoryEntry) -> str:
    return "补录" if entry.is_late else ""
