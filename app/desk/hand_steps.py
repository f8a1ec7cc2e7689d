"""A case from hand to hand, one or many at once, as commands of ``bangfu queue``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import click

from app.desk.desk import CaseDesk, Desk, at_desk, on_case
from bot.wording import phrases
from bot.wording.refusals import refusal
from cases.actions.acknowledge import acknowledge
from cases.actions.claim import claim
from cases.actions.hand_over import release as release_case
from cases.actions.hand_over import transfer as transfer_case
from cases.actions.part_household import NewHousehold, join_households, split_household
from cases.actions.recuse import recuse_oneself
from cases.case import Case
from cases.details import Details, Recusal, Release, Transfer
from cases.errors import CasesError
from cases.officers import find_officer
from storage.database import transaction


@click.command()
@on_case
@click.option("--reason", required=True, metavar="文字", help="为什么退回。")
def release(desk: CaseDesk, reason: str) -> None:
    """把自己领办的件退回待领。

    \b
    例子：
      bangfu queue release 39205933749 --as 马志远 --reason "外出学习两周"
    """
    desk.run(release_case, Release(reason))


@click.command()
@on_case
@click.option("--to", "chosen", required=True, metavar="编号或姓名", help="转给谁。")
@click.option("--reason", default="", metavar="文字", help="为什么转。")
def transfer(desk: CaseDesk, chosen: str, reason: str) -> None:
    """把件转给同事：领办的人自己转，或由上一级改派。

    \b
    例子：
      bangfu queue transfer 39205933749 --as 李玉梅 --to 王得福 --reason "原承办人生病"
    """
    officer = find_officer(desk.desk.store, chosen)
    desk.run(transfer_case, Transfer(officer.id, reason))


@click.command()
@on_case
@click.option("--relation", required=True, metavar="文字", help="跟这一户是什么关系，如：堂弟、本人录入。")
def recuse(desk: CaseDesk, relation: str) -> None:
    """声明回避：自己的亲属、自己录入的件，转给别人办。

    \b
    例子：
      bangfu queue recuse 39205933749 --as 马志远 --relation 堂弟
    """
    desk.run(recuse_oneself, Recusal(relation))


@click.command()
@click.argument("action", type=click.Choice(["claim", "acknowledge", "release", "transfer"]), metavar="动作")
@click.argument("receipts", nargs=-1, required=True, metavar="编号...")
@click.option("--to", "chosen", metavar="编号或姓名", help="transfer：转给谁。")
@click.option("--reason", default="", metavar="文字", help="release、transfer：为什么。")
@at_desk
def bulk(desk: Desk, action: str, receipts: tuple[str, ...], chosen: str | None, reason: str) -> None:
    """一次办多件：claim（领办）、acknowledge（受理）、release（退回待领）、transfer（转给同事）。

    一件一件办，一件一行结果；有一件没办成，退出码是 1，别的照办。

    \b
    例子：
      bangfu queue bulk claim 39205933749 59205933741 --as 马志远
      bangfu queue bulk transfer 39205933749 59205933741 --as 李玉梅 --to 王得福
    """
    if action == "transfer" and chosen is None:
        raise click.UsageError("transfer 要写 --to：转给谁。")
    officer = find_officer(desk.store, chosen) if chosen else None
    steps: dict[str, tuple[Callable[..., Case], tuple[Details, ...]]] = {
        "claim": (claim, ()),
        "acknowledge": (acknowledge, ()),
        "release": (release_case, (Release(reason),)),
        "transfer": (transfer_case, (Transfer(officer.id if officer else "", reason),)),
    }
    done = [_one(CaseDesk(desk, receipt, None), *steps[action]) for receipt in dict.fromkeys(receipts)]
    click.echo(f"共 {len(done)} 件，办成 {sum(done)} 件。", err=True)
    if not all(done):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("receipt", metavar="编号")
@click.option("--householder", required=True, metavar="姓名", help="分出的一户的户主。")
@click.option("--phone", required=True, metavar="电话", help="分出的一户的电话。")
@click.option("--story", required=True, metavar="文字", help="分出的一户自己的难处。")
@at_desk
def split(desk: Desk, receipt: str, **given: str) -> None:
    """分户：分出的一户另立一件，从头办，两件互相注明。

    \b
    例子：
      bangfu queue split 39205933749 --as 马志远 --householder 苏小军 --phone 13800000001 --story "分家另过，媳妇住院"
    """
    with transaction(desk.store):
        made = split_household(desk.store, receipt, NewHousehold(**given), actor=desk.officer, now=desk.now)
    click.echo(f"分好了：新立编号 {phrases.receipt(made.receipt)}。原来那件请按剩下的人口重新填采集表。")


@click.command()
@click.argument("receipt", metavar="编号")
@click.argument("into", metavar="并到的编号")
@at_desk
def join(desk: Desk, receipt: str, into: str) -> None:
    """并户：一件并到另一件，两件互相注明；不再办的那件照样要建议不纳入、由另一个人确认。

    \b
    例子：
      bangfu queue join 39205933749 59205933741 --as 马志远
    """
    with transaction(desk.store):
        join_households(desk.store, receipt, into, actor=desk.officer, now=desk.now)
    click.echo(f"记下了：编号 {phrases.receipt(receipt)} 并到 {phrases.receipt(into)}。")


def _one(desk: CaseDesk, action: Callable[..., Case], details: tuple[Details, ...]) -> bool:
    """Do one of many and say what came of it; a refusal does not stop the others."""
    try:
        desk.run(action, *details)
    except CasesError as error:
        said = refusal({"code": error.code, "fields": error.params}).text
        click.echo(f"没办成。编号 {phrases.receipt(desk.receipt)}：{said}")
        return False
    return True


STEPS: Final[Sequence[click.Command]] = (release, transfer, recuse, split, join, bulk)
