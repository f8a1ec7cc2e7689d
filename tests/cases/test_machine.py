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
    Admission,
    Aid,
    Announcement,
    Appraisal,
    AssistanceMeasure,
    AssistancePlan,
    CallBack,
    CallOutcome,
    Came,
    Claim,
    ConsentSigned,
    Correction,
    CountyApproval,
    CrossCheck,
    DeclineConfirmation,
    DeclineProposal,
    DeclineRefusal,
    Details,
    ExpiringPaper,
    FalseAlarm,
    HomeVisit,
    HouseholdAnswer,
    HouseholdAsked,
    HouseholdDecline,
    HouseholdRecord,
    LinkSettled,
    Mark,
    MeasureKind,
    NationalEntry,
    Note,
    Outlook,
    Placement,
    Posting,
    PostingEnd,
    Reassessment,
    Recusal,
    Reinstatement,
    Release,
    Resolution,
    ResolutionDrop,
    ResolutionProposal,
    Return,
    ReviewReopened,
    ReviewRequest,
    ReviewUpheld,
    Sameness,
    Supplement,
    SupportChange,
    Telling,
    TellingMeans,
    TownshipApproval,
    Transfer,
    UrgentMark,
    Visit,
    VisitAnswer,
    Withdrawal,
)
from cases.errors import (
    CannotHoldError,
    CaseNotFoundError,
    CasesError,
    ChecklistError,
    MissingFieldsError,
    NoProposalError,
    NoTaskError,
    NotHolderError,
    NotPermittedError,
    NotPossibleError,
    NotUrgentError,
    OfficerNotFoundError,
    ProposalOpenError,
    RecusedError,
    SecondPersonError,
    StaleVersionError,
    TasksOpenError,
    TooEarlyError,
    WrongDateError,
)
from cases.rules import Audience, DeadlineKind, Proposal
from cases.states import Event, State
from cases.tasks import TaskKind
from cases.workflow import variants
from cases.written import missing_fields
from storage import audit
from storage.database import FILE_NAME, open_store, transaction
from storage.times import local_date
from storage.vault import new_key
from storage.verification import verify_file
from tests.cases.conftest import CHECKS, REPORTER, VILLAGE, Desk, set_up

TABLES = ("cases", "case_events", "case_deadlines", "case_tasks", "case_recusals", "audit", "outbox")
OFFICERS = ("village", "colleague", "township", "second_township", "county", "second_county", "inspector", "stranger")
ACTORS = (*OFFICERS, "reporter", "other_reporter", "clock")
# What ends the main path of a case: its open tasks are dropped there.
ENDING = (
    Event.COUNTY_APPROVED,
    Event.DECLINE_CONFIRMED,
    Event.WITHDRAWN,
    Event.HOUSEHOLD_DECLINED,
    Event.RISK_RESOLVED,
)

# Where the main path leads.
NEXT = {state: (following,) for state, following in pairwise(list(State)[:15])}


