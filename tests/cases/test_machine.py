"""Any actor, any event, any state, in every variant: done in full, or refused and nothing changed."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Actor, Clock, Officer, Reporter, Role
from cases.calendar import load_calendar
from cases.case import Case, find_case
from cases.deadlines import open_deadlines
from cases.details import (
    Acknowledgement,
    Aid,
    Appraisal,
    Claim,
    CountyApproval,
    DeclineConfirmation,
    DeclineProposal,
    DeclineRefusal,
    Details,
    HomeVisit,
    Note,
    Placement,
    Posting,
    PostingEnd,
    Resolution,
    Return,
    Supplement,
    Telling,
    TownshipApproval,
    UrgentMark,
    Withdrawal,
    missing_fields,
)
from cases.errors import (
    CaseNotFoundError,
    CasesError,
    MissingFieldsError,
    NoProposalError,
    NotPermittedError,
    NotPossibleError,
    ProposalOpenError,
    SecondPersonError,
    StaleVersionError,
    TooEarlyError,
    WrongDateError,
)
from cases.rules import Audience, DeadlineKind, Proposal
from cases.states import Event, State
from cases.workflow import variants
from storage import audit
from storage.database import FILE_NAME, open_store, transaction
from storage.times import local_date
from storage.vault import new_key
from storage.verification import verify_file
from tests.cases.conftest import REPORTER, VILLAGE, Desk, set_up

TABLES = ("cases", "case_events", "case_deadlines", "case_tasks", "audit", "outbox")
OFFICERS = ("village", "colleague", "township", "second_township", "county", "second_county", "inspector", "stranger")
ACTORS = (*OFFICERS, "reporter", "other_reporter", "clock")

# Where the main path leads.
NEXT = {state: (following,) for state, following in pairwise(list(State)[:9])}


def details_of(event: Event, day: date, *, complete: bool) -> Details:
    """Return what is written down for *event* on *day*, or with its words left out."""
    words = "如实填写" if complete else " "
    return {
        Event.CLAIMED: Claim(),
        Event.PLACED: Placement(VILLAGE if complete else ""),
        Event.ACKNOWLEDGED: Acknowledgement(),
        Event.HOME_VISIT_RECORDED: HomeVisit(day, words, cross_checked_on=day),
        Event.APPRAISAL_RECORDED: Appraisal(day, words),
        Event.NOTICE_POSTED: Posting(day, words),
        Event.NOTICE_ENDED: PostingEnd(day, objections=0 if complete else None),
        Event.TOWNSHIP_APPROVED: TownshipApproval(words),
        Event.COUNTY_APPROVED: CountyApproval(words),
        Event.RETURNED: Return(words),
        Event.DECLINE_PROPOSED: DeclineProposal(words),
        Event.DECLINE_CONFIRMED: DeclineConfirmation(words),
        Event.DECLINE_REFUSED: DeclineRefusal(words),
        Event.MARKED_URGENT: UrgentMark(words),
        Event.AID_RECORDED: Aid(day, words),
        Event.SUPPLEMENTED: Supplement(words),
        Event.NOTED: Note(words),
        Event.TOLD: Telling(day, words),
        Event.WITHDRAWN: Withdrawal(),
        Event.RISK_RESOLVED: Resolution(words, day, day, day, day),
    }[event]


class Walk(RuleBasedStateMachine):
    """Walks one case through its workflow, beside a small model of who did what."""

    desk: Desk
    receipt: str

    @initialize(variant=st.sampled_from(variants()), reachable=st.booleans(), depth=st.integers(0, 8))
    def submit(self, variant: str, reachable: bool, depth: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.now = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
        store = open_store(Path(self.folder.name), new_key())
        self.desk = set_up(store, self.now, variant)
        self.reachable = reachable
        case = self.desk.submit(tell=REPORTER if reachable else None, applied_on=local_date(self.now))
        self.receipt = case.receipt
        self.proposal = False
        self.last: dict[Event, str | None] = {}
        for step in range(depth):
            self.move_on(step)

    @rule(days=st.integers(1, 6))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(
        who=st.integers(0, 40),
        event=st.integers(0, 40),
        likely=st.integers(0, 9).map(bool),
        complete=st.integers(0, 9).map(bool),
        days_ago=st.sampled_from([0, 0, 0, 0, 1, 400, -1]),
        stale=st.integers(0, 9).map(lambda n: n == 9),
    )
    def act(self, who: int, event: int, likely: bool, complete: bool, days_ago: int, stale: bool) -> None:
        """Do anything: mostly what somebody may do in this state, sometimes anything at all."""
        state = self._case().state
        events = [event for event in Event if event is not Event.SUBMITTED]
        if likely:
            events = [event for event in events if self.desk.workflow.leading_from(state, event)] or events
        chosen = events[event % len(events)]
        details = details_of(chosen, local_date(self.now) - timedelta(days=days_ago), complete=complete)
        self._try(Act(details, self._actor(ACTORS[who % len(ACTORS)]), self.now), stale=stale)

    @rule(first=st.sampled_from(OFFICERS), second=st.sampled_from(OFFICERS), confirms=st.booleans())
    def decline(self, first: str, second: str, confirms: bool) -> None:
        """Let two officers, perhaps the same one, propose a decline and answer it."""
        answer = Event.DECLINE_CONFIRMED if confirms else Event.DECLINE_REFUSED
        for who, event in ((first, Event.DECLINE_PROPOSED), (second, answer)):
            details = details_of(event, local_date(self.now), complete=True)
            self._try(Act(details, self._actor(who), self.now), stale=False)

    @precondition(lambda self: self._onward())
    @rule(choice=st.integers(0, 30))
    def move_on(self, choice: int) -> None:
        """Take a step that leads on, so that deep states are reached."""
        onward = self._onward()
        who, event = onward[choice % len(onward)]
        self.now += timedelta(days=6)
        details = details_of(event, local_date(self.now), complete=True)
        self._try(Act(details, self._actor(who), self.now), stale=False)

    @invariant()
    def the_chain_holds(self) -> None:
        assert verify_file(self.desk.store.data_dir / FILE_NAME, (), ()).findings == ()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.desk.store.db.close()
            self.folder.cleanup()

    def _try(self, act: Act, *, stale: bool) -> None:
        store, before = self.desk.store, self._case()
        seen = before.version - 1 if stale else before.version
        expected = self._refusal(before, act, stale=stale)
        with transaction(store):
            snapshot = self._snapshot()
            if expected is not None:
                with pytest.raises(CasesError) as refused:
                    take_step(store, self.receipt, act, version=seen)
                assert type(refused.value) is expected
                assert self._snapshot() == snapshot
                return
            after = take_step(store, self.receipt, act, version=seen)
        self._check_done(before, after, act, snapshot)
        self.last[act.event] = act.actor.id if isinstance(act.actor, Officer) else None
        opening = self.desk.workflow.events[act.event].proposal is Proposal.OPENS
        closing = self.desk.workflow.events[act.event].proposal is Proposal.CLOSES or not after.active
        self.proposal = opening or (self.proposal and not closing)

    def _refusal(self, case: Case, act: Act, *, stale: bool) -> type[CasesError] | None:
        """Return the error that the rules demand, read from the table once more and without the code under test."""
        workflow, today = self.desk.workflow, local_date(self.now)
        roles, event = self._roles(case, act.actor), workflow.events[act.event]
        rows = [row for row in workflow.transitions if row.event is act.event and case.state in row.states]
        days = [day for day in vars(act.details).values() if isinstance(day, date)]
        notice = next((d for d in open_deadlines(self.desk.store, case.id) if d.key == "public_notice"), None)
        rules: list[tuple[bool, type[CasesError]]] = [
            (not roles, CaseNotFoundError),
            (stale, StaleVersionError),
            (not rows, NotPossibleError),
            (not any(set(row.roles) & roles for row in rows), NotPermittedError),
            (event.proposal is Proposal.CLOSES and not self.proposal, NoProposalError),
            (event.proposal in {Proposal.OPENS, Proposal.WAITS} and self.proposal, ProposalOpenError),
            (any(self._did(act.actor, earlier) for earlier in event.other_than), SecondPersonError),
            (bool(missing_fields(act.details, event.required)), MissingFieldsError),
            (any(not case.applied_on <= day <= today for day in days), WrongDateError),
            (
                act.event is Event.NOTICE_ENDED and notice is not None and act.on < notice.due.date,
                TooEarlyError,
            ),
        ]
        return next((error for applies, error in rules if applies), None)

    def _check_done(self, before: Case, after: Case, act: Act, snapshot: dict[str, list[Any]]) -> None:
        store, workflow = self.desk.store, self.desk.workflow
        now = self._snapshot()
        roles = self._roles(before, act.actor)
        targets = {
            row.to or before.state for row in workflow.leading_from(before.state, act.event) if set(row.roles) & roles
        }
        assert {after.state} == targets
        assert after == find_case(store, self.receipt)
        assert after.version == before.version + 1
        assert after.active is not workflow.is_resting(after.state)
        assert len(now["case_events"]) == len(snapshot["case_events"]) + 1
        (row,) = audit.rows(store, f"case:{after.id}")[-1:]
        assert row.event == f"case.{act.event.value}"
        assert f'"from":"{before.state.value}"' in row.facts
        assert f'"to":"{after.state.value}"' in row.facts
        assert f'"version":{after.version}' in row.facts
        self._check_told(act, snapshot)
        self._check_clocks(after, act)

    def _check_told(self, act: Act, snapshot: dict[str, list[Any]]) -> None:
        now = self._snapshot()
        kinds = [
            tell.notice.value for tell in self.desk.workflow.events[act.event].tell if tell.who is Audience.REPORTER
        ]
        key, expected = ("outbox", "kind") if self.reachable else ("case_tasks", "about")
        known = {row["id"] for row in snapshot[key]}
        fresh = [row[expected] for row in now[key] if row["id"] not in known]
        opened = self.desk.workflow.events[act.event].proposal is Proposal.OPENS and not self.reachable
        assert [kind for kind in fresh if str(kind).startswith("notice.")] == kinds
        assert len(fresh) == len(kinds) + opened

    def _check_clocks(self, case: Case, act: Act) -> None:
        workflow, calendar = self.desk.workflow, load_calendar()
        running = open_deadlines(self.desk.store, case.id)
        assert bool(running) <= case.active
        limits = [deadline.due.date for deadline in running if deadline.kind is DeadlineKind.LIMIT]
        assert case.due_on == min(limits, default=None)
        for deadline in running:
            rule = workflow.deadlines[deadline.key]
            assert deadline.due == calendar.due_on(deadline.starts_on, rule.days)
            assert act.event not in {*rule.closed_by, *rule.dropped_by}
        if case.active:
            started = {key for key, rule in workflow.deadlines.items() if rule.starts_at is act.event}
            assert started <= {deadline.key for deadline in running}
            assert "whole_process" in {deadline.key for deadline in running}

    def _onward(self) -> list[tuple[str, Event]]:
        case = self._case()
        return [
            (who, row.event)
            for row in self.desk.workflow.transitions
            if case.state in row.states and row.to in NEXT.get(case.state, ())
            for who in ACTORS
            if self._roles(case, self._actor(who)).intersection(row.roles)
        ]

    def _did(self, actor: Actor, event: Event) -> bool:
        return isinstance(actor, Officer) and self.last.get(event) == actor.id

    def _roles(self, case: Case, actor: Actor) -> frozenset[Role]:
        if isinstance(actor, Officer):
            return actor.roles_at(case.area_code)
        if isinstance(actor, Clock):
            return frozenset({Role.SYSTEM})
        return frozenset({Role.REPORTER} if actor == REPORTER and self.reachable else ())

    def _actor(self, who: str) -> Actor:
        others: dict[str, Actor] = {
            "reporter": REPORTER,
            "other_reporter": Reporter("web", "chat-of-nobody"),
            "clock": Clock(),
        }
        return others.get(who) or self.desk.officer(who)

    def _case(self) -> Case:
        case = find_case(self.desk.store, self.receipt)
        assert case is not None
        return case

    def _snapshot(self) -> dict[str, list[Any]]:
        return {table: list(self.desk.store.db.query(f"SELECT * FROM {table}")) for table in TABLES}


Walk.TestCase.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
test_any_act_is_done_in_full_or_refused_and_changes_nothing = Walk.TestCase
