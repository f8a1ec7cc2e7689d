"""``bangfu officer``: who works the queue, with which role and where."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from app.context import Context
from app.desk.case_text import place
from app.desk.desk import day_option, refusals_in_words
from app.desk.scopes import area_code
from app.serving import serving_at
from bot.conversation.listening import page_address
from cases.actions.appoint_officer import LINK_HOURS, appoint_officer, issue_link
from cases.actions.change_duties import change_duties
from cases.actions.merge_area import merge_area
from cases.actions.record_leave import record_leave
from cases.actions.remove_officer import remove_officer
from cases.actors import SCOPE_DIGITS, Grant, Officer, Operator
from cases.officers import all_officers, chats_of_officer, find_officer
from cases.presence import Leave
from cases.referrals import Department
from cases.staffing import unstaffed
from cases.workflow import load_workflow
from storage.areas import gazetteer_of
from storage.database import transaction
from storage.store import Store

_ROLES = {role.value: role for role in SCOPE_DIGITS}


@click.group()
def command() -> None:
    """工作人员：登记、列出、发绑定码。

    \b
    例子：
      bangfu officer add --name 马志远 --role village --area 甘肃省/白银市/会宁县/会师镇/南家咀头村
      bangfu officer add --name 李玉梅 --role township --area 甘肃省/白银市/会宁县/会师镇
      bangfu officer list
      bangfu officer link 李玉梅
    """


_role_option = click.option(
    "--role",
    "roles",
    type=click.Choice(list(_ROLES)),
    metavar="角色",
    multiple=True,
    required=True,
    help="角色：" + "、".join(f"{role.value}（{role.label}）" for role in SCOPE_DIGITS) + "。一人多职就成对多写。",
)
_area_option = click.option(
    "--area", "areas", metavar="地方", multiple=True, required=True, help="管的地方：从省写起，用 / 隔开。"
)
_department_option = click.option(
    "--department", type=click.Choice([one.value for one in Department]), help="角色是 department 的要写：哪个部门。"
)


@command.command()
@click.option("--name", required=True, metavar="姓名", help="工作人员姓名。")
@_role_option
@_area_option
@_department_option
@click.pass_obj
def add(context: Context, name: str, roles: tuple[str, ...], areas: tuple[str, ...], department: str | None) -> None:
    """登记一位工作人员，并给出一次性绑定码（只显示这一次）。

    \b
    例子：
      bangfu officer add --name 陈建国 --role county --area 甘肃省/白银市/会宁县
    """
    if not name.strip():
        raise click.UsageError("--name 不能是空的。")
    grants = _grants(context, roles, areas)
    store = context.open_store()
    now = datetime.now(UTC)
    with refusals_in_words(), transaction(store):
        officer = appoint_officer(store, name, grants, actor=Operator(), now=now, department=department or "")
        code = issue_link(store, officer, actor=Operator(), now=now)
    click.echo(f"已登记：{_line(store, officer)}")
    _show_code(context, code)


@command.command()
@click.argument("officer", metavar="编号或姓名")
@_role_option
@_area_option
@_department_option
@click.pass_obj
def duties(
    context: Context, officer: str, roles: tuple[str, ...], areas: tuple[str, ...], department: str | None
) -> None:
    """一位工作人员换了角色或管的地方：照写的整个换掉。不再归他办的件退回待领，分给同事。

    \b
    例子：
      bangfu officer duties 马志远 --role village --area 甘肃省/白银市/会宁县/会师镇/南家咀头村
    """
    grants = _grants(context, roles, areas)
    store = context.open_store()
    with refusals_in_words(), transaction(store):
        found = find_officer(store, officer)
        now = datetime.now(UTC)
        count = change_duties(store, found, grants, actor=Operator(), now=now, department=department or "")
        changed = find_officer(store, str(found.number))
    click.echo(f"换好了：{_line(store, changed)}。退回待领 {count} 件。")


@command.command("list")
@click.pass_obj
def list_officers(context: Context) -> None:
    """列出所有工作人员。

    \b
    例子：
      bangfu officer list
    """
    store = context.open_store()
    officers = all_officers(store)
    for officer in officers:
        click.echo(_line(store, officer))
    context.say(f"共 {len(officers)} 位。" if officers else "还没有工作人员。用 bangfu officer add 登记第一位。")


@command.command()
@click.argument("officer", metavar="编号或姓名")
@click.pass_obj
def link(context: Context, officer: str) -> None:
    """给一位工作人员换一个新的一次性绑定码；旧的没用过的码作废。

    \b
    例子：
      bangfu officer link 马志远
    """
    store = context.open_store()
    with refusals_in_words(), transaction(store):
        found = find_officer(store, officer)
        code = issue_link(store, found, actor=Operator(), now=datetime.now(UTC))
    _show_code(context, code)


@command.command()
@click.argument("officer", metavar="编号或姓名")
@day_option("--first", "第一天。", required=True)
@day_option("--last", "最后一天。", required=True)
@click.option("--deputy", metavar="编号或姓名", help="谁代办。这段时间到期的件转给他，通知也发给他。")
@click.pass_obj
def leave(context: Context, officer: str, first: date, last: date, deputy: str | None) -> None:
    """登记一位工作人员休假，和谁代办。

    \b
    例子：
      bangfu officer leave 马志远 --first 2026-10-09 --last 2026-10-15 --deputy 王得福
    """
    store = context.open_store()
    with refusals_in_words(), transaction(store):
        record_leave(
            store,
            find_officer(store, officer),
            Leave(first, last, find_officer(store, deputy) if deputy else None),
            actor=Operator(),
            now=datetime.now(UTC),
        )
    click.echo("记下了。休假期间到期的件会转给代办的人，没有代办的人就转给手上件最少的同事。")


@command.command()
@click.argument("officer", metavar="编号或姓名")
@click.pass_obj
def remove(context: Context, officer: str) -> None:
    """一位工作人员调离：权限停掉，领办的件退回待领，并分给手上件最少的同事。他办过的记录都留着。

    \b
    例子：
      bangfu officer remove 马志远
    """
    store = context.open_store()
    with refusals_in_words(), transaction(store):
        found = find_officer(store, officer)
        count = remove_officer(store, found, actor=Operator(), now=datetime.now(UTC))
    click.echo(f"{found.name}已停用，退回待领 {count} 件。")


@command.command("merge-village")
@click.argument("old", metavar="原来的村")
@click.argument("new", metavar="并入的村")
@click.pass_obj
def merge_village(context: Context, old: str, new: str) -> None:
    """一个村并入另一个村：件、工作人员一起过去，以后报到老村的也到新村。

    \b
    例子：
      bangfu officer merge-village 620422101201 620422101202
    """
    store = context.open_store()
    codes = [area_code(one, context.gazetteer) for one in (old, new)]
    with refusals_in_words(), transaction(store):
        count = merge_area(store, *codes, actor=Operator(), now=datetime.now(UTC))
    click.echo(f"并好了：{count} 件转到新村，期限照算。")


@command.command()
@click.pass_obj
def check(context: Context) -> None:
    """看流程里的每个角色都有没有人；没有人办的步骤、没有人管的件列出来，退出码是 1。

    \b
    例子：
      bangfu officer check
    """
    store, gazetteer = context.open_store(), gazetteer_of(context.open_store())
    with refusals_in_words():
        workflow = load_workflow(context.settings.cases.workflow)
    if not all_officers(store):
        raise click.ClickException("还没有工作人员。请用 bangfu officer add 登记第一位。")
    missing = unstaffed(store, workflow)
    for gap in missing:
        waiting = f"，有 {gap.cases} 件在等" if gap.cases else ""
        roles = "、".join(role.label for role in gap.roles)
        click.echo(f"{place(gazetteer, gap.area_code)}：“{gap.state_label}”没有人办（要有{roles}）{waiting}")
    for point in workflow.open_points:
        click.echo(f"流程“{workflow.title}”待县里补全：{point}")
    if missing:
        raise click.exceptions.Exit(1)
    click.echo("每一步都有人办。")


def _grants(context: Context, roles: tuple[str, ...], areas: tuple[str, ...]) -> list[Grant]:
    if len(roles) != len(areas):
        raise click.UsageError("--role 和 --area 要成对写：每个角色后面写它管的地方。")
    return [Grant(_ROLES[role], area_code(area, context.gazetteer)) for role, area in zip(roles, areas, strict=True)]


def _line(store: Store, officer: Officer) -> str:
    gazetteer = gazetteer_of(store)
    grants = "；".join(f"{grant.role.label} {place(gazetteer, grant.scope)}" for grant in officer.grants)
    bound = "已绑定聊天" if chats_of_officer(store, officer.id) else "未绑定聊天"
    return f"{officer.number} 号  {officer.name}  {grants}  {bound}"


def _show_code(context: Context, code: str) -> None:
    settings = context.settings
    running = serving_at(settings.data_path)
    page = settings.web.public_address.rstrip("/") or running or page_address(settings)
    click.echo(f"一次性的码（{LINK_HOURS} 小时内有效，只能用一次，请只交给本人），两种用法选一种：")
    click.echo(f"在浏览器里打开，设密码，进办件台：{page}/desk/start/{code}")
    click.echo(f"在 Telegram 里对机器人发送：/start {code}")
    if running is None and not settings.web.public_address:
        context.say(
            "网页现在没有开着：上面的网址是照配置写的。先运行 bangfu up；用 --port 换了端口的，网址里的端口跟着换。"
        )
