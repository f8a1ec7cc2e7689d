"""Some months of the invented county: reports come in, officers work, the clock ticks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from app.demo.county import appoint
from app.demo.desk import Day, work
from app.demo.households import CHANNEL, report_of
from cases.actions.own_case import withdraw
from cases.actions.submit_report import submit_report
from cases.actions.supplement import supplement
from cases.actors import Officer
from cases.calendar import calendar_of
from cases.clock import tick
from cases.details import Supplement
from cases.presence import is_away
from cases.reminders import remind
from cases.report import Report
from cases.rules import Workflow
from storage import outbox
from storage.database import transaction
from storage.store import Store
from web.officers.notices import chat_of

_EARLY: Final = timedelta(hours=-7)
_MORNING: Final = timedelta(hours=1)
_AFTERNOON: Final = timedelta(hours=7)
_EVENING: Final = timedelta(hours=12)


@dataclass(frozen=True)
class Story:
    """How much of an invented county there is, and up to when (aware time). The same *seed* tells the same story."""

    now: datetime
    cases: int = 120
    seed: int = 1
    days: int = 110


def live(store: Store, workflow: Workflow, story: Story, *, progress: Callable[[int, int], None]) -> list[Officer]:
    """Live through the story's days and return the county's officers."""
    dice = random.Random(story.seed)  # noqa: S311 - an invented story, no secret
    first = (story.now - timedelta(days=story.days)).date()
    officers = appoint(store, dice, first, _at(first, _EARLY))
    arrivals = [int(dice.triangular(0, story.days - 1, story.days - 1)) for _ in range(story.cases)]
    handed_in = 0
    for passed in range(story.days):
        day = first + timedelta(days=passed)
        _tick(store, _at(day, _EARLY))
        for _ in range(arrivals.count(passed)):
            _hand_in(store, workflow, report_of(handed_in, dice, _at(day, _MORNING), day), officers, dice)
            handed_in += 1
        if calendar_of(store).is_working_day(day):
            _go_to_work(Day(store, dice, day, _at(day, _AFTERNOON)), officers)
        _read_the_page(store, dice, _at(day, _EVENING))
        _read_notices(store, officers, dice, _at(day, _EVENING))
        progress(passed + 1, story.days)
    _tick(store, story.now)
    return officers


def _hand_in(store: Store, workflow: Workflow, report: Report, officers: list[Officer], dice: random.Random) -> None:
    """Hand in one report, from the reporter's page or by an officer; some add to it or take it back."""
    now = report.consent.at
    actor = report.tell or next(one for one in officers if one.roles_at(report.area_code))
    with transaction(store):
        case = submit_report(store, report, actor=actor, workflow=workflow, now=now).case
        if report.tell and dice.random() < 0.1:
            more = Supplement("医院的单据找到了，随时可以看。")
            supplement(store, case.receipt, more, actor=report.tell, now=now + timedelta(minutes=20))
        elif report.tell and dice.random() < 0.04:
            withdraw(store, case.receipt, actor=report.tell, now=now + timedelta(minutes=40))


def _go_to_work(day: Day, officers: list[Officer]) -> None:
    for officer in officers:
        if not is_away(day.store, officer.id, day.on):
            work(day, officer)


def _read_the_page(store: Store, dice: random.Random, now: datetime) -> None:
    """Let most reporters open their page: what it has for them is then told."""
    with transaction(store):
        for item in outbox.due(store, channel=CHANNEL, now=now, limit=500):
            if dice.random() < 0.8:
                outbox.mark_sent(store, item.id, now=now)


def _read_notices(store: Store, officers: list[Officer], dice: random.Random, now: datetime) -> None:
    """Let most officers look at what the console has to tell them."""
    with transaction(store):
        for officer in officers:
            if dice.random() < 0.8:
                chat = chat_of(officer)
                for item in outbox.waiting(store, channel=chat.channel, chat=chat.chat):
                    outbox.mark_sent(store, item.id, now=now)


def _tick(store: Store, now: datetime) -> None:
    done = 1
    while done:
        with transaction(store):
            done = tick(store, now) + remind(store, now)


def _at(day: date, hour: timedelta) -> datetime:
    """Return the moment so long after midnight UTC; Asia/Shanghai is eight hours ahead."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + hour
