"""The papers that come of a meeting: its record, the request to the county, the list of households, the reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.meetings.meeting import Item, Meeting, MeetingKind
from cases.paper import ERASED, Paper, Purpose, numbered
from language.dates import full_date


class SheetKind(StrEnum):
    """What is printed of a meeting. Its values are what people type."""

    RECORD = "记录"
    REQUEST = "请示"
    LIST = "名单"
    REPLY = "批复"


SHEETS: Final[Mapping[MeetingKind, tuple[SheetKind, ...]]] = {
    MeetingKind.APPRAISAL: (SheetKind.RECORD, SheetKind.LIST),
    MeetingKind.TOWNSHIP_REVIEW: (SheetKind.RECORD, SheetKind.REQUEST, SheetKind.LIST),
    MeetingKind.COUNTY_DECISION: (SheetKind.REPLY, SheetKind.LIST),
}
_SUBJECTS: Final = {
    Purpose.ENROLMENT: "纳入防止返贫致贫监测帮扶对象",
    Purpose.RESOLUTION: "标注监测帮扶对象风险消除",
}
_SIGN: Final = "（签字）____________"


@dataclass(frozen=True)
class Row:
    """One household of a sheet. ``name`` may be masked; ``village`` is the name of its village."""

    item: Item
    name: str
    village: str
    masked: bool


@dataclass(frozen=True)
class Sheet:
    """What a sheet is made from. ``area`` is the name of the meeting's area."""

    meeting: Meeting
    rows: Sequence[Row]
    area: str
    head: str
    original: bool

    @property
    def agreed(self) -> list[Row]:
        """The households on which the meeting agreed."""
        return [row for row in self.rows if row.item.carried]


def sheet_of(kind: SheetKind, sheet: Sheet) -> Paper:
    """Return the sheet *kind* of a meeting whose kind has it (see ``SHEETS``)."""
    return _MAKERS[kind](sheet)


def _record(sheet: Sheet) -> Paper:
    return _appraisal(sheet) if sheet.meeting.kind is MeetingKind.APPRAISAL else _minutes(sheet)


def _appraisal(sheet: Sheet) -> Paper:
    meeting, sitting = sheet.meeting, sheet.meeting.sitting
    return Paper(
        title=f"{sheet.area}民主评议会记录（第 {meeting.number} 号）",
        opening=(
            f"时间：{full_date(meeting.held_on)}　地点：{sitting['place']}",
            f"应到 {sitting['expected']} 人，实到 {sitting['attended']} 人，最少要到 {sitting['quorum']} 人。",
            f"主持：{sitting['chair']}　记录：{sitting['recorder']}",
            f"事由：{_SUBJECTS[meeting.purpose]}",
        ),
        columns=("序号", "编号", "户主", "同意", "不同意", "弃权", "回避", "结论"),
        rows=[(*_who(place, row), *_votes(row)) for place, row in enumerate(sheet.rows, start=1)],
        after=("签到照片已存档。" if meeting.photo else "签到照片还没有交。",),
        closing=(f"主持人{_SIGN}", f"记录人{_SIGN}"),
        head=sheet.head,
        original=sheet.original,
    )


def _votes(row: Row) -> tuple[str, ...]:
    body = row.item.body
    if not body:
        return ("—", "—", "—", "—", ERASED)
    recused = f"{len(body['recused'])} 人" if row.masked else "、".join(body["recused"])
    counted = (str(body[name]) for name in ("in_favour", "against", "abstained"))
    outcome = "通过" if row.item.carried else "未通过"
    return (*counted, recused or "无", outcome if row.masked else f"{outcome}：{body['conclusion']}")


def _minutes(sheet: Sheet) -> Paper:
    meeting, sitting = sheet.meeting, sheet.meeting.sitting
    return Paper(
        title=f"{sheet.area}审核会议纪要（第 {meeting.number} 号）",
        opening=(
            f"时间：{full_date(meeting.held_on)}　地点：{sitting['place']}",
            f"主持：{sitting['chair']}　记录：{sitting['recorder']}",
            f"参加：{'、'.join(sitting['attendees'])}",
            f"事由：{_SUBJECTS[meeting.purpose]}",
        ),
        columns=("序号", "编号", "户主", "村", "结果", "意见"),
        rows=[
            (*_who(place, row), row.village, "同意" if row.item.carried else "退回", _opinion(row))
            for place, row in enumerate(sheet.rows, start=1)
        ],
        after=(),
        closing=(f"主持人{_SIGN}", f"记录人{_SIGN}"),
        head=sheet.head,
        original=sheet.original,
    )


def _opinion(row: Row) -> str:
    return "（略）" if row.masked else str(row.item.body["opinion"])


def _request(sheet: Sheet) -> Paper:
    meeting = sheet.meeting
    subject = _SUBJECTS[meeting.purpose]
    return _letter(
        sheet,
        title=f"关于{subject}的请示",
        opening=(
            "县级主管部门：",
            f"经入户核实、村级民主评议和公示，我们于{full_date(meeting.held_on)}开会审核，"
            f"同意将 {len(sheet.agreed)} 户{subject}。现报上名单，请审定。",
        ),
    )


def _reply(sheet: Sheet) -> Paper:
    meeting = sheet.meeting
    subject = _SUBJECTS[meeting.purpose]
    return _letter(
        sheet,
        title=f"关于{subject}的批复",
        opening=(f"经审定，同意将 {len(sheet.agreed)} 户{subject}。{meeting.sitting['opinion']}",),
    )


def _list(sheet: Sheet) -> Paper:
    return _letter(sheet, title=f"{_SUBJECTS[sheet.meeting.purpose]}名单", opening=())


def _letter(sheet: Sheet, *, title: str, opening: tuple[str, ...]) -> Paper:
    meeting = sheet.meeting
    number = (f"文号：{meeting.document_number}",) if meeting.document_number else ()
    return Paper(
        title=title,
        opening=(*number, *opening),
        columns=("序号", "编号", "户主", "村"),
        rows=[(*_who(place, row), row.village) for place, row in enumerate(sheet.agreed, start=1)],
        after=(f"共 {len(sheet.agreed)} 户。",),
        closing=(f"{sheet.area}（盖章）", full_date(meeting.held_on)),
        head=sheet.head,
        original=sheet.original,
    )


def _who(place: int, row: Row) -> tuple[str, str, str]:
    return str(place), numbered(row.item.case), row.name


_MAKERS: Final[Mapping[SheetKind, Callable[[Sheet], Paper]]] = {
    SheetKind.RECORD: _record,
    SheetKind.REQUEST: _request,
    SheetKind.LIST: _list,
    SheetKind.REPLY: _reply,
}
