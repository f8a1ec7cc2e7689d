"""``bangfu leaflet``: QR posters of villages, and the two 政策明白纸, as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click
import httpx

from app.context import Context
from app.desk.desk import Desk, at_desk
from app.desk.scopes import area_code
from cases.access import reveal_file
from cases.support_card import support_card
from cases.workflow import load_workflow
from places.gazetteer import Gazetteer, Level, written
from settings.schema import Settings
from storage.database import transaction
from storage.times import local_date
from storage.village_codes import VillageCodes, village_address, village_codes
from web.leaflets.fonts import Font, FontMissingError, find_font
from web.leaflets.household_leaflet import household_leaflet
from web.leaflets.poster import VillagePoster, posters
from web.leaflets.report_leaflet import report_leaflet

_PATIENCE_SECONDS = 10

out_option = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="文件.pdf", help="写到哪个文件。"
)


@click.group()
def command() -> None:
    """印村码海报和政策明白纸（PDF，字体在里面，A4）。"""


@command.command("poster")
@click.option("--area", "areas", multiple=True, metavar="地方", help="哪个村，可写多次；写乡镇、县就是里面所有的村。")
@out_option
@click.pass_obj
def poster(context: Context, *, areas: tuple[str, ...], out: Path) -> None:
    """印村码海报，一村一页；不写 --area 就是全县。

    \b
    例子：
      bangfu leaflet poster --area 甘肃省/白银市/会宁县/会师镇/南家咀头村 --out 南家咀头村.pdf
      bangfu leaflet poster --out 全县村码.pdf
    """
    settings, gazetteer = context.settings, context.gazetteer
    wanted = [area_code(area, gazetteer) for area in areas or (settings.area,)]
    villages = _villages(gazetteer, wanted)
    codes = village_codes(settings)
    _check_address(settings, codes, villages[0])
    sheets = [_poster(settings, codes, gazetteer, code) for code in villages]
    _write(out, posters(_font(), sheets, printed_on=_today()))
    context.say(f"已写到 {out}：{len(sheets)} 个村，一村一页。")


@command.command("report")
@out_option
@click.pass_obj
def report(context: Context, *, out: Path) -> None:
    """印申报明白纸：发给所有农户，怎么报、几天办到哪一步、防骗。

    \b
    例子：
      bangfu leaflet report --out 申报明白纸.pdf
    """
    settings, gazetteer = context.settings, context.gazetteer
    county, codes = area_code(settings.area, gazetteer), village_codes(settings)
    _check_address(settings, codes, county)
    pdf = report_leaflet(
        _font(),
        load_workflow(settings.cases.workflow),
        settings.contacts,
        county=written(gazetteer.path(county)),
        address=village_address(settings, codes, county),
        printed_on=_today(),
    )
    _write(out, pdf)
    context.say(f"已写到 {out}。")


@command.command("household")
@click.argument("receipt", metavar="编号")
@out_option
@at_desk
def household(desk: Desk, receipt: str, *, out: Path) -> None:
    """印一户的帮扶明白纸：定了哪些帮扶、领到了什么、找谁。会留下查看记录。

    \b
    例子：
      bangfu leaflet household 39205933749 --as 马志远 --out 明白纸.pdf
    """
    context = click.get_current_context().ensure_object(Context)
    with transaction(desk.store):
        file = reveal_file(desk.store, receipt, officer=desk.officer, now=desk.now, reason="印帮扶明白纸")
    card = support_card(file)
    village = context.gazetteer.path(card.area_code)
    pdf = household_leaflet(_font(), card, context.settings.contacts, village=village, printed_on=desk.today)
    _write(out, pdf)
    context.say(f"已写到 {out}。上面有这一户的情况，当面交给本人。")


def _villages(gazetteer: Gazetteer, areas: Sequence[str]) -> list[str]:
    """Return the villages that *areas* are or hold; of a place without known villages, its townships."""
    found = [code for area in areas for code in _lowest(gazetteer, area)]
    if not found:
        raise click.ClickException(
            "这个地方没有村的名单。请用 --area 写到村，或者先给数据文件夹加上这个县的地名（见 README）。"
        )
    return list(dict.fromkeys(found))


def _lowest(gazetteer: Gazetteer, area: str) -> list[str]:
    if gazetteer.area(area).level is Level.VILLAGE:
        return [area]
    return [one.code for one in gazetteer.within(area) if one.level is Level.VILLAGE]


def _poster(settings: Settings, codes: VillageCodes, gazetteer: Gazetteer, code: str) -> VillagePoster:
    *above, village = gazetteer.path(code).split("/")
    return VillagePoster(village, "".join(above), village_address(settings, codes, code))


def _check_address(settings: Settings, codes: VillageCodes, area: str) -> None:
    """Refuse to print a code that nobody could open: the address must be https and answer with this very village."""
    address = village_address(settings, codes, area)
    if urlsplit(address).scheme != "https":
        raise click.ClickException(
            "还不能印二维码：config.toml 的 [web] public_address 要填 https:// 开头的对外网址，"
            "手机扫了才打得开、才安全。"
        )
    try:
        answer = httpx.get(address, timeout=_PATIENCE_SECONDS)
    except httpx.HTTPError as error:
        raise click.ClickException(
            f"还不能印二维码：{settings.web.public_address} 打不开（{type(error).__name__}）。"
            "请先启动 bangfu up，并在外网手机上试一试。"
        ) from None
    if answer.status_code != httpx.codes.OK:
        raise click.ClickException(
            f"还不能印二维码：{settings.web.public_address} 答了 {answer.status_code}，不认这个村码。"
            "请看看网址是不是指向这一套、数据文件夹是不是同一个。"
        )


def _font() -> Font:
    try:
        return find_font()
    except FontMissingError as error:
        raise click.ClickException(str(error)) from None


def _write(out: Path, pdf: bytes) -> None:
    try:
        out.write_bytes(pdf)
    except OSError as error:
        raise click.ClickException(f"{out} 写不进去：{error.strerror}。") from None


def _today() -> date:
    return local_date(datetime.now(UTC))
