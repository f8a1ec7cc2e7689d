"""The written authorisation (承诺授权书): a paper that every grown member of the household signs, or puts a thumb to.

It is needed only before the household's data are compared with those of the departments; a report stands without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from cases.access import CaseFile, reveal_file
from cases.actors import Officer
from cases.history import last_of
from cases.household.sheet import age, birthday
from cases.paper import Paper, numbered
from cases.states import Event
from language.dates import full_date
from storage.heads import head_text
from storage.store import Store
from storage.times import local_date

_GROWN_UP: Final = 18
_BLANK_ROWS: Final = 6
_OPENING: Final = (
    "一、我家说的情况都是真的。说了假话，按规定处理。",
    "二、我和下面签字的家里人，同意为了这一次核实，由乡镇、县里到有关部门查一下我家的车、房、存款、工商登记、"
    "社保、是不是有人吃财政饭这几样。只查这一次要用的，只给办这件事的人看，不作别的用。",
    "三、查到的只是线索，用途由上门的人当面问清，不会因为查到一样就不管。",
    "四、不同意查，也照样受理我家报的难处；只是信息比对这一步做不了，后面会慢。签了以后反悔，跟乡镇说一声就停。",
    "五、办这件事不收一分钱。",
)
_AFTER: Final = (
    "家里成年人每人都要签字；不会写字的按手印，由上门的人把上面的话念一遍，念的人也签字：",
    "念的人（签字）：____________　　见证人（签字）：____________",
    "不满十八岁的不用签；不满十四岁的，由监护人在“监护人”一栏签字。",
    "本地有统一的授权书样式的，用本地的。",
)


def print_authorisation(store: Store, receipt: str, *, village: str, officer: Officer, now: datetime) -> Paper:
    """Return the paper of one case with the members that its visit found; that it was read is written down.

    Needs an open transaction.

    Raises:
        CaseNotFoundError: no such case, or none that this officer may know of.
    """
    file = reveal_file(store, receipt, officer=officer, now=now, reason="印承诺授权书")
    return authorisation(file, village=village, today=local_date(now), head=head_text(store))


def authorisation(file: CaseFile, *, village: str, today: date, head: str) -> Paper:
    """Return the paper of a revealed case: a row for each grown member, blank rows where nobody was recorded yet."""
    members = list(_grown_up(file, today))
    blank = [("", "", "", "", "")] * max(2, _BLANK_ROWS - len(members))
    return Paper(
        title="承诺授权书",
        opening=(f"户主：{file.householder.name}    住址：{village}    登记编号：{numbered(file.case)}", *_OPENING),
        columns=("姓名", "与户主关系", "签字或手印", "日期", "监护人（签字）"),
        rows=(*((name, relation, "", "", "") for name, relation in members), *blank),
        after=_AFTER,
        closing=(f"印制日期：{full_date(today)}",),
        head=head,
        original=True,
    )


def _grown_up(file: CaseFile, today: date) -> Iterator[tuple[str, str]]:
    record = last_of(file.history, Event.HOUSEHOLD_RECORDED)
    sheet: Mapping[str, Any] = record.details.get("sheet", {}) if record else {}
    for member in sheet.get("members", []):
        born = birthday(member)
        if born is None or age(born, today) >= _GROWN_UP:
            yield str(member.get("name", "")), str(member.get("relation", ""))