def details_of(
    event: Event, day: date, *, complete: bool, officer: str = "", signed: bool = True, cross_checked: bool = True
) -> Details:
    """Return what is written down for *event* on *day*, or with its words left out. *officer*: who is to get it."""
    words = "如实填写" if complete else " "
    return {
        Event.CLAIMED: Claim(),
        Event.PLACED: Placement(VILLAGE if complete else ""),
        Event.ACKNOWLEDGED: Acknowledgement(),
        Event.RELEASED: Release(words),
        Event.TRANSFERRED: Transfer(officer if complete else "", words),
        Event.RECUSED: Recusal(words),
        Event.HOUSEHOLD_RECORDED: HouseholdRecord(day, {"people": 1} if complete else {}),
        Event.CONSENT_SIGNED: ConsentSigned(day),
        Event.CROSS_CHECKED: CrossCheck(day, words),
        Event.ANNOUNCED: Announcement(day, words),
        Event.ENTERED_NATIONALLY: NationalEntry(day, words),
        Event.PLAN_MADE: AssistancePlan(day, words, words),
        Event.MEASURE_RECORDED: AssistanceMeasure(day, MeasureKind.WORK, words, "", words),
        Event.SUPPORT_CHANGED: SupportChange(day, words),
        Event.VISITED: Visit(day, ("马志远",), words, card_given_on=day if signed else None),
        Event.PAPER_KEPT: ExpiringPaper(words, day),
        Event.REASSESSED: Reassessment(day, Outlook.AT_RISK, words),
        Event.RESOLUTION_PROPOSED: ResolutionProposal(words, CHECKS if complete else CHECKS[1:]),
        Event.RESOLUTION_DROPPED: ResolutionDrop(words),
        Event.HOME_VISIT_RECORDED: HomeVisit(
            day,
            words,
            cross_checked_on=day if cross_checked else None,
            consent_signed_on=day if signed else None,
        ),
        Event.APPRAISAL_RECORDED: Appraisal(day, words),
        Event.NOTICE_POSTED: Posting(day, words),
        Event.NOTICE_ENDED: PostingEnd(day, objections=0 if complete else None),
        Event.TOWNSHIP_APPROVED: TownshipApproval(words),
        Event.COUNTY_APPROVED: CountyApproval(words, words),
        Event.RETURNED: Return(words),
        Event.DECLINE_PROPOSED: DeclineProposal(words),
        Event.DECLINE_CONFIRMED: DeclineConfirmation(words),
        Event.DECLINE_REFUSED: DeclineRefusal(words),
        Event.MARKED_URGENT: UrgentMark(words),
        Event.AID_RECORDED: Aid(day, words),
        Event.SUPPLEMENTED: Supplement(words),
        Event.NOTED: Note(words),
        Event.TOLD: Telling(day, TellingMeans.CALL, words, Mark.NONE),
        Event.WITHDRAWN: Withdrawal(),
        Event.REINSTATED: Reinstatement(State.SUBMITTED if complete else None),
        Event.CORRECTED: Correction(words),
        Event.VISIT_ANSWERED: VisitAnswer((Came.YES if signed else Came.NO) if complete else None),
        Event.CALLED_BACK: CallBack(day, CallOutcome.CONFIRMED, words),
        Event.FALSE_ALARM: FalseAlarm(words),
        Event.REVIEW_REQUESTED: ReviewRequest(words),
        Event.REVIEW_UPHELD: ReviewUpheld(words),
        Event.REVIEW_REOPENED: ReviewReopened(words),
        Event.HOUSEHOLD_ASKED: HouseholdAsked(day, HouseholdAnswer.WANTS),
        Event.HOUSEHOLD_DECLINED: HouseholdDecline(),
        Event.ADMITTED: Admission(words),
        Event.LINK_SETTLED: LinkSettled(words, Sameness.OTHER),
        Event.RISK_RESOLVED: Resolution(words, words),
    }[event]


