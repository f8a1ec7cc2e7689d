"""The steps of a case that townships and counties take, as commands of ``bangfu queue``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import click

from app.desk.desk import CaseDesk, check_one, on_case
from app.desk.scopes import area_code
from cases.actions.confirm_decline import confirm_decline, refuse_decline
from cases.actions.decide_at_county import decide_at_county
from cases.actions.place_case import place_case
from cases.actions.propose_decline import propose_decline
from cases.actions.resolve_risk import drop_resolution, propose_resolution
from cases.actions.review_at_township import review_at_township
from cases.details import (
    DeclineProposal,
    DeclineRefusal,
    Instead,
    Placement,
    ResolutionDrop,
    ResolutionProposal,
    Return,
)
from storage.areas import gazetteer_of


def _instead(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command what a proposal to decline says beside its reason."""
    no_risk = click.option("--no-risk", metavar="文字", help="转救助的必写：为什么判断没有返贫致贫风险。")
    return click.option(
        "--instead", type=click.Choice([one.value for one in Instead]), help="不纳入、改转什么救助（防体外循环）。"
    )(no_risk(function))


def _proposal(given: Mapping[str, str | None]) -> DeclineProposal:
    instead = Instead(given["instead"]) if given["instead"] else None
    if instead:
        click.echo("注意防体外循环：给救助不等于不用纳入监测。", err=True)
    return DeclineProposal(given["decline"] or "", instead, given["no_risk"] or "")


@click.command()
@on_case
@click.argument("area", metavar="地方")
def place(desk: CaseDesk, area: str) -> None:
    """把案件转到所在的村（乡镇、县级办）。

    \b
    例子：
      bangfu queue place 39205933749 甘肃省/白银市/会宁县/会师镇/南家咀头村 --as 李玉梅
    """
    desk.run(place_case, Placement(area_code(area, gazetteer_of(desk.desk.store))))


@click.command()
@on_case
@click.option("--return", "returned", metavar="理由", help="退回村里补充：把缺的一次说全。")
@click.option("--decline", metavar="理由", help="建议不纳入：还要另一个人确认。")
@_instead
def review(desk: CaseDesk, *, returned: str | None, **given: str | None) -> None:
    """乡镇审核：退回，或建议不纳入。同意的记审核会：bangfu meeting minutes。

    \b
    例子：
      bangfu queue review 39205933749 --as 李玉梅 --return "缺评议会签到表"
    """
    desk.run(review_at_township, _doubt(returned, given))


@click.command()
@on_case
@click.option("--return", "returned", metavar="理由", help="退回乡镇。")
@click.option("--decline", metavar="理由", help="建议不纳入：还要县级另一个人确认。")
@_instead
def decide(desk: CaseDesk, *, returned: str | None, **given: str | None) -> None:
    """县级审定：退回，或建议不纳入。纳入的记批复，一户也可以：bangfu meeting batch。

    \b
    例子：
      bangfu queue decide 39205933749 --as 陈建国 --return "缺信息比对结果"
    """
    desk.run(decide_at_county, _doubt(returned, given))


def _doubt(returned: str | None, given: Mapping[str, str | None]) -> Return | DeclineProposal:
    check_one({"--return": returned, "--decline": given["decline"]})
    return Return(returned) if returned else _proposal(given)


@click.command()
@on_case
@click.option("--propose", metavar="理由", help="建议不纳入。理由以后会告诉申报人。")
@click.option("--confirm", is_flag=True, help="确认不纳入（须是另一个人）。")
@click.option("--refuse", metavar="理由", help="不同意，案件接着办（须是另一个人）。")
@click.option("--reason", default="", metavar="文字", help="确认时改用这个理由告诉申报人。")
@_instead
def decline(
    desk: CaseDesk, *, propose: str | None, confirm: bool, refuse: str | None, reason: str, **given: str | None
) -> None:
    """建议不纳入，或由另一个人确认、不同意。

    \b
    例子：
      bangfu queue decline 39205933749 --as 马志远 --propose "收支都查过，没有返贫致贫风险"
      bangfu queue decline 39205933749 --as 李玉梅 --confirm
    """
    check_one({"--propose": propose, "--confirm": confirm or None, "--refuse": refuse})
    if propose is not None:
        desk.run(propose_decline, _proposal({**given, "decline": propose}))
    elif refuse is not None:
        desk.run(refuse_decline, DeclineRefusal(refuse))
    else:
        desk.run(partial(confirm_decline, reason=reason))


@click.command()
@on_case
@click.option("--propose", metavar="理由", help="村里提出：为什么认定风险已消除。")
@click.option(
    "--check", "checks", multiple=True, metavar="条目", help="核对表里成立的一条，可写多次（见 queue checklist）。"
)
@click.option("--drop", metavar="理由", help="风险没有消除，继续监测。")
def resolve(desk: CaseDesk, *, propose: str | None, checks: tuple[str, ...], drop: str | None) -> None:
    """风险消除：村里提出，再走入户、评议、公示、乡镇审核，最后县级批复标注（bangfu meeting batch）。

    \b
    例子：
      bangfu queue resolve 39205933749 --as 马志远 --propose "儿子务工收入稳定" --check income --check expenses \\
          --check guarantees --check no_new_risk --check able_to_work
    """
    check_one({"--propose": propose, "--drop": drop})
    if propose is not None:
        desk.run(propose_resolution, ResolutionProposal(propose, checks))
    else:
        desk.run(drop_resolution, ResolutionDrop(drop or ""))


STEPS: Final[Sequence[click.Command]] = (
    place,
    review,
    decide,
    decline,
    resolve,
)
