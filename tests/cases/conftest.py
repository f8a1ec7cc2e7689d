"""Officers of one county, a report, and a way to bring a case to any state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.act import Act
from cases.actions.appoint_officer import appoint_officer, issue_link
from cases.actions.bind_officer import bind_officer
from cases.actions.own_case import withdraw
from cases.actions.step import take_step
from cases.actions.submit_report import submit_report
from cases.actors import Grant, Officer, Operator, Reporter, Role
from cases.case import Case
from cases.details import (
    Acknowledgement,
    Announcement,
    Appraisal,
    AssistancePlan,
    CountyApproval,
    DeclineConfirmation,
    DeclineProposal,
    Details,
    HomeVisit,
    HouseholdRecord,
    NationalEntry,
    Posting,
    PostingEnd,
    Resolution,
    ResolutionProposal,
    TownshipApproval,
)
from cases.report import Cause, Consent, Relation, Report
from cases.rules import Workflow
from cases.states import State
from cases.workflow import load_workflow
from storage import outbox
from storage.database import transaction
from storage.outbox import OutboxItem
from storage.store import Store

VILLAGE = "620422101201"
SISTER_VILLAGE = "620422101202"
TOWNSHIP = "620422101"
OTHER_TOWNSHIP = "620422102"
COUNTY = "620422"
OTHER_COUNTY = "620423"

REPORTER = Reporter("web", "chat-of-su")

REPORT = Report(
    submission_id="submission-1",
    relation=Relation.SELF,
    householder="苏秀英",
    phone="138 1234 5678",
    area_code=VILLAGE,
    story="去年冬天老伴住院，花了四万多，借了亲戚的钱。",
    consent=Consent("2026-01", datetime(2026, 3, 10, 1, 59, tzinfo=UTC)),
    applied_on=date(2026, 3, 10),
    causes=(Cause.ILLNESS,),
    place_text="会师镇南家咀头村",
    group="三社",
    tell=REPORTER,
)


CHECKS = tuple(load_workflow("national-2021").required_checks())

# The main path: the state reached, who does it, what is written down.
WALK: tuple[tuple[State, str, Details], ...] = (
    (State.ACKNOWLEDGED, "village", Acknowledgement()),
    (
        State.UNDER_VERIFICATION,
        "village",
        HomeVisit(date(2026, 3, 11), "情况属实。", ("马志远", "王得福"), date(2026, 3, 11), date(2026, 3, 11)),
    ),
    (State.UNDER_VERIFICATION, "village", HouseholdRecord(date(2026, 3, 11), {"members": []})),
    (State.UNDER_APPRAISAL, "village", Appraisal(date(2026, 3, 12), "同意上报。")),
    (State.ON_PUBLIC_NOTICE, "village", Posting(date(2026, 3, 12), "村务公开栏")),
    (State.UNDER_TOWNSHIP_REVIEW, "village", PostingEnd(date(2026, 3, 18), objections=0)),
    (State.AWAITING_COUNTY_DECISION, "township", TownshipApproval("同意。")),
    (State.MONITORED, "county", CountyApproval("同意纳入。", "1号")),
    (State.MONITORED, "village", Announcement(date(2026, 3, 19), "村务公开栏")),
    (State.MONITORED, "township", NationalEntry(date(2026, 3, 19), "6204220001")),
    (State.MONITORED, "village", AssistancePlan(date(2026, 3, 20), "公益性岗位", "马志远")),
    (State.RESOLUTION_PROPOSED, "village", ResolutionProposal("收入稳定。", CHECKS)),
    (State.RESOLUTION_VERIFIED, "village", HomeVisit(date(2026, 3, 21), "收入稳定。")),
    (State.RESOLUTION_APPRAISED, "village", Appraisal(date(2026, 3, 22), "同意。")),
    (State.ON_RESOLUTION_NOTICE, "village", Posting(date(2026, 3, 22), "村务公开栏")),
    (State.RESOLUTION_UNDER_REVIEW, "village", PostingEnd(date(2026, 3, 28), objections=0)),
    (State.AWAITING_RESOLUTION, "township", TownshipApproval("同意。")),
    (State.RISK_RESOLVED, "county", Resolution("收入稳定。", "2号")),
)


@dataclass(frozen=True)
class Desk:
    """A store with a county's officers at their desks. ``later`` is twenty days after ``now``."""

    store: Store
    workflow: Workflow
    now: datetime
    village: Officer
    colleague: Officer
    township: Officer
    second_township: Officer
    county: Officer
    second_county: Officer
    inspector: Officer
    stranger: Officer

    @property
    def later(self) -> datetime:
        """A day on which everything of the walk can have happened."""
        return self.now + timedelta(days=20)

    def officer(self, who: str) -> Officer:
        """Return the officer of this desk called *who* in the tests."""
        found = getattr(self, who)
        assert isinstance(found, Officer)
        return found

    def submit(self, **changes: object) -> Case:
        """Submit the report with *changes* and return its case."""
        report = replace(REPORT, **changes)  # type: ignore[arg-type]
        actor = report.tell or Reporter("web", "somebody")
        with transaction(self.store):
            return submit_report(self.store, report, actor=actor, workflow=self.workflow, now=self.now).case

    def do(self, case: Case, who: str, details: Details, *, version: int | None = None) -> Case:
        """Let the officer called *who* do one step on what he sees, at ``later``."""
        act = Act(details, self.officer(who), self.later)
        with transaction(self.store):
            return take_step(self.store, case.receipt, act, version=version or case.version)

    def bring_to(self, state: State, **changes: object) -> Case:
        """Submit the report and walk its case along the main path to *state*."""
        case = self.submit(**changes)
        if state is State.DECLINED:
            case = self.do(self.do(case, "village", Acknowledgement()), "village", DeclineProposal("不在本村。"))
            return self.do(case, "township", DeclineConfirmation("不在本村。"))
        if state is State.WITHDRAWN:
            with transaction(self.store):
                return withdraw(self.store, case.receipt, actor=REPORTER, now=self.later)
        for reached, who, details in WALK:
            if case.state is state:
                break
            case = self.do(case, who, details)
            assert case.state is reached
        return case

    def told(self, chat: Reporter = REPORTER) -> list[OutboxItem]:
        """Return what *chat* was told."""
        return outbox.for_chat(self.store, channel=chat.channel, chat=chat.chat)

    def bind(self, who: str) -> Reporter:
        """Bind a chat to the officer called *who* and return it."""
        chat = Reporter("telegram", f"chat-of-{who}")
        with transaction(self.store):
            code = issue_link(self.store, self.officer(who), actor=Operator(), now=self.now)
            bind_officer(self.store, code, actor=chat, now=self.now)
        return chat


