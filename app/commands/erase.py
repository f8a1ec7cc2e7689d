"""``bangfu erase``: the personal data of a household go for good, by two persons."""

from __future__ import annotations

import click

from app.context import Context
from app.desk.desk import Desk, at_desk
from bot.memory.forgetting import forget_chat
from bot.wording import phrases
from cases.actions.erase_case import ask_erasure, confirm_erasure
from cases.erasing import ErasureReason, erasable
from storage import attachments
from storage.database import transaction

_REASONS = {
    ErasureReason.WITHDRAWN: "撤回满三十天",
    ErasureReason.KEPT_LONG_ENOUGH: "保存年限到了",
}


@click.group()
def command() -> None:
    """删掉一户的个人信息：姓名、电话、难处、照片、聊天。编号、环节和办理记录的存证链留着。

    要两个人：一个提出，另一个确认，都留痕。撤回满三十天的、保存年限（[cases] keep_years）到了的才能删。

    \b
    例子：
      bangfu erase due --as 李玉梅
      bangfu erase ask 20462455239 --as 李玉梅
      bangfu erase confirm 20462455239 --as 赵有才
    """


@command.command()
@at_desk
def due(desk: Desk) -> None:
    """列出可以删的件。

    \b
    例子：
      bangfu erase due --as 李玉梅
    """
    found = erasable(desk.store, officer=desk.officer, now=desk.now, keep_years=_keep_years())
    for item in found:
        state = "，已有人提出，等另一个人确认" if item.asked else ""
        click.echo(f"{phrases.receipt(item.case.receipt)}  {_REASONS[item.reason]}{state}")
    if not found:
        click.echo("没有到期可以删的。")


@command.command()
@click.argument("receipt", metavar="编号")
@at_desk
def ask(desk: Desk, receipt: str) -> None:
    """提出删掉一户的个人信息。

    \b
    例子：
      bangfu erase ask 20462455239 --as 李玉梅
    """
    with transaction(desk.store):
        reason = ask_erasure(desk.store, receipt, actor=desk.officer, now=desk.now, keep_years=_keep_years())
    click.echo(f"提出了（{_REASONS[reason]}）。请另一个人用 bangfu erase confirm 确认，确认以后就找不回来了。")


@command.command()
@click.argument("receipt", metavar="编号")
@at_desk
def confirm(desk: Desk, receipt: str) -> None:
    """确认删掉，马上执行，找不回来。

    \b
    例子：
      bangfu erase confirm 20462455239 --as 赵有才
    """
    with transaction(desk.store):
        erased = confirm_erasure(desk.store, receipt, actor=desk.officer, now=desk.now, keep_years=_keep_years())
        if erased.chat is not None:
            forget_chat(desk.store, erased.chat)
    attachments.remove_files(desk.store, erased.files)
    desk.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    click.echo(f"编号 {phrases.receipt(erased.case.receipt)} 的个人信息删掉了，编号和办理记录留着。")
    click.echo("旧备份里还有：请按规定到期销毁旧备份；导出、打印出去的纸和表也要收回。")


def _keep_years() -> int:
    return click.get_current_context().ensure_object(Context).settings.cases.keep_years
