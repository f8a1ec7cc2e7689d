"""``bangfu doctor``: which profile runs, and what is missing or degraded."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import click

from app.context import Context
from bot.conditions import Condition, House, conditions
from cases.errors import WorkflowError
from cases.set_back import say_clock_is_right
from settings.schema import Settings
from storage.database import transaction


@click.command()
@click.option("--clock-is-right", is_flag=True, help="机器以前走快过，现在的时间才对：写进审核记录，接着办。")
@click.pass_obj
def command(context: Context, *, clock_is_right: bool) -> None:
    """看看哪里没弄好：密钥、数据库、备份、索引、模型、配置、电话、人员、期限日历、磁盘、端口。

    每一项写着现在怎样、该怎么办。都好退出码是 0，有要处理的是 1。只看不改（除了 --clock-is-right）。

    例子：

    \b
      bangfu doctor
      bangfu doctor --data /srv/bangfu
    """
    settings, store = context.settings, context.open_store()
    if clock_is_right:
        with transaction(store):
            say_clock_is_right(store, now=datetime.now(UTC))
    try:
        found = [*conditions(House(store, settings, datetime.now(UTC))), _area(context), _port(settings)]
    except WorkflowError as error:
        raise click.ClickException(f"办理流程 {settings.cases.workflow} 不能用：\n{error}") from None
    for one in sorted(found, key=lambda one: one.good):
        click.echo(f"{'正常　' if one.good else '要处理'}  {one.name}：{one.state}")
        if not one.good:
            click.echo(f"        → {one.remedy}")
    bad = sum(not one.good for one in found)
    click.echo(f"共 {len(found)} 项，{bad} 项要处理。" if bad else f"共 {len(found)} 项，都正常。")
    if bad:
        raise SystemExit(1)


def _area(context: Context) -> Condition:
    settings = context.settings
    known = bool(settings.area) and context.gazetteer.by_path(settings.area) is not None
    said = settings.area or "没有填，问政策时不知道按哪里的规定"
    remedy = "请在配置最上面的 area 写全称，如 甘肃省/白银市/会宁县；写错一个字也找不到。"
    return Condition("服务的地方", known, said, remedy)


def _port(settings: Settings) -> Condition:
    """Return whether the page's port is free, or answers already: then the service runs."""
    web = settings.web
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        taken = probe.connect_ex((web.host, web.port)) == 0
    said = f"{web.port} 号端口有程序在用（服务开着就是它）" if taken else f"{web.port} 号端口空着，bangfu up 可以启动"
    return Condition("网页端口", True, said)
