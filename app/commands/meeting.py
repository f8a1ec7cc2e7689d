"""``bangfu meeting``: appraisal meetings of villages, minutes of townships, batches of counties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.desk.case_text import place
from app.desk.desk import Desk, at_desk, day_option
from app.desk.papers import deliver, html_option
from app.desk.photos import keep_photo, photo_option
from bot.wording import phrases
from cases.actions.decide_batch import Batch, decide_batch
from cases.actions.hand_in_sign_in import hand_in_sign_in
from cases.actions.print_meeting import Printing, print_meeting
from cases.actions.record_meeting import AppraisalMeeting, Vote, record_meeting
from cases.actions.record_minutes import Minutes, Review, record_minutes
from cases.meetings.meeting import Meeting, items_of, list_meetings
from cases.meetings.sheets import SheetKind
from cases.receipts import canonical_receipt
from storage.areas import gazetteer_of
from storage.database import transaction


class Assigned(click.ParamType[tuple[str, str]]):
    """A number of a case, an equals sign, and what is said of that case."""

    name = "编号=内容"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return number and content, or refuse with the way to write it."""
        if isinstance(value, tuple):
            return value
        receipt, equals, text = str(value).partition("=")
        if not equals or not text.strip():
            self.fail(f"“{value}”写法不对。请写成 编号=内容，如 39205933749=21/1/1。", param, ctx)
        return canonical_receipt(receipt), text.strip()


@click.group()
def command() -> None:
    """会议和批次：村里评议、乡镇审核、县级批复，一次会写全各户。

    \b
    例子：
      bangfu meeting record --as 马志远 --place 村委会 --expected 25 --attended 23 --quorum 17 \\
          --chair 马志远 --recorder 王得福 --photo 签到.jpg --vote 39205933749=21/1/1 --vote 48201736450=3/20/0
      bangfu meeting minutes --as 李玉梅 --place 镇政府 --chair 李玉梅 --recorder 赵有才 \\
          --present 李玉梅 --present 赵有才 --agree 39205933749=同意
      bangfu meeting batch 39205933749 --as 陈建国 --number 批复文号 --opinion 同意纳入
      bangfu meeting show 1 --as 马志远 --sheet 记录
    """


@command.command()
@day_option("--on", "开会日期，不写就是今天。")
@click.option("--place", "where", required=True, metavar="地点", help="在哪里开的。")
@click.option("--expected", type=click.IntRange(min=1), required=True, metavar="人数", help="应到人数。")
@click.option("--attended", type=click.IntRange(min=1), required=True, metavar="人数", help="实到人数。")
@click.option(
    "--quorum", type=click.IntRange(min=1), required=True, metavar="人数", help="最少要到几人才算数，按当地规定。"
)
@click.option("--chair", required=True, metavar="姓名", help="主持人。")
@click.option("--recorder", required=True, metavar="姓名", help="记录人。")
@photo_option
@click.option(
    "--vote", "votes", type=Assigned(), multiple=True, required=True, help="编号=同意/不同意/弃权，一户一个。"
)
@click.option("--conclusion", "conclusions", type=Assigned(), multiple=True, help="编号=结论；不写就按票数写。")
@click.option("--recused", type=Assigned(), multiple=True, help="编号=回避的人，一人一个。")
@at_desk
def record(desk: Desk, *, on: date | None, where: str, photo: Path, **given: Any) -> None:
    """记录一次民主评议会（签到照片用 --photo）。没通过的户自动提出“建议不纳入”，等乡镇确认。

    \b
    例子：
      bangfu meeting record --as 马志远 --place 村委会 --expected 25 --attended 23 --quorum 17 \\
          --chair 马志远 --recorder 王得福 --photo 签到.jpg \\
          --vote 39205933749=20/1/1 --recused 39205933749=马得水
    """
    votes = [_vote(receipt, counts, given) for receipt, counts in given["votes"]]
    with transaction(desk.store):
        meeting = AppraisalMeeting(
            on or desk.today,
            where,
            given["expected"],
            given["attended"],
            given["quorum"],
            given["chair"],
            given["recorder"],
            keep_photo(desk.store, photo, now=desk.now),
        )
        kept = record_meeting(desk.store, meeting, votes, actor=desk.officer, now=desk.now)
    passed = sum(vote.carried for vote in votes)
    click.echo(f"记好了：第 {kept.number} 号会议，{len(votes)} 户，通过 {passed} 户。")


@command.command("sign-in")
@click.argument("number", type=click.IntRange(min=1), metavar="会议号")
@photo_option
@at_desk
def sign_in(desk: Desk, number: int, *, photo: Path) -> None:
    """补交评议会签到表的照片（聊天里记的会，当时没拍的）。没有它，乡镇审核不能同意。

    \b
    例子：
      bangfu meeting sign-in 1 --as 马志远 --photo 签到.jpg
    """
    with transaction(desk.store):
        kept = keep_photo(desk.store, photo, now=desk.now)
        hand_in_sign_in(desk.store, number, kept, actor=desk.officer, now=desk.now)
    click.echo(f"记好了：第 {number} 号会议的签到表。")