class Walk(RuleBasedStateMachine):
    """Walks one case through its workflow, beside a small model of who did what."""

    desk: Desk
    receipt: str

    @initialize(variant=st.sampled_from(variants()), reachable=st.booleans(), depth=st.integers(0, 20))
    def submit(self, variant: str, reachable: bool, depth: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.now = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
        store = open_store(Path(self.folder.name), new_key())
        self.desk = set_up(store, self.now, variant)
        self.reachable = reachable
        case = self.desk.submit(tell=REPORTER if reachable else None, applied_on=local_date(self.now))
        self.receipt = case.receipt
        self.proposal = False
        self.holder = case.assignee
        self.recused: set[str] = set()
        self.tasks = {kind for kind, rule in self.desk.workflow.tasks.items() if Event.SUBMITTED in rule.opens_at}
        self.opened = set(self.tasks)
        self.last: dict[Event, str | None] = {}
        for step in range(depth):
            if self._onward():
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
        chosen_officer=st.sampled_from(OFFICERS),
        signed=st.booleans(),
        cross_checked=st.booleans(),
    )
    def act(
        self,
        who: int,
        event: int,
        likely: bool,
        complete: bool,
        days_ago: int,
        stale: bool,
        chosen_officer: str,
        signed: bool,
        cross_checked: bool,
    ) -> None:
        """Do anything: mostly what somebody may do in this state, sometimes anything at all."""
        state = self._case().state
        events = [event for event in Event if event is not Event.SUBMITTED]
        if likely:
            events = [event for event in events if self.desk.workflow.leading_from(state, event)] or events
        chosen = events[event % len(events)]
        details = details_of(
            chosen,
            local_date(self.now) - timedelta(days=days_ago),
            complete=complete,
            officer=self.desk.officer(chosen_officer).id,
            signed=signed,
            cross_checked=cross_checked,
        )
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
        self._follow(after, act)
        assert after.active is (bool(self.tasks) or not self.desk.workflow.is_resting(after.state))
        assert after.assignee is None or after.assignee not in self.recused
        opening = self.desk.workflow.events[act.event].proposal is Proposal.OPENS
        closing = self.desk.workflow.events[act.event].proposal is Proposal.CLOSES or self.desk.workflow.is_resting(
            after.state
        )
        self.proposal = opening or (self.proposal and not closing)

    def _refusal(self, case: Case, act: Act, *, stale: bool) -> type[CasesError] | None:
        """Return the error that the rules demand, read from the table once more and without the code under test."""
        workflow, today = self.desk.workflow, local_date(self.now)
        roles, event = self._roles(case, act.actor), workflow.events[act.event]
        rows = [row for row in workflow.transitions if row.event is act.event and case.state in row.states]
        days = [day for day in vars(act.details).values() if isinstance(day, date)]
        latest = date.max if act.event is Event.PAPER_KEPT else today
        notice = next((d for d in open_deadlines(self.desk.store, case.id) if d.key == "public_notice"), None)
        given = [] if missing_fields(act.details, event.required) else self._handing(case, act, roles)
        rules: list[tuple[bool, type[CasesError]]] = [
            (not roles, CaseNotFoundError),
            (stale, StaleVersionError),
            (not rows, NotPossibleError),
            (not any(set(row.roles) & roles for row in rows), NotPermittedError),
            (event.proposal is Proposal.CLOSES and not self.proposal, NoProposalError),
            (event.proposal in {Proposal.OPENS, Proposal.WAITS} and self.proposal, ProposalOpenError),
            (event.lifts_urgent and not case.urgent, NotUrgentError),
            (any(self._did(act.actor, earlier) for earlier in event.other_than), SecondPersonError),
            (event.impartial and isinstance(act.actor, Officer) and act.actor.id in self.recused, RecusedError),
            (bool(missing_fields(act.details, event.required)), MissingFieldsError),
            (isinstance(act.details, ResolutionProposal) and act.details.checks != CHECKS, ChecklistError),
            *given,
            *self._tasks(act),
            (any(not case.applied_on <= day <= latest for day in days), WrongDateError),
            (
                act.event is Event.NOTICE_ENDED and notice is not None and act.on < notice.due.date,
                TooEarlyError,
            ),
        ]
        return next((error for applies, error in rules if applies), None)

    def _handing(self, case: Case, act: Act, roles: frozenset[Role]) -> list[tuple[bool, type[CasesError]]]:
        """Return what the rules demand of giving a case away."""
        rule = self.desk.workflow.states[case.state]
        clock, holds = isinstance(act.actor, Clock), self.holder is not None and self.holder == self._id(act.actor)
        if isinstance(act.details, Release):
            return [(not (holds or (clock and self.holder is not None)), NotHolderError)]
        if not isinstance(act.details, Transfer):
            return []
        known = next((one for one in map(self.desk.officer, OFFICERS) if one.id == act.details.officer), None)
        if known is None:
            return [(True, OfficerNotFoundError)]
        works = known.roles_at(case.area_code).intersection(rule.holders)
        able = bool(works) and known.id not in self.recused and known.id != self.holder
        may_give = holds or clock or bool(roles.intersection(rule.superiors))
        return [(not may_give, NotHolderError), (not able, CannotHoldError)]

    def _tasks(self, act: Act) -> list[tuple[bool, type[CasesError]]]:
        """Return what the rules demand of tasks, from a model of those that are open."""
        rules = self.desk.workflow.tasks
        meant = {kind for kind, rule in rules.items() if act.event in rule.done_by}
        does = meant | self._done_besides(act)
        happening = {act.event}.union(*(rules[kind].done_by for kind in does))
        waiting = any(happening.intersection(rules[kind].blocks) for kind in self.tasks - does)
        return [(bool(meant) and not meant & self.tasks, NoTaskError), (waiting, TasksOpenError)]

    def _done_besides(self, act: Act) -> set[TaskKind]:
        if isinstance(act.details, HouseholdRecord):
            return {TaskKind.RECORD_HOUSEHOLD} if act.details.sheet else set()
        if isinstance(act.details, Visit):
            return {TaskKind.HAND_CARD} if act.details.card_given_on else set()
        if not isinstance(act.details, HomeVisit):
            return set()
        written = {
            TaskKind.SIGN_CONSENT: act.details.consent_signed_on,
            TaskKind.CROSS_CHECK: act.details.cross_checked_on,
        }
        return {kind for kind, day in written.items() if day is not None}

    def _follow(self, after: Case, act: Act) -> None:
        """Let the model do what was done: who holds, who stepped back, which tasks are open."""
        rules = self.desk.workflow.tasks
        if isinstance(act.details, Recusal):
            self.recused.add(self._id(act.actor))
        self.holder = after.assignee
        does = {kind for kind, rule in rules.items() if act.event in rule.done_by} | self._done_besides(act)
        kept = set() if act.event in ENDING else self.tasks - does
        fresh = {kind for kind, rule in rules.items() if act.event in rule.opens_at} - self._had(act)
        if self._calls_back(after, act):
            fresh.add(TaskKind.CALL_BACK)
        self.opened |= fresh
        self.tasks = kept | (fresh - does)

    def _calls_back(self, after: Case, act: Act) -> bool:
        """Tell whether the township is to ask a household itself that no chat reaches, or that says nobody came."""
        if TaskKind.CALL_BACK in self.tasks:
            return False
        visited = act.event is Event.HOME_VISIT_RECORDED and after.state is State.UNDER_VERIFICATION
        denied = isinstance(act.details, VisitAnswer) and act.details.came is Came.NO
        return denied or (visited and not self.reachable)

    def _had(self, act: Act) -> set[TaskKind]:
        """Return the tasks that do not open now: those that did once, or that are open where they open again.

        What ends the main path drops what is open, so that its own come anew.
        """
        rules, held = self.desk.workflow.tasks, set() if act.event in ENDING else self.tasks
        return {kind for kind in self.opened if not rules[kind].repeats or kind in held}

    def _check_done(self, before: Case, after: Case, act: Act, snapshot: dict[str, list[Any]]) -> None:
        store, workflow = self.desk.store, self.desk.workflow
        now = self._snapshot()
        roles = self._roles(before, act.actor)
        targets = {
            row.to or before.state for row in workflow.leading_from(before.state, act.event) if set(row.roles) & roles
        }
        assert {after.state} == ({act.details.back_to} if isinstance(act.details, Reinstatement) else targets)
        assert after == find_case(store, self.receipt)
        assert after.version == before.version + 1
        assert len(now["case_events"]) == len(snapshot["case_events"]) + 1
        (row,) = audit.rows(store, f"case:{after.id}")[-1:]
        assert row.event == f"case.{act.event.value}"
        assert f'"from":"{before.state.value}"' in row.facts
        assert f'"to":"{after.state.value}"' in row.facts
        assert f'"version":{after.version}' in row.facts
        self._check_told(after, act, snapshot)
        self._check_clocks(after, act)

    def _check_told(self, after: Case, act: Act, snapshot: dict[str, list[Any]]) -> None:
        now = self._snapshot()
        kinds = [
            tell.notice.value for tell in self.desk.workflow.events[act.event].tell if tell.who is Audience.REPORTER
        ]
        key, expected = ("outbox", "kind") if self.reachable else ("case_tasks", "about")
        known = {row["id"] for row in snapshot[key]}
        fresh = [row[expected] for row in now[key] if row["id"] not in known]
        opened = self.desk.workflow.events[act.event].proposal is Proposal.OPENS and not self.reachable
        assert [kind for kind in fresh if str(kind).startswith("notice.")] == kinds
        if not self.reachable:
            brought = [
                kind
                for kind, rule in self.desk.workflow.tasks.items()
                if act.event in rule.opens_at and kind not in self._had(act)
            ]
            assert len(fresh) == len(kinds) + opened + len(brought) + self._calls_back(after, act)

    def _check_clocks(self, case: Case, act: Act) -> None:
        workflow, calendar = self.desk.workflow, load_calendar()
        running = open_deadlines(self.desk.store, case.id)
        assert all(workflow.runs_in(deadline.key, case.state) for deadline in running)
        limits = [deadline.due.date for deadline in running if deadline.kind is DeadlineKind.LIMIT]
        assert case.due_on == min(limits, default=None)
        for deadline in running:
            rule = workflow.deadlines[deadline.key]
            assert deadline.due == calendar.due_on(deadline.starts_on, rule.days)
            begun_anew = rule.repeats and deadline.starts_on == act.on
            assert begun_anew or act.event not in {*rule.closed_by, *rule.dropped_by}
        started = {
            key
            for key, rule in workflow.deadlines.items()
            if rule.starts_at is act.event and workflow.runs_in(key, case.state)
        }
        assert started <= {deadline.key for deadline in running}

    def _onward(self) -> list[tuple[str, Event]]:
        case = self._case()
        return [
            (who, row.event)
            for row in self.desk.workflow.transitions
            if case.state in row.states
            and (row.to in NEXT.get(case.state, ()) or self._does_a_task(row.event))
            and not self._is_blocked(row.event)
            for who in ACTORS
            if self._roles(case, self._actor(who)).intersection(row.roles)
        ]

    def _does_a_task(self, event: Event) -> bool:
        rules = self.desk.workflow.tasks
        return any(event in {*rules[kind].done_by, *rules[kind].done_with} for kind in self.tasks)

    def _is_blocked(self, event: Event) -> bool:
        return any(event in self.desk.workflow.tasks[kind].blocks for kind in self.tasks)

    def _id(self, actor: Actor) -> str:
        return actor.id if isinstance(actor, Officer) else ""

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