def appoint(store: Store, now: datetime, name: str, *grants: tuple[Role, str]) -> Officer:
    """Appoint an officer in a transaction of its own."""
    with transaction(store):
        return appoint_officer(store, name, [Grant(*grant) for grant in grants], actor=Operator(), now=now)


def set_up(store: Store, now: datetime, variant: str = "gansu-2023") -> Desk:
    """Return a county's desk with nothing on it."""

    def one(name: str, role: Role, scope: str) -> Officer:
        return appoint(store, now, name, (role, scope))

    return Desk(
        store=store,
        # No visit is drawn for a call back: which ones would be is a matter of the key. Many reports at one instant
        # are no flood.
        workflow=replace(load_workflow(variant), call_back_percent=0, flood_reports=1000),
        now=now,
        village=one("马志远", Role.VILLAGE, VILLAGE),
        colleague=one("王得福", Role.WORK_TEAM, VILLAGE),
        township=one("李玉梅", Role.TOWNSHIP, TOWNSHIP),
        second_township=one("赵有才", Role.TOWNSHIP, TOWNSHIP),
        county=one("陈建国", Role.COUNTY, COUNTY),
        second_county=one("周兰", Role.COUNTY, COUNTY),
        inspector=one("孙明理", Role.INSPECTOR, COUNTY),
        stranger=one("何远", Role.VILLAGE, SISTER_VILLAGE),
    )


@pytest.fixture
def desk(store: Store, now: datetime) -> Desk:
    """Return the desk under the default variant."""
    return set_up(store, now)
