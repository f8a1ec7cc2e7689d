"""我的今天: what an officer must do now, in the order in which it cannot wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.responses import Response

from bot.memory.calls import calls_for
from cases.presence import leaves_from
from cases.queue import QueueFilter, QueueItem, count_queue, list_queue
from cases.tallies import day_counts
from cases.telling import count_untold
from web.officers.door import Desk
from web.officers.labels import officer_names
from web.officers.notices import read_notices

_SHOWN: Final = 12


@dataclass(frozen=True)
class Count:
    """A number on the first page, and the list behind it."""

    label: str
    number: int
    address: str
    tone: str = ""


def show(desk: Desk) -> Response:
    """GET /desk."""
    waiting = QueueFilter(waiting=True)
    items = list_queue(desk.store, officer=desk.officer, today=desk.today, wanted=waiting, limit=_SHOWN)
    total = count_queue(desk.store, officer=desk.officer, today=desk.today, wanted=waiting)
    context = {
        "more": total - len(items),
        "names": officer_names(desk.store, (item.case.assignee for item in items)),
        "counts": _counts(desk, total, count_untold(desk.store, officer=desk.officer)),
        "leaves": leaves_from(desk.store, desk.officer.id, desk.today),
        "groups": _grouped(desk, items),
    }
    return desk.page("today.html", context)


def told(desk: Desk) -> Response:
    """GET /desk/told: the notices, which are read with it."""
    with desk.reading():
        notices = read_notices(desk.store, desk.officer, desk.site.word, now=desk.now)
    return desk.page("told.html", {"notices": notices})


def _grouped(desk: Desk, items: list[QueueItem]) -> list[tuple[str, list[QueueItem]]]:
    """Return the items under headings that say how near they are; the queue's own order stays."""
    groups: dict[str, list[QueueItem]] = {}
    for item in items:
        groups.setdefault(_heading(item, desk.today), []).append(item)
    return list(groups.items())


def _heading(item: QueueItem, today: date) -> str:
    if item.case.urgent:
        return "急件"
    if item.case.due_on is None:
        return "没有期限的"
    left = (item.case.due_on - today).days
    return "已经超期" if left < 0 else "今天到期" if left == 0 else "明天到期" if left == 1 else "以后到期"


def _counts(desk: Desk, waiting: int, untold: int) -> list[Count]:
    aside = count_queue(desk.store, officer=desk.officer, today=desk.today, wanted=QueueFilter(aside=True))
    day = day_counts(desk.store, officer=desk.officer, today=desk.today)
    return [
        Count("等我办", waiting, "/desk/queue?waiting=1"),
        Count("超期", day.overdue, "/desk/queue?due=overdue", "late"),
        Count("今天到期", day.due_today, "/desk/queue?due=today", "today"),
        Count("明天到期", day.due_tomorrow, "/desk/queue?due=tomorrow", "soon"),
        Count("紧急", day.urgent, "/desk/queue?urgent=1", "late"),
        Count("没人领", day.unclaimed, "/desk/queue?unclaimed=1"),
        *([Count("成批报来，先看看", aside, "/desk/queue?aside=1", "today")] if aside else []),
        Count("我领的", day.mine, "/desk/queue?mine=1"),
        Count("没告知到户", untold, "/desk/untold"),
        Count("请回电", len(calls_for(desk.store, desk.officer)), "/desk/calls", "today"),
    ]
