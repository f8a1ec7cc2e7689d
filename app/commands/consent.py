"""``bangfu consent``: the notice of use in its versions, and the written authorisation to print."""

from __future__ import annotations

from pathlib import Path

import click

from app.context import Context
from app.desk.desk import Desk, at_desk
from app.desk.papers import deliver, html_option
from bot.wording import phrases
from cases.access import access_case
from cases.consent.authorisation import print_authorisation
from cases.consent.notice import consent_notices
from places.gazetteer import written
from storage.database import transaction


@click.group()
def command() -> None:
    """告知书（报困难时看的）和承诺授权书（查家里情况以前签的纸）。"""


@command.command("notices")
def notices() -> None:
    """列出每一版告知书写了什么；村民同意的是哪一版，记在他的件里。

    \b
    例子：
      bangfu consent notices
    """
    for notice in consent_notices():
        click.echo(f"告知书 {notice.version}，{phrases.day(notice.since.isoformat())}起用：")
        for line in notice.lines:
            click.echo(f"· {line}")


@command.command("paper")
@click.argument("receipt", metavar="编号")
@html_option
@at_desk
def paper(desk: Desk, receipt: str, html: Path | None) -> None:
    """印一户的承诺授权书：家里成年人每人签字或按手印，信息比对以前要有。会留下查看记录。

    入户采集表填过的，名字已经印上；没填过的留空行。签好以后用 bangfu queue consent 记下。

    \b
    例子：
      bangfu consent paper 39205933749 --as 马志远 --html 授权书.html
    """
    gazetteer = click.get_current_context().ensure_object(Context).gazetteer
    with transaction(desk.store):
        case = access_case(desk.store, receipt, actor=desk.officer)
        village = written(gazetteer.path(case.area_code))
        made = print_authorisation(desk.store, receipt, village=village, officer=desk.officer, now=desk.now)
    deliver(made, html)
