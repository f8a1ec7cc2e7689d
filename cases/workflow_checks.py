"""Whether a workflow can work: every state reachable, none a dead end, deadlines that run, roles that may act.

What a county may not switch off is checked here too: nobody in a village ends a case, and two persons decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from cases.actors import Role
from cases.notices import EXTRA_PARAMS
from cases.rules import Audience, DeadlineKind, Proposal, Transition, Workflow
from cases.states import Event, State
from cases.tasks import TaskKind
from cases.toml_lines import Key
from cases.written import field_names

Problem: TypeAlias = tuple[Key, str]

_VILLAGE: Final = frozenset({Role.GRID_WORKER, Role.VILLAGE, Role.WORK_TEAM})
_OFFICES: Final = _VILLAGE | {Role.TOWNSHIP, Role.COUNTY}
# The two-person rules: a variant may name more events, never fewer.
_SECOND_PERSONS: Final = {
    Event.DECLINE_CONFIRMED: Event.DECLINE_PROPOSED,
    Event.DECLINE_REFUSED: Event.DECLINE_PROPOSED,
    Event.COUNTY_APPROVED: Event.TOWNSHIP_APPROVED,
    Event.RISK_RESOLVED: Event.TOWNSHIP_APPROVED,
}
# Who takes a report back: its reporter, or the household that two persons asked.
_TAKEN_BACK: Final = frozenset(
    {
        (Event.WITHDRAWN, frozenset({Role.REPORTER})),
        (Event.HOUSEHOLD_DECLINED, frozenset({Role.SYSTEM})),
    }
)
# Who recused himself does none of these.
_IMPARTIAL: Final = frozenset(
    {
        Event.CLAIMED,
        Event.HOME_VISIT_RECORDED,
        Event.TOWNSHIP_APPROVED,
        Event.COUNTY_APPROVED,
        Event.DECLINE_PROPOSED,
        Event.DECLINE_CONFIRMED,
        Event.DECLINE_REFUSED,
        Event.RISK_RESOLVED,
    }
)
# Written authorisation comes before any comparison of data (临夏市指南 2023).
_CONSENT_FIRST: Final = (TaskKind.SIGN_CONSENT, Event.CROSS_CHECKED)
# While a proposal to decline is open, the case goes no further.
_PROPOSALS: Final = {
    Event.DECLINE_CONFIRMED: Proposal.CLOSES,
    Event.DECLINE_REFUSED: Proposal.CLOSES,
    Event.DECLINE_PROPOSED: Proposal.OPENS,
    Event.HOME_VISIT_RECORDED: Proposal.WAITS,
    Event.APPRAISAL_RECORDED: Proposal.WAITS,
    Event.NOTICE_POSTED: Proposal.WAITS,
    Event.NOTICE_ENDED: Proposal.WAITS,
    Event.TOWNSHIP_APPROVED: Proposal.WAITS,
    Event.COUNTY_APPROVED: Proposal.WAITS,
    Event.RETURNED: Proposal.WAITS,
}
# Which reports these are opened for is not an event's matter alone.
_OPENED_BY_US: Final = {("opens_at", TaskKind.ASK_HOUSEHOLD), ("opens_at", TaskKind.CHECK_FLOOD)}
_NEEDED_DEADLINES: Final = {
    "whole_process": (Event.SUBMITTED, DeadlineKind.LIMIT),
    "public_notice": (Event.NOTICE_POSTED, DeadlineKind.SPAN),
}


def find_problems(workflow: Workflow) -> list[Problem]:
    """Return everything that is wrong with *workflow*: the key at fault and a sentence for who edits the file."""
    complete = list(_vocabulary(workflow))
    if complete:
        return complete
    checks = (_paths, _holders, _transitions, _events, _deadlines, _tasks, _second_persons, _impartial)
    return [problem for check in checks for problem in check(workflow)]


def _vocabulary(workflow: Workflow) -> Iterator[Problem]:
    for state in State:
        if state not in workflow.states:
            yield ("states", state.value), "缺少这个状态"
    for event in Event:
        if event not in workflow.events:
            yield ("events", event.value), "缺少这个事件"


def _paths(workflow: Workflow) -> Iterator[Problem]:
    forward = {state: {_target(row, state) for row in workflow.transitions if state in row.states} for state in State}
    backward = {state: {other for other in State if state in forward[other]} for state in State}
    reached = _closure({State.SUBMITTED}, forward)
    resting = {state for state in State if workflow.is_resting(state)}
    ending = _closure(resting, backward)
    for state in State:
        if state not in reached:
            yield ("states", state.value), "从“已提交”出发走不到这个状态"
        if state not in ending:
            yield ("states", state.value), "从这个状态出发，案件永远不能办结"


def _target(row: Transition, state: State) -> State:
    return row.to or state


def _closure(start: Iterable[State], edges: dict[State, set[State]]) -> set[State]:
    found, waiting = set(start), list(start)
    while waiting:
        fresh = edges[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _holders(workflow: Workflow) -> Iterator[Problem]:
    for state, rule in workflow.states.items():
        if rule.rests:
            continue
        for key in ("holders", "superiors"):
            roles = getattr(rule, key)
            if not roles:
                yield ("states", state.value, key), "不能为空：办理中的状态要写明由谁办、逾期报谁"
            for role in set(roles) - _OFFICES:
                yield ("states", state.value, key), f"{role.value} 不是办理人员的角色"
        moves = workflow.moves_from(state)
        if rule.holders and not any(set(row.roles) & set(rule.holders) for row in moves):
            yield ("states", state.value, "holders"), "这些角色没有一个能把案件往下办"


def _transitions(workflow: Workflow) -> Iterator[Problem]:
    seen: Counter[tuple[State, Event, Role]] = Counter()
    for number, row in enumerate(workflow.transitions):
        seen.update((state, row.event, role) for state in row.states for role in row.roles)
        if max((seen[state, row.event, role] for state in row.states for role in row.roles), default=0) > 1:
            yield ("transitions", number), "同一状态、同一事件、同一角色写了两次"
        if not row.states or not row.roles:
            yield ("transitions", number), "states 和 roles 不能为空"
        if row.event is Event.SUBMITTED:
            yield ("transitions", number, "event"), "submitted 只在提交时发生，不能写在这里"
        for role in {Role.INSPECTOR, Role.ADMIN}.intersection(row.roles):
            yield ("transitions", number, "roles"), f"{role.value} 不办理案件"
        if row.to is State.DECLINED and (row.event is not Event.DECLINE_CONFIRMED or set(row.roles) & _VILLAGE):
            yield ("transitions", number), "只有乡镇或县级确认（decline_confirmed）才能不予纳入"
        if row.to is State.WITHDRAWN and (row.event, frozenset(row.roles)) not in _TAKEN_BACK:
            yield ("transitions", number), "只有申报人自己能撤回；本户不想报的，乡镇另一个人问过才停下"


def _events(workflow: Workflow) -> Iterator[Problem]:
    used = {row.event for row in workflow.transitions} | {Event.SUBMITTED}
    for event, rule in workflow.events.items():
        if event not in used:
            yield ("events", event.value), "没有一处流转用到这个事件"
        for name in set(rule.required) - set(field_names(event)):
            yield ("events", event.value, "required"), f"这个事件没有 {name} 这一项"
        for tell in rule.tell:
            mine = tell.notice.value.startswith("notice.")
            if mine is not (tell.who is Audience.REPORTER):
                yield ("events", event.value, "tell"), f"{tell.notice.value} 不能发给 {tell.who.value}"
            for name in set(EXTRA_PARAMS.get(tell.notice, ())) - set(field_names(event)):
                yield ("events", event.value, "tell"), f"{tell.notice.value} 要用到 {name}，这个事件没有"


def _deadlines(workflow: Workflow) -> Iterator[Problem]:
    for key, (starts_at, kind) in _NEEDED_DEADLINES.items():
        rule = workflow.deadlines.get(key)
        if rule is None:
            yield ("deadlines", key), "缺少这个期限"
        elif rule.starts_at is not starts_at or rule.kind is not kind:
            yield ("deadlines", key), f"应从 {starts_at.value} 起算，kind 应为 {kind.value}"
    for key, rule in workflow.deadlines.items():
        if rule.value < 1:
            yield ("deadlines", key, "value"), "天数至少是 1"
        if not rule.source.strip():
            yield ("deadlines", key, "source"), "要写明天数的出处"
        if not rule.closed_by:
            yield ("deadlines", key, "closed_by"), "要写明哪些事件算办到"
        if rule.beside and rule.beside not in workflow.deadlines:
            yield ("deadlines", key, "beside"), f"没有 {rule.beside} 这个期限"


def _tasks(workflow: Workflow) -> Iterator[Problem]:
    task, gated = _CONSENT_FIRST
    if task not in workflow.tasks or gated not in workflow.tasks[task].blocks:
        yield ("tasks", task.value, "blocks"), f"必须拦住 {gated.value}：先书面授权，后信息比对"
    for kind, rule in workflow.tasks.items():
        if kind in {TaskKind.CONFIRM_DECLINE, TaskKind.TELL_REPORTER}:
            yield ("tasks", kind.value), "这个任务由程序自己管，不能写在这里"
        if not rule.source.strip():
            yield ("tasks", kind.value, "source"), "要写明出处"
        for key in ("holders", "opens_at"):
            if not getattr(rule, key) and (key, kind) not in _OPENED_BY_US:
                yield ("tasks", kind.value, key), "不能为空"
        if not rule.done_by and not rule.done_with:
            yield ("tasks", kind.value, "done_by"), "不能为空：要写明哪些事件算做完"
        for event, name in rule.done_with.items():
            if name not in field_names(event):
                yield ("tasks", kind.value, "done_with"), f"{event.value} 没有 {name} 这一项"


def _second_persons(workflow: Workflow) -> Iterator[Problem]:
    for event, first in _SECOND_PERSONS.items():
        if first not in workflow.events[event].other_than:
            yield ("events", event.value, "other_than"), f"必须由 {first.value} 以外的人办，不能去掉"
    for event, proposal in _PROPOSALS.items():
        if workflow.events[event].proposal is not proposal:
            yield ("events", event.value, "proposal"), f"必须是 {proposal.value}"


def _impartial(workflow: Workflow) -> Iterator[Problem]:
    for event in _IMPARTIAL:
        if not workflow.events[event].impartial:
            yield ("events", event.value, "impartial"), "必须是 true：回避的人不能办"
