"""What comes before or beside a case's path: asking the household, floods, likely duplicates, calling back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import click

from app.desk.desk import CaseDesk, check_one, day_option, on_case
from cases.actions.record_answer import record_answer
from cases.actions.record_task import record_task
from cases.actions.settle_link import settle_link
from cases.details import (
    Admission,
    CallBack,
    CallOutcome,
    HouseholdAnswer,
    HouseholdAsked,
    LinkSettled,
    ReviewReopened,
    ReviewUpheld,
    Sameness,
)

_TODAY: Final = "不写就是今天。"


@click.command()
@on_case
@day_option("--on", f"问的日期，{_TODAY}")
@click.option("--answer", type=click.Choice(HouseholdAnswer), metavar="愿意|不想报", required=True, help="怎么说。")
@click.option("--text", default="", metavar="文字", help="原话。")
def asked(desk: CaseDesk, on: date | None, answer: HouseholdAnswer, text: str) -> None:
    """别人替报、本户还不知道的：记下问过这一户愿不愿意。不要说是谁报的。

    不愿意的，再用 decline --propose 建议不纳入，由乡镇确认并回访。

    \b
    例子：
      bangfu queue asked 39205933749 --as 马志远 --answer 愿意
    """
    desk.run(record_task, HouseholdAsked(on or desk.today, answer, text))


@click.command()
@on_case
@click.option("--reason", required=True, metavar="文字", help="为什么照常办。")
def admit(desk: CaseDesk, reason: str) -> None:
    """一部电话短时间里报来好几件、放在一边的：看过，照常办。

    \b
    例子：
      bangfu queue list --as 李玉梅 --aside
      bangfu queue admit 39205933749 --as 李玉梅 --reason "打电话问过，是替几户真有难处的人报的"
    """
    desk.run(record_task, Admission(reason))


@click.command()
@on_case
@click.argument("earlier", metavar="另一件的编号")
@click.option("--same", "sameness", flag_value=Sameness.SAME.value, help="是同一户：以那一件为准接着办。")
@click.option("--other", "sameness", flag_value=Sameness.OTHER.value, help="不是一户：往后不再提示重复。")
def settle(desk: CaseDesk, earlier: str, sameness: str | None) -> None:
    """可能重复的两件：核对过，认定是不是同一户。两件都不会自动合并。

    \b
    例子：
      bangfu queue settle 39205933749 59205933741 --as 马志远 --same
    """
    if sameness is None:
        raise click.UsageError("--same、--other 要写一个。")
    desk.run(settle_link, LinkSettled(earlier, Sameness(sameness)))


@click.command("call-back")
@on_case
@day_option("--on", f"回访日期，{_TODAY}")
@click.option("--outcome", type=click.Choice(CallOutcome), metavar="属实|不属实|没联系上", required=True, help="结果。")
@click.option("--text", required=True, metavar="文字", help="问了什么、怎么答的。")
def call_back(desk: CaseDesk, on: date | None, outcome: CallOutcome, text: str) -> None:
    """乡镇回访这一户：问本人，不问代收电话的人。

    \b
    例子：
      bangfu queue call-back 39205933749 --as 李玉梅 --outcome 属实 --text "本人接的，说村上来过两个人"
    """
    desk.run(record_answer, CallBack(on or desk.today, outcome, text))


@click.command("look-again")
@on_case
@click.option("--uphold", metavar="理由", help="再查以后，维持原结果。")
@click.option("--reopen", metavar="理由", help="再查以后，重新办。")
def look_again(desk: CaseDesk, uphold: str | None, reopen: str | None) -> None:
    """申报人不服：乡镇换一个人再查一遍，记下结果。

    \b
    例子：
      bangfu queue look-again 39205933749 --as 赵有才 --reopen "漏算了大病自付，重新核查"
    """
    check_one({"--uphold": uphold, "--reopen": reopen})
    desk.run(record_answer, ReviewUpheld(uphold) if uphold is not None else ReviewReopened(reopen or ""))


STEPS: Final[Sequence[click.Command]] = (asked, admit, settle, call_back, look_again)
