"""``bangfu queue``: the review queue at the command line."""

from __future__ import annotations

from datetime import date

import click

from app.context import Context
from app.desk import form_steps, hand_steps, intake_steps, monitoring_steps, office_steps, task_steps, village_steps
from app.desk.case_text import case_page, queue_line
from app.desk.desk import Desk, at_desk, day_option, refusals_in_words
from bot.wording import phrases
from cases.access import access_case
from cases.calendar import calendar_of
from cases.duplicates import possible_duplicates
from cases.queue import Due, QueueFilter, count_queue
from cases.rules import DeadlineKind
from cases.states import State
from cases.what_if import would_be
from cases.workflow import load_workflow, workflow_of
from storage.areas import gazetteer_of

_DUE = {"今天": Due.TODAY, "明天": Due.TOMORROW, "超期": Due.OVERDUE, **{due.value: due for due in Due}}


@click.group()
def command() -> None:
    """审核队列：看待办，领办，记录每一步。

    每条命令都要写 --as（工作人员的编号或姓名），只看得到自己管的地方。姓名、电话平时隐去。

    \b
    例子：
      bangfu queue list --as 马志远 --due 今天
      bangfu queue show 39205933749 --as 马志远
      bangfu queue claim 39205933749 --as 马志远
      bangfu queue acknowledge 39205933749 --as 马志远
      bangfu queue visit 39205933749 --as 马志远 --findings "住院自付四万，属实"
      bangfu queue review 39205933749 --as 李玉梅 --return "缺评议会签到表"
    """


@command.command("list")
@click.option("--mine", is_flag=True, help="只看我领办的。")
@click.option("--unclaimed", is_flag=True, help="只看没人领办的。")
@click.option("--waiting", is_flag=True, help="只看轮到我这一级办的。")
@click.option("--due", type=click.Choice(list(_DUE)), metavar="今天|明天|超期", help="只看这时到期的。")
@click.option("--state", type=click.Choice([state.value for state in State]), metavar="状态", help="只看这个状态的。")
@click.option("--done", is_flag=True, help="看已经办结的。")
@click.option("--aside", is_flag=True, help="看放在一边的：一部电话短时间里报来好几件，等乡镇看过再办。")
@at_desk
def list_cases(desk: Desk, *, due: str | None, state: str | None, done: bool, **flags: bool) -> None:
    """列出我管的地方的案件：紧急的在前，再按期限。

    \b
    例子：
      bangfu queue list --as 马志远 --waiting
      bangfu queue list --as 3 --due 超期
    """
    wanted = QueueFilter(
        due=_DUE[due] if due else None,
        state=State(state) if state else None,
        active=not done,
        mine=flags["mine"],
        unclaimed=flags["unclaimed"],
        waiting=flags["waiting"],
        aside=flags["aside"],
    )
    gazetteer = gazetteer_of(desk.store)
    items = desk.list(wanted)
    for item in items:
        click.echo(queue_line(desk.store, item, gazetteer, desk.today))
    click.echo(f"共 {len(items)} 件。", err=True)
    aside = count_queue(desk.store, officer=desk.officer, today=desk.today, wanted=QueueFilter(aside=True))
    if aside and not wanted.aside:
        click.echo(f"另有 {aside} 件放在一边等乡镇看（queue list --aside）。", err=True)


@command.command()
@click.argument("receipt", metavar="编号")
@click.option("--reveal", is_flag=True, help="显示姓名、电话和情况。会留下查看记录。")
@at_desk
def show(desk: Desk, receipt: str, *, reveal: bool) -> None:
    """看一个案件：到哪一步、期限、我能办什么、经过。

    \b
    例子：
      bangfu queue show 39205933749 --as 马志远
      bangfu queue show 39205933749 --as 马志远 --reveal
    """
    file = desk.file(receipt, reveal=reveal)
    duplicates = possible_duplicates(desk.store, file.case, officer=desk.officer)
    click.echo(
        case_page(desk.store, file, desk.item(file.case), gazetteer_of(desk.store), duplicates, today=desk.today)
    )


@command.command()
@click.argument("receipt", metavar="编号")
@at_desk
def checklist(desk: Desk, receipt: str) -> None:
    """看这个件的风险消除核对表：提出消除以前，哪几条要先成立。

    \b
    例子：
      bangfu queue checklist 39205933749 --as 马志远
    """
    case = access_case(desk.store, receipt, actor=desk.officer)
    workflow = workflow_of(desk.store, case.workflow, case.workflow_version)
    for key, check in workflow.resolution_checks.items():
        only = f"（只有{check.only}这样规定）" if check.only else ""
        click.echo(f"{'要核' if check.on else '不用'}  {key}  {check.text}{only}  出处：{check.source}")


@command.command()
@day_option("--start", "从哪一天起算。", required=True)
@click.pass_obj
def dates(context: Context, start: date) -> None:
    """算一算：从某一天起，每个期限到哪天。

    \b
    例子：
      bangfu queue dates --start 2026-09-28
    """
    with refusals_in_words():
        workflow = load_workflow(context.settings.cases.workflow)
        calendar = calendar_of(context.open_store())
    click.echo(f"{workflow.title}，从{phrases.day(start.isoformat())}起算：")
    for it in would_be(workflow, calendar, start).values():
        provisional = "（暂定：那一年的放假安排还没有公布）" if it.due.provisional else ""
        least = "至少到" if it.rule.kind is DeadlineKind.SPAN else "最晚"
        day = f"{it.due.date.year}年{phrases.day(it.due.date.isoformat())}"
        click.echo(f"{it.rule.label}  {it.rule.value} {it.rule.unit}  {least}{day}{provisional}")


_STEPS = (village_steps, form_steps, task_steps, office_steps, monitoring_steps, hand_steps, intake_steps)
for step in (step for module in _STEPS for step in module.STEPS):
    command.add_command(step)
