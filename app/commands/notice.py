"""``bangfu notice``: public notices from the draft to the last answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from app.context import Context
from app.desk.case_text import place
from app.desk.desk import Desk, at_desk, day_option
from app.desk.papers import deliver, html_option
from app.desk.photos import keep_photo, photo_option
from bot.wording import phrases
from cases.actions.draft_public_notice import draft_public_notice
from cases.actions.end_public_notice import end_public_notice
from cases.actions.hear_objection import answer_objection, hear_objection, reveal_objection
from cases.actions.post_public_notice import ProofOfPosting, post_public_notice
from cases.actions.print_public_notice import print_public_notice
from cases.public_notice.notice import PublicNotice, access_notice, list_notices
from cases.public_notice.objections import Means, NewObjection, Objection, objections_to
from storage.areas import gazetteer_of
from storage.database import transaction
from storage.village_codes import village_codes
from web.leaflets.squares import objection_code

_MEANS = [means.value for means in Means]
_number = click.argument("number", type=click.IntRange(min=1), metavar="公示号")


@click.group()
def command() -> None:
    """公示：起草、打印、张贴、异议、揭下。

    公示上只有户主姓名和村民小组；写进身份证号、电话、病情、致贫原因等，一律不让起草。

    \b
    例子：
      bangfu notice draft 39205933749 48201736450 --as 马志远 --from 2026-03-12
      bangfu notice show 1 --as 马志远 --original --html 公示.html
      bangfu notice post 1 --as 马志远 --place 村务公开栏 --photo 张贴.jpg
      bangfu notice end 1 --as 马志远 --photo 揭下.jpg
    """


@command.command()
@click.argument("receipts", nargs=-1, required=True, metavar="编号...")
@day_option("--from", "从哪天贴起，不写就是今天。")
@at_desk
def draft(desk: Desk, receipts: tuple[str, ...], **days: date | None) -> None:
    """起草一张公示，一个村的几户写在一张上。

    \b
    例子：
      bangfu notice draft 39205933749 48201736450 --as 马志远
    """
    contacts = click.get_current_context().ensure_object(Context).settings.contacts
    with transaction(desk.store):
        notice = draft_public_notice(
            desk.store,
            receipts,
            starts_on=days["from"] or desk.today,
            supervision=phrases.supervision(contacts.model_dump()),
            actor=desk.officer,
            now=desk.now,
        )
    click.echo(f"起草好了：第 {notice.number} 张公示。{_days(notice)}")
    click.echo(f"请打印盖章：bangfu notice show {notice.number} --original --html 公示.html", err=True)


@command.command()
@_number
@click.option("--original", is_flag=True, help="打印要盖章张贴的那一张；不加就是带“副本”水印的。")
@html_option
@at_desk
def show(desk: Desk, number: int, *, original: bool, html: Path | None) -> None:
    """打印一张公示。会留下打印记录。

    \b
    例子：
      bangfu notice show 1 --as 马志远
      bangfu notice show 1 --as 马志远 --original --html 公示.html
    """
    notice = access_notice(desk.store, number, officer=desk.officer)
    village = place(gazetteer_of(desk.store), notice.area_code)
    settings = click.get_current_context().ensure_object(Context).settings
    code = objection_code(settings, village_codes(settings), number)
    with transaction(desk.store):
        paper = print_public_notice(
            desk.store, number, village=village, original=original, actor=desk.officer, now=desk.now, code=code
        )
    deliver(paper, html)


@command.command("list")
@click.option("--ended", is_flag=True, help="已经揭下的也列出来。")
@at_desk
def list_them(desk: Desk, *, ended: bool) -> None:
    """列出我管的地方的公示。

    \b
    例子：
      bangfu notice list --as 马志远
    """
    gazetteer = gazetteer_of(desk.store)
    for notice in list_notices(desk.store, officer=desk.officer, ended=ended):
        village = place(gazetteer, notice.area_code).rsplit("/", 1)[-1]
        objections = objections_to(desk.store, notice)
        waiting = sum(objection.upheld is None for objection in objections)
        parts = [f"第 {notice.number} 张", village, _state(notice, desk.today), _days(notice)]
        parts.append(f"异议 {len(objections)} 件，{waiting} 件待答复")
        click.echo("  ".join(parts))


@command.command()
@_number
@day_option("--on", "张贴日期，不写就是今天；要和公示上写的一样。")
@click.option("--place", "where", required=True, metavar="地点", help="贴在哪里，如 村务公开栏。")
@photo_option
@at_desk
def post(desk: Desk, number: int, on: date | None, where: str, photo: Path) -> None:
    """记录张贴：日期、地点、照片。上面各户一起进入公示。

    \b
    例子：
      bangfu notice post 1 --as 马志远 --place 村务公开栏 --photo 张贴.jpg
    """
    with transaction(desk.store):
        proof = ProofOfPosting(on or desk.today, where, keep_photo(desk.store, photo, now=desk.now))
        notice = post_public_notice(desk.store, number, proof, actor=desk.officer, now=desk.now)
    click.echo(f"记好了：第 {notice.number} 张公示已张贴。{_days(notice)}")


@command.command()
@_number
@day_option("--on", "揭下日期，不写就是今天。")
@photo_option
@at_desk
def end(desk: Desk, number: int, on: date | None, photo: Path) -> None:
    """记录公示期满、揭下：上面各户一起报乡镇。异议都要先答复。

    \b
    例子：
      bangfu notice end 1 --as 马志远 --photo 揭下.jpg
    """
    with transaction(desk.store):
        kept = keep_photo(desk.store, photo, now=desk.now)
        notice = end_public_notice(
            desk.store, number, on=on or desk.today, photo=kept, actor=desk.officer, now=desk.now
        )
        objections = objections_to(desk.store, notice)
    click.echo(f"记好了：第 {notice.number} 张公示已揭下，收到异议 {len(objections)} 件。")


@command.command("object")
@_number
@click.argument("receipt", metavar="编号")
@click.option("--text", required=True, metavar="文字", help="说了什么。")
@click.option("--by", "means", type=click.Choice(_MEANS), required=True, help="怎么提的。")
@click.option("--name", default="", metavar="姓名", help="谁提的；不愿留名就不写。")
@day_option("--on", "提出日期，不写就是今天。")
@at_desk
def object_to(desk: Desk, number: int, receipt: str, *, on: date | None, **said: str) -> None:
    """登记一条异议，得到编号和答复期限。

    \b
    例子：
      bangfu notice object 1 39205933749 --as 马志远 --by 当面 --text "他家在城里有房"
    """
    new = NewObjection(Means(said["means"]), on or desk.today, said["text"], said["name"])
    with transaction(desk.store):
        objection = hear_objection(desk.store, number, receipt, new, actor=desk.officer, now=desk.now)
    click.echo(f"登记好了：第 {objection.number} 号异议，{phrases.day(objection.answer_by.isoformat())}前答复。")


@command.command()
@_number
@click.argument("objection", type=click.IntRange(min=1), metavar="异议号")
@click.option("--text", required=True, metavar="文字", help="查实的情况和答复。")
@click.option("--upheld/--dismissed", required=True, default=None, help="异议成立，还是不成立。")
@day_option("--on", "答复日期，不写就是今天。")
@at_desk
def answer(desk: Desk, number: int, objection: int, *, text: str, upheld: bool, on: date | None) -> None:
    """答复一条异议。成立的，这一户由乡镇退回重新核实。

    \b
    例子：
      bangfu notice answer 1 1 --as 马志远 --dismissed --text "查过了，房子是他弟弟的"
    """
    with transaction(desk.store):
        answer_objection(
            desk.store, number, objection, text, upheld=upheld, on=on or desk.today, actor=desk.officer, now=desk.now
        )
    click.echo(f"记好了：第 {objection} 号异议{'成立，请乡镇退回重新核实' if upheld else '不成立'}。")


@command.command()
@_number
@click.option("--reveal", is_flag=True, help="显示异议和答复的内容。会留下查看记录。")
@at_desk
def objections(desk: Desk, number: int, *, reveal: bool) -> None:
    """列出一张公示收到的异议。

    \b
    例子：
      bangfu notice objections 1 --as 马志远 --reveal
    """
    notice = access_notice(desk.store, number, officer=desk.officer)
    for objection in objections_to(desk.store, notice):
        click.echo(_objection_line(objection))
        if reveal:
            with transaction(desk.store):
                words = reveal_objection(desk.store, number, objection.number, actor=desk.officer, now=desk.now)
            click.echo(f"  {words.objector or '没有留名'}：{words.text}")
            if words.answer:
                click.echo(f"  答复：{words.answer}")


def _days(notice: PublicNotice) -> str:
    first, last = (phrases.day(day.isoformat()) for day in (notice.starts_on, notice.ends_on))
    return f"公示期{first}到{last}。"


def _state(notice: PublicNotice, today: date) -> str:
    if notice.posted_on is None:
        return "起草，未张贴"
    if notice.ended_on is not None:
        return f"{phrases.day(notice.ended_on.isoformat())}揭下"
    return "贴满了，该揭下" if today > notice.ends_on else "公示中"


def _objection_line(objection: Objection) -> str:
    outcome = {None: f"{phrases.day(objection.answer_by.isoformat())}前答复", True: "成立", False: "不成立"}
    return (
        f"第 {objection.number} 号  编号 {phrases.receipt(objection.receipt)}  {objection.means}  "
        f"{phrases.day(objection.raised_on.isoformat())}提出  {outcome[objection.upheld]}"
    )