@command.command()
@day_option("--on", "开会日期，不写就是今天。")
@click.option("--place", "where", required=True, metavar="地点", help="在哪里开的。")
@click.option("--chair", required=True, metavar="姓名", help="主持人。")
@click.option("--recorder", required=True, metavar="姓名", help="记录人。")
@click.option("--present", multiple=True, required=True, metavar="姓名", help="参加的人，一人一个。")
@click.option("--number", default="", metavar="文号", help="请示的文号，有就写。")
@click.option("--agree", type=Assigned(), multiple=True, help="编号=审核意见，同意的一户一个。")
@click.option("--return", "returned", type=Assigned(), multiple=True, help="编号=缺什么，退回的一户一个。")
@at_desk
def minutes(desk: Desk, *, on: date | None, where: str, **given: Any) -> None:
    """记录乡镇审核会：同意的报县级审定，退回的回到村里。

    \b
    例子：
      bangfu meeting minutes --as 李玉梅 --place 镇政府 --chair 李玉梅 --recorder 赵有才 \\
          --present 李玉梅 --present 赵有才 --agree 39205933749=同意 --return 48201736450=缺授权书
    """
    reviews = [Review(receipt, True, opinion) for receipt, opinion in given["agree"]]
    reviews += [Review(receipt, False, reason) for receipt, reason in given["returned"]]
    held = Minutes(on or desk.today, where, given["chair"], given["recorder"], tuple(given["present"]), given["number"])
    with transaction(desk.store):
        kept = record_minutes(desk.store, held, reviews, actor=desk.officer, now=desk.now)
    click.echo(f"记好了：第 {kept.number} 号会议，同意 {len(given['agree'])} 户，退回 {len(given['returned'])} 户。")


@command.command()
@click.argument("receipts", nargs=-1, required=True, metavar="编号...")
@day_option("--on", "批复日期，不写就是今天。")
@click.option("--number", required=True, metavar="文号", help="批复的文号。")
@click.option("--opinion", required=True, metavar="文字", help="审定意见。")
@at_desk
def batch(desk: Desk, receipts: Sequence[str], *, on: date | None, number: str, opinion: str) -> None:
    """县级成批审定：一个文号，几户一起纳入（或一起消除风险）。

    \b
    例子：
      bangfu meeting batch 39205933749 48201736450 --as 陈建国 --number 批复文号 --opinion 同意纳入
    """
    with transaction(desk.store):
        decided = Batch(on or desk.today, number, opinion)
        kept = decide_batch(desk.store, decided, receipts, actor=desk.officer, now=desk.now)
    click.echo(f"记好了：第 {kept.number} 号，{kept.document_number}，{len(set(receipts))} 户。")


@command.command("list")
@at_desk
def list_them(desk: Desk) -> None:
    """列出我管的地方的会议和批次。

    \b
    例子：
      bangfu meeting list --as 李玉梅
    """
    for meeting in list_meetings(desk.store, officer=desk.officer):
        click.echo(_line(desk, meeting))


@command.command()
@click.argument("number", type=click.IntRange(min=1), metavar="会议号")
@click.option("--sheet", type=click.Choice([kind.value for kind in SheetKind]), required=True, help="打印哪一张。")
@click.option("--reveal", is_flag=True, help="写出户主姓名。每一户都会留下查看记录。")
@click.option("--original", is_flag=True, help="打印要签字盖章的那一份；不加就是带“副本”水印的。")
@html_option
@at_desk
def show(desk: Desk, number: int, *, sheet: str, reveal: bool, original: bool, html: Path | None) -> None:
    """打印会议记录、请示、名单、批复。

    \b
    例子：
      bangfu meeting show 2 --as 李玉梅 --sheet 请示 --reveal --original --html 请示.html
    """
    gazetteer = gazetteer_of(desk.store)
    with transaction(desk.store):
        paper = print_meeting(
            desk.store,
            number,
            Printing(SheetKind(sheet), reveal, original),
            area_name=lambda code: place(gazetteer, code).rsplit("/", 1)[-1],
            actor=desk.officer,
            now=desk.now,
        )
    deliver(paper, html)


def _vote(receipt: str, counts: str, given: dict[str, Any]) -> Vote:
    parts = counts.split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        raise click.UsageError(f"“{counts}”不是票数。请写成 同意/不同意/弃权，如 21/1/1。")
    in_favour, against, abstained = map(int, parts)
    recused = tuple(name for about, name in given["recused"] if about == receipt)
    conclusion = dict(given["conclusions"]).get(receipt, "")
    return Vote(receipt, in_favour, against, abstained, conclusion, recused).concluded()


def _line(desk: Desk, meeting: Meeting) -> str:
    area = place(gazetteer_of(desk.store), meeting.area_code).rsplit("/", 1)[-1]
    parts = [f"第 {meeting.number} 号", area, meeting.kind.label, phrases.day(meeting.held_on.isoformat())]
    parts += [meeting.document_number] if meeting.document_number else []
    return "  ".join([*parts, f"{len(items_of(desk.store, meeting))} 户"])
