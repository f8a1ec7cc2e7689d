"""Officers of one county, a report, and a way to bring a case to any state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from cases.actions.appoint_officer import appoint_officer
from cases.actions.submit_report import submit_report
from cases.actors import Grant, Officer, Operator, Reporter, Role
from cases.case import Case
from cases.report import Cause, Consent, Relation, Report
from cases.rules import Workflow
from cases.workflow import load_workflow
from storage.database import transaction
from storage.store import Store

VILLAGE = "620422101201"
SISTER_VILLAGE = "620422101202"
TOWNSHIP = "620422101"
OTHER_TOWNSHIP = "620422102"
COUNTY = "620422"
OTHER_COUNTY = "620423"

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
    tell=Reporter("web", "chat-of-su"),
)


@dataclass(frozen=True)
class Desk:
    """A store with a county's officers at their desks."""

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

    def submit(self, **changes: object) -> Case:
        """Submit the report with *changes* and return its case."""
        report = replace(REPORT, **changes)  # type: ignore[arg-type]
        actor = report.tell or Reporter("web", "somebody")
        with transaction(self.store):
            return submit_report(self.store, report, actor=actor, workflow=self.workflow, now=self.now).case


def appoint(store: Store, now: datetime, name: str, *grants: tuple[Role, str]) -> Officer:
    """Appoint an officer in a transaction of its own."""
    with transaction(store):
        return appoint_officer(store, name, [Grant(role, scope) for role, scope in grants], actor=Operator(), now=now)


@pytest.fixture
def desk(store: Store, now: datetime) -> Desk:
    """Return the county's desk with nothing on it."""

    def one(name: str, role: Role, scope: str) -> Officer:
        return appoint(store, now, name, (role, scope))

    return Desk(
        store=store,
        workflow=load_workflow("gansu-2023"),
        now=now,
        village=one("马志远", Role.VILLAGE, VILLAGE),
        colleague=one("王得福", Role.WORK_TEAM, VILLAGE),
        township=one("李玉梅", Role.TOWNSHIP, TOWNSHIP),
        second_township=one("赵有才", Role.TOWNSHIP, TOWNSHIP),
        county=one("陈建国", Role.COUNTY, COUNTY),
        second_county=one("周兰", Role.COUNTY, COUNTY),
        inspector=one("孙督查", Role.INSPECTOR, COUNTY),
        stranger=one("何远", Role.VILLAGE, SISTER_VILLAGE),
    )
