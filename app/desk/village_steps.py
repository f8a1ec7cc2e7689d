"""The steps of a case that a village takes, and those that anybody may take, as commands of ``bangfu queue``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from app.desk.case_text import place
from app.desk.desk import CaseDesk, Desk, at_desk, day_option, on_case
from app.desk.photos import keep_photo
from bot.wording import phrases
from cases.actions.acknowledge import acknowledge as acknowledge_case
from cases.actions.add_note import add_note
from cases.actions.claim import claim as claim_case
from cases.actions.mark_urgent import mark_urgent
from cases.actions.record_aid import record_aid
from cases.actions.record_home_visit import record_home_visit
from cases.actions.tell_reporter import record_telling
from cases.details import (
    Aid,
    HomeVisit,
    Mark,
    Note,
    Telling,
    TellingMeans,
    UrgentMark,
    VisitManner,
)
from cases.telling import untold_cases
from storage.areas import gazetteer_of
from storage.database import transaction

_TODAY = "不写就是今天。"


@click.command()
@on_case
def claim(desk: CaseDesk) -> None:
    """领办一个案件。

    \b
    例子：
      bangfu queue claim 39205933749 --as 马志远
    """
    desk.run(claim_case)


@click.command()
@on_case
def acknowledge(desk: CaseDesk) -> None:
    """受理一个案件；没人领办的就由我领办。

    \b
    例子：
      bangfu queue acknowledge 39205933749 --as 马志远
    """
    desk.run(acknowledge_case)


@click.command()
@on_case
@day_option("--on", f"入户日期，{_TODAY}")
@click.option("--findings", required=True, metavar="文字", help="看到、核到的情况。")
@click.option("--visitor", "visitors", multiple=True, metavar="姓名", help="入户人员，可写多次。")
@day_option("--cross-checked", "信息比对日期。")
@day_option("--consent-signed", "书面授权签字日期。")
@click.option(
    "--by", "manner", type=click.Choice([one.value for one in VisitManner]), default=VisitManner.DOOR.value,
    help="人在外地回不来的，可以电话、视频；天数照算。",
)  # fmt: skip
@click.option("--spoke-with", default="", metavar="姓名", help="电话、视频必写：跟谁通的话。")
@click.option("--away", default="", metavar="文字", help="电话、视频必写：为什么没有上门。")
@click.option("--joint", "joint_with", multiple=True, metavar="部门", help="同时为哪个部门核查，可写多次。")
def visit(
    desk: CaseDesk, *, on: date | None, cross_checked: date | None, consent_signed: date | None, **given: Any
) -> None:
    """记录入户核查；人在外地的，电话、视频问本人或亲属。

    \b
    例子：
      bangfu queue visit 39205933749 --as 马志远 --on 2026-03-12 --visitor 马志远 --visitor 王得福 \\
          --findings "住院自付四万，属实"
      bangfu queue visit 39205933749 --as 马志远 --by 视频 --spoke-with "儿子苏强" --away 全家在新疆务工 --findings 属实
    """
    given["manner"] = VisitManner(given["manner"])
    details = HomeVisit(on or desk.today, cross_checked_on=cross_checked, consent_signed_on=consent_signed, **given)
    desk.run(record_home_visit, details)


@click.command()
@on_case
@click.option("--reason", required=True, metavar="文字", help="为什么等不得。")
def urgent(desk: CaseDesk, reason: str) -> None:
    """标为紧急：排到最前，先救助、后补程序。

    \b
    例子：
      bangfu queue urgent 39205933749 --as 马志远 --reason "房子塌了，没处住"
    """
    desk.run(mark_urgent, UrgentMark(reason))


@click.command()
@on_case
@day_option("--on", f"救助日期，{_TODAY}")
@click.option("--what", required=True, metavar="文字", help="给了什么。")
def aid(desk: CaseDesk, on: date | None, what: str) -> None:
    """记录先行救助。

    \b
    例子：
      bangfu queue aid 39205933749 --as 李玉梅 --what "临时住处，米面各一袋"
    """
    desk.run(record_aid, Aid(on or desk.today, what))


@click.command()
@on_case
@click.argument("text", metavar="内容")
def note(desk: CaseDesk, text: str) -> None:
    """写一条备注，只给工作人员看。

    \b
    例子：
      bangfu queue note 39205933749 "户主在外打工，周末才回" --as 马志远
    """
    desk.run(add_note, Note(text))


@click.command()
@on_case
@day_option("--on", f"告知日期，{_TODAY}")
@click.option(
    "--by", "means", type=click.Choice([one.value for one in TellingMeans]), required=True, help="怎么告知的。"
)
@click.option("--to", "to_whom", required=True, metavar="姓名", help="告知了谁。")
@click.option(
    "--mark", type=click.Choice([one.value for one in Mark]), default=Mark.NONE.value, help="上门、书面必写。"
)
@click.option("--witness", default="", metavar="姓名", help="拒签时在场的见证人。")
@click.option("--photo", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="签字单等的照片。")
@click.option("--how", default="", metavar="文字", help="要说明的。")
def told(desk: CaseDesk, *, on: date | None, photo: Path | None, **given: str) -> None:
    """记录已当面或打电话告知申报人：谁、哪天、怎么、告知了谁，有签字、手印，或有人见证拒签。

    \b
    例子：
      bangfu queue told 39205933749 --as 马志远 --by 上门 --to 苏秀英 --mark 手印
      bangfu queue told 39205933749 --as 马志远 --by 电话 --to 苏秀英
    """
    kept = ""
    if photo is not None:
        with transaction(desk.desk.store):
            kept = keep_photo(desk.desk.store, photo, now=desk.desk.now)
    telling = Telling(
        on or desk.today,
        TellingMeans(given["means"]),
        given["to_whom"],
        Mark(given["mark"]),
        given["witness"],
        kept,
        given["how"],
    )
    desk.run(record_telling, telling)


@click.command()
@at_desk
def untold(desk: Desk) -> None:
    """列出还没告知到户的案件（没有聊天、要上门或打电话的），办结的也算。

    \b
    例子：
      bangfu queue untold --as 马志远
    """
    gazetteer = gazetteer_of(desk.store)
    for case, things in untold_cases(desk.store, officer=desk.officer):
        area = "/".join(place(gazetteer, case.area_code).split("/")[-2:])
        click.echo(f"{phrases.receipt(case.receipt)}  {desk.item(case).state_label}  {area}  {things} 件事没告知")


STEPS: Final[Sequence[click.Command]] = (
    claim,
    acknowledge,
    visit,
    urgent,
    aid,
    note,
    told,
    untold,
)
