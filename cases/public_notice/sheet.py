"""The notice as it hangs on the board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cases.paper import Paper, Purpose
from cases.public_notice.leaks import Entry
from cases.public_notice.notice import PublicNotice
from language.dates import full_date

_SUBJECTS: Final = {
    Purpose.ENROLMENT: "拟纳入防止返贫致贫监测帮扶对象",
    Purpose.RESOLUTION: "拟标注风险消除的监测帮扶对象",
}


@dataclass(frozen=True)
class ObjectionCode:
    """What who objects may open or scan: an address, and the same as SVG."""

    address: str
    square: str


def notice_sheet(
    notice: PublicNotice,
    entries: Sequence[Entry],
    *,
    village: str,
    head: str,
    original: bool,
    code: ObjectionCode | None = None,
) -> Paper:
    """Return the sheet of a notice. *village* is the path of names from the province down."""
    subject = _SUBJECTS[notice.purpose]
    name = village.rsplit("/", 1)[-1]
    return Paper(
        title=f"{name}{subject}公示",
        opening=(
            f"经本人申报、入户核实、民主评议，现将{village.replace('/', '')}{subject}名单公示如下。",
            f"公示期：{full_date(notice.starts_on)}至{full_date(notice.ends_on)}。",
        ),
        columns=("序号", "户主", "村民小组"),
        rows=[(str(place), entry.householder, entry.group) for place, entry in enumerate(entries, start=1)],
        after=(
            "有不同意见的，请在公示期内当面、打电话或书面向村民委员会提出，可以不留姓名；村里登记编号，按期答复。",
            *([f"也可以扫码，或在手机上打开 {code.address}，照样登记编号。"] if code else []),
            f"监督电话：{notice.supervision}。",
            "列为监测帮扶对象不等于发钱。全程不收费。",
        ),
        closing=(
            f"{name}村民委员会（盖章）" if not name.endswith("委会") else f"{name}（盖章）",
            full_date(notice.starts_on),
        ),
        head=head,
        original=original,
        square=code.square if code else "",
    )
