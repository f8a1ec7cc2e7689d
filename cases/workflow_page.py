"""Writes ``docs/workflow.md`` from the workflow files: ``python -m cases.workflow_page > docs/workflow.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from cases.actors import Role
from cases.rules import DeadlineKind, Workflow
from cases.states import Event, State
from cases.workflow import load_workflow, variants

_DEFAULT = "gansu-2023"

_HEAD = """# 工作流

本页由 `python -m cases.workflow_page` 从 `cases/workflows/*.toml` 生成，不要手改。

案件从“一键报贫”提交开始，按下面的状态往下走。谁在哪一步能做什么、几天办完、通知谁，全部写在变体文件里；
程序里没有第二处规则。一个案件从头到尾按它开始时的那一版文件办理。

不变的规矩（变体文件去掉了就不能启动）：

- 村里只能建议不纳入，乡镇或县级由另一个人确认以后才算数，然后才通知申报人；
- 县级审定和乡镇审核不能是同一个人；
- 有待确认的“建议不纳入”时，案件不能往下办；
- 只有申报人自己能撤回；别人替报、本户说不想报的，乡镇另一个人问过本户才停下。
"""


_TASKS_HEAD = "任务和主线同时进行（如信息比对和评议、公示），没做完以前，“拦住”里的步骤不能办。"
_DEADLINES_HEAD = """每个期限写明几天、工作日还是自然日、从何时起。没有暂停；人在外地的，电话、视频核查，天数照算。
没人领办的件按地方和手上件数分给一个人，他不办就先报上一级；超期的改派并报上一级。
办到以后重新起算的写“循环”。"""


def workflow_page() -> str:
    """Return the whole page: the default variant as diagram and tables, then the days of every variant."""
    workflow = load_workflow(_DEFAULT)
    parts = [
        _HEAD,
        f"## 状态图（{workflow.title}）\n\n{_diagram(workflow)}",
        f"## 状态\n\n{_states(workflow)}",
        f"## 谁能做什么\n\n{_transitions(workflow)}",
        f"## 事件\n\n{_events(workflow)}",
        f"## 任务\n\n{_TASKS_HEAD}\n\n{_tasks(workflow)}",
        f"## 期限\n\n{_DEADLINES_HEAD}\n\n{_deadlines()}",
        f"## 待县里补全\n\n{_open_points()}",
        f"## 依据\n\n{_sources()}",
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _diagram(workflow: Workflow) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{workflow.states[state].label}" as {state.value}' for state in State]
    lines.append(f"    [*] --> {State.SUBMITTED.value}: {workflow.events[Event.SUBMITTED].label}")
    for state in State:
        moves = workflow.moves_from(state)
        lines += [f"    {state.value} --> {row.to}: {workflow.events[row.event].label}" for row in moves]
        if not moves:
            lines.append(f"    {state.value} --> [*]")
    return "\n".join([*lines, "```"])


def _states(workflow: Workflow) -> str:
    rows = []
    for state in State:
        rule = workflow.states[state]
        rows.append((f"`{state.value}`", rule.label, _roles(rule.holders) or "（无待办）", _roles(rule.superiors)))
    return _table(("状态", "说明", "由谁办", "逾期报谁"), rows)


def _transitions(workflow: Workflow) -> str:
    rows = [
        (
            "；".join(workflow.states[state].label for state in row.states),
            f"{workflow.events[row.event].label} `{row.event.value}`",
            _roles(row.roles),
            workflow.states[row.to].label if row.to else "不变",
        )
        for row in workflow.transitions
    ]
    return _table(("在哪些状态", "事件", "谁能做", "随后处于"), rows)


def _events(workflow: Workflow) -> str:
    rows = []
    for event in Event:
        rule = workflow.events[event]
        told = "、".join(f"`{tell.notice.value}`" for tell in rule.tell)
        others = "、".join(workflow.events[other].label for other in rule.other_than)
        required = "、".join(f"`{name}`" for name in rule.required)
        rows.append((f"`{event.value}`", rule.label, required, others, told))
    return _table(("事件", "说明", "必填", "须与谁不同人", "发出的通知"), rows)


def _tasks(workflow: Workflow) -> str:
    rows = []
    for kind, rule in workflow.tasks.items():
        opens, done, blocks = (
            "、".join(workflow.events[event].label for event in events)
            for events in (rule.opens_at, (*rule.done_by, *rule.done_with), rule.blocks)
        )
        rows.append((f"{rule.label} `{kind.value}`", _roles(rule.holders), opens, done, blocks, rule.source))
    return _table(("任务", "谁办", "何时出现", "怎么算办完", "拦住", "出处"), rows)


def _open_points() -> str:
    named = ((name, point) for name in variants() for point in load_workflow(name).open_points)
    return "\n".join(f"- `{name}`：{point}" for name, point in named)


def _deadlines() -> str:
    rows = []
    for name in variants():
        workflow = load_workflow(name)
        for key, rule in workflow.deadlines.items():
            least = "至少 " if rule.kind is DeadlineKind.SPAN else ""
            starts = workflow.events[rule.starts_at].label
            days = f"{least}{rule.value} {rule.unit}{'，循环' if rule.repeats else ''}"
            rows.append((f"`{name}`", f"{rule.label} `{key}`", days, starts, rule.source))
    return _table(("变体", "期限", "天数", "从何时起（次日起算）", "出处"), rows)


def _sources() -> str:
    lines = []
    for name in variants():
        workflow = load_workflow(name)
        lines.append(f"- `{name}`：{workflow.title}。适用：{workflow.applies}。")
        for source in workflow.sources:
            title = f"[{source.title}]({source.url})" if source.url else source.title
            lines.append(f"    - {title}，{source.publisher}，{source.date}")
    return "\n".join(lines)


def _roles(roles: Iterable[Role]) -> str:
    return "、".join(role.label for role in roles)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    sys.stdout.write(workflow_page())
