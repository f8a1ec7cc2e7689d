"""A simulated county at its queue: ``python bench/county.py [--cases 10000] [--days 30] [--seed 1]``.

Reports arrive over some weeks around the National Day holiday; officers, some of them on leave, work the queue on
working days, each step in a transaction of its own that is on disk when it ends; the clock ticks every day in
batches. After every tick no open limit may be past its date without an escalation. Figures are printed as a table.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from cases.act import Act
from cases.actions.appoint_officer import appoint_officer, issue_link
from cases.actions.bind_officer import bind_officer
from cases.actions.claim import claim
from cases.actions.record_leave import record_leave
from cases.actions.step import take_step
from cases.actions.submit_report import submit_report
from cases.actors import Grant, Officer, Operator, Reporter, Role
from cases.calendar import calendar_of
from cases.case import case_of
from cases.clock import tick
from cases.details import (
    Acknowledgement,
    Announcement,
    Appraisal,
    AssistancePlan,
    ConsentSigned,
    CountyApproval,
    CrossCheck,
    DeclineConfirmation,
    DeclineProposal,
    Details,
    HomeVisit,
    HouseholdRecord,
    NationalEntry,
    Posting,
    PostingEnd,
    TownshipApproval,
)
from cases.errors import AlreadyClaimedError, CasesError
from cases.presence import Leave, is_away
from cases.queue import QueueFilter, QueueItem, list_queue
from cases.report import Cause, Consent, Relation, Report
from cases.states import Event
from cases.tasks import TaskKind
from cases.workflow import load_workflow
from storage.database import FILE_NAME, open_store, transaction
from storage.store import Store
from storage.vault import new_key
from storage.verification import verify_file

COUNTY = "620422"
TOWNSHIPS, VILLAGES = 8, 10
FIRST_DAY = date(2026, 9, 14)
SURNAMES = "王李张刘陈杨赵黄周吴马苏何孙"
# How often a case in his queue is worked by an officer on a working day: some are always late.
DILIGENCE = 0.5

Writer = Callable[[date], Details]
# What is done first where several things are possible.
WORDS: dict[Event, Writer] = {
    Event.DECLINE_CONFIRMED: lambda _: DeclineConfirmation("不在本村。"),
    Event.CONSENT_SIGNED: ConsentSigned,
    Event.CROSS_CHECKED: lambda day: CrossCheck(day, "无异常。"),
    Event.PLAN_MADE: lambda day: AssistancePlan(day, "公益性岗位", "甲"),
    Event.ENTERED_NATIONALLY: lambda day: NationalEntry(day, "6204220001"),
    Event.ANNOUNCED: lambda day: Announcement(day, "村务公开栏"),
    Event.COUNTY_APPROVED: lambda _: CountyApproval("同意纳入。", "1号"),
    Event.TOWNSHIP_APPROVED: lambda _: TownshipApproval("同意。"),
    Event.NOTICE_ENDED: lambda day: PostingEnd(day, 0),
    Event.NOTICE_POSTED: lambda day: Posting(day, "村务公开栏"),
    Event.APPRAISAL_RECORDED: lambda day: Appraisal(day, "同意上报。", 23, 23),
    Event.HOUSEHOLD_RECORDED: lambda day: HouseholdRecord(day, {"members": []}),
    Event.HOME_VISIT_RECORDED: lambda day: HomeVisit(day, "情况属实。", ("甲", "乙")),
    Event.ACKNOWLEDGED: lambda _: Acknowledgement(),
}


@dataclass
class County:
    """The county under simulation. ``seconds`` are durations by what was done."""

    store: Store
    dice: random.Random
    officers: list[Officer]
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0
    violations: int = 0

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Measure the block."""
        start = time.perf_counter()
        yield
        self.seconds[what].append(time.perf_counter() - start)


def main() -> int:
    """Simulate and print; exit code 1 when a case was past its limit without an escalation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), new_key())
        dice = random.Random(options.seed)
        county = County(store, dice, settle(store, dice))
        arrivals = [dice.randrange(options.days * 2 // 3) for _ in range(options.cases)]
        for number in range(options.days):
            live_a_day(county, FIRST_DAY + timedelta(days=number), arrivals.count(number), options.seed)
            print(f"day {number + 1} of {options.days}", file=sys.stderr)
        look_at_queues(county, FIRST_DAY + timedelta(days=options.days))
        with county.timed("verify the chain"):
            verdict = verify_file(Path(folder) / FILE_NAME, [], [])
        assert not verdict.findings, verdict.findings
        report(county, options.cases)
        storm(county, FIRST_DAY + timedelta(days=options.days + 60))
        store.db.close()
    return 1 if county.violations else 0


def settle(store: Store, dice: random.Random) -> list[Officer]:
    """Appoint two officers a village, three a township, four at the county; a fifth of them go on leave once."""
    now = datetime(2026, 9, 1, tzinfo=UTC)
    grants = [Grant(Role.COUNTY, COUNTY)] * 4
    for township in range(TOWNSHIPS):
        scope = f"{COUNTY}{101 + township}"
        grants += [Grant(Role.TOWNSHIP, scope)] * 3
        for village in range(VILLAGES):
            grants += [Grant(Role.VILLAGE, f"{scope}{201 + village}"), Grant(Role.WORK_TEAM, f"{scope}{201 + village}")]
    officers = []
    with transaction(store):
        for number, grant in enumerate(grants):
            officer = appoint_officer(store, f"干部{number}", [grant], actor=Operator(), now=now)
            code = issue_link(store, officer, actor=Operator(), now=now)
            bind_officer(store, code, actor=Reporter("telegram", f"officer-{number}"), now=now)
            officers.append(officer)
        for officer in dice.sample(officers, len(officers) // 5):
            first = FIRST_DAY + timedelta(days=dice.randrange(25))
            deputy = next((other for other in officers if other.grants == officer.grants and other != officer), None)
            record_leave(
                store, officer, Leave(first, first + timedelta(days=dice.randrange(3, 12)), deputy), actor=Operator(),
                now=now,
            )  # fmt: skip
    return officers


def live_a_day(county: County, day: date, arriving: int, seed: int) -> None:
    """Let reports arrive, officers work, and the clock tick early and late."""
    morning = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    tick_through(county, morning - timedelta(hours=8, minutes=59), day)
    for number in range(arriving):
        hand_in(county, f"{seed}-{day}-{number}", morning)
    if calendar_of(county.store).is_working_day(day):
        for officer in county.officers:
            if not is_away(county.store, officer.id, day):
                work(county, officer, day, morning + timedelta(hours=2))


def hand_in(county: County, submission: str, now: datetime) -> None:
    """Submit one report from anywhere in the county."""
    dice = county.dice
    area = f"{COUNTY}{101 + dice.randrange(TOWNSHIPS)}{201 + dice.randrange(VILLAGES)}"
    chat = Reporter("web", submission)
    report = Report(
        submission_id=submission,
        relation=Relation.SELF,
        householder=dice.choice(SURNAMES) + "某某",
        phone=f"13{dice.randrange(10**9):09d}",
        area_code=area,
        story="家里有人住院，自付多。",
        consent=Consent("2026-01", now),
        applied_on=(now + timedelta(hours=8)).date(),
        causes=(Cause.ILLNESS,),
        tell=chat,
    )
    with county.timed("submit"), transaction(county.store):
        submit_report(county.store, report, actor=chat, workflow=load_workflow("gansu-2023"), now=now)


def work(county: County, officer: Officer, day: date, now: datetime) -> None:
    """Let one officer work part of his queue."""
    with county.timed("list what waits"):
        items = list_queue(county.store, officer=officer, today=day, wanted=QueueFilter(waiting=True), limit=40)
    for item in items:
        if county.dice.random() < DILIGENCE:
            step(county, officer, item, day, now)


def step(county: County, officer: Officer, item: QueueItem, day: date, now: datetime) -> None:
    """Do the next thing that this officer may do with a case; sometimes propose to decline it."""
    if Event.CLAIMED in item.possible:
        try_to(
            county,
            "claim",
            lambda: claim(county.store, item.case.receipt, actor=officer, version=item.case.version, now=now),
        )
        return
    if Event.DECLINE_PROPOSED in item.possible and county.dice.random() < 0.03:
        details: Details = DeclineProposal("不在本村。")
    else:
        event = next((event for event in WORDS if event in item.possible and is_wanted(event, item)), None)
        if event is None:
            return
        details = WORDS[event](day)
    act = Act(details, officer, now)
    try_to(county, "step", lambda: take_step(county.store, item.case.receipt, act, version=item.case.version))


def is_wanted(event: Event, item: QueueItem) -> bool:
    """Tell whether an event is needed: a sheet may be handed in again and again."""
    return event is not Event.HOUSEHOLD_RECORDED or TaskKind.RECORD_HOUSEHOLD in item.tasks


def try_to(county: County, what: str, action: Callable[[], object]) -> None:
    """Do *action* in a transaction and measure it; a refusal is counted and undone."""
    try:
        with county.timed(what), transaction(county.store):
            action()
    except (CasesError, AlreadyClaimedError):
        county.refused += 1


def tick_through(county: County, now: datetime, day: date) -> None:
    """Tick until nothing is left, then look for limits past their date that nobody was told of."""
    done = 1
    while done:
        with county.timed("one tick"), transaction(county.store):
            done = tick(county.store, now)
    late = county.store.db.query(
        "SELECT count(*) AS n FROM case_deadlines"
        " WHERE closed_on IS NULL AND kind = 'limit' AND due_on < ? AND overdue_at IS NULL",
        [day.isoformat()],
    )
    county.violations += next(late)["n"]


def look_at_queues(county: County, day: date) -> None:
    """List the whole queue of one officer of each level, ten times."""
    for role in (Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY):
        officer = next(one for one in county.officers if one.grants[0].role is role)
        for _ in range(10):
            with county.timed(f"list all, {role.value}"):
                list_queue(county.store, officer=officer, today=day)
            with county.timed(f"list what waits, {role.value}"):
                list_queue(county.store, officer=officer, today=day, wanted=QueueFilter(waiting=True))


def storm(county: County, day: date) -> None:
    """Let everything that is open become late at once, as after two months without a tick."""
    start = time.perf_counter()
    before = len(county.seconds["one tick"])
    tick_through(county, datetime(day.year, day.month, day.day, tzinfo=UTC), day)
    held = county.seconds["one tick"][before:]
    print(
        f"\nafter 60 days without a tick: {time.perf_counter() - start:.1f} s in {len(held)} transactions,"
        f" the longest {max(held) * 1000:.0f} ms; past a limit without escalation: {county.violations}"
    )


def report(county: County, cases: int) -> None:
    """Print the table."""
    states: defaultdict[str, int] = defaultdict(int)
    for row in county.store.db.query("SELECT * FROM cases"):
        states[case_of(row).state.value] += 1
    writes = [second for what in ("submit", "claim", "step") for second in county.seconds[what]]
    rows = next(county.store.db.query("SELECT count(*) AS n FROM audit"))["n"]
    told = next(county.store.db.query("SELECT count(*) AS n FROM case_deadlines WHERE overdue_at IS NOT NULL"))["n"]
    print(f"cases {cases}, officers {len(county.officers)}, audit rows {rows}, refused {county.refused}")
    print("states " + ", ".join(f"{state} {count}" for state, count in sorted(states.items())))
    print(f"limits escalated {told}, past a limit without escalation {county.violations}")
    print(f"transitions per second, each durable: {len(writes) / sum(writes):.0f}\n")
    print(f"{'what':<28}{'n':>8}{'median ms':>12}{'p95 ms':>10}{'max ms':>10}")
    for what, seconds in county.seconds.items():
        p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
        print(
            f"{what:<28}{len(seconds):>8}{median(seconds) * 1000:>12.1f}{p95 * 1000:>10.1f}{max(seconds) * 1000:>10.1f}"
        )


if __name__ == "__main__":
    sys.exit(main())
