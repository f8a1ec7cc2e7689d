"""``bangfu areas``: the villages that this installation knows, and those of one more county."""

from __future__ import annotations

import click

from app.context import Context
from places.counties import counties_named, county_extract, packed_extract
from places.gazetteer import Area, Gazetteer, Level, load_gazetteer
from storage.areas import areas_folder

_LISTED = 12


@click.group()
def command() -> None:
    """地名：本地认得哪些县的村，再加一个县的村。

    全国的省、市、县、乡镇都认得；村只装会宁县和零陵区的，别的县用 build 从自带的区划数据里取出来。

    \b
    例子：
      bangfu areas list
      bangfu areas build --county 镇原县
    """


@command.command("list")
@click.pass_obj
def list_counties(context: Context) -> None:
    """列出认得到村的县。

    \b
    例子：
      bangfu areas list
    """
    gazetteer = context.gazetteer
    for county in (area for area in gazetteer.within("") if area.level is Level.COUNTY):
        below = list(gazetteer.within(county.code))
        villages = sum(area.level is Level.VILLAGE for area in below)
        if villages:
            click.echo(f"{county.code}  {gazetteer.path(county.code)}  {len(below) - villages} 个乡镇  {villages} 个村")


@command.command()
@click.option(
    "--county", "counties", required=True, multiple=True, metavar="县", help="县名、路径或六位代码；可写几个。"
)
@click.pass_obj
def build(context: Context, counties: tuple[str, ...]) -> None:
    """从自带的全国区划数据里取出一个县的村，放进数据文件夹的 areas/。

    重名的县请写上省，如“江苏/南京/鼓楼区”。再做一遍不要紧，同一个县只有一个文件。

    \b
    例子：
      bangfu areas build --county 镇原县
      bangfu areas build --county 江苏/南京/鼓楼区 --county 621027
    """
    chosen = [_one_county(context.gazetteer, name) for name in counties]
    folder = areas_folder(context.settings.data_path)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for county in chosen:
        names = county_extract(county.code)
        path = context.gazetteer.path(county.code)
        villages = sum(len(code) == 12 for code in names)
        if not villages:
            raise click.ClickException(f"自带的区划数据里没有{path}的村（统计用区划不含）。")
        (folder / f"{county.code}.txt.xz").write_bytes(packed_extract(names))
        click.echo(f"{path}：{sum(len(code) == 9 for code in names)} 个乡镇、{villages} 个村，放进了 {folder}。")
    load_gazetteer.cache_clear()
    context.say("正在运行的服务要重新启动（bangfu up）才认得新加的村。")


def _one_county(gazetteer: Gazetteer, name: str) -> Area:
    """Return the county that *name* names, or refuse in words."""
    found = counties_named(gazetteer, name)
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(gazetteer.path(area.code) for area in found[:_LISTED])
        more = "……" if len(found) > _LISTED else ""
        raise click.ClickException(
            f"叫“{name}”的县不止一个：{listed}{more}。请写上省和市，如“{gazetteer.path(found[0].code)}”。"
        )
    area = gazetteer.by_path(name)
    if area is not None and area.level in {Level.TOWNSHIP, Level.VILLAGE}:
        county = gazetteer.path(area.code[:6])
        raise click.ClickException(f"“{name}”不是县。要加的是它所在的县：--county {county}")
    if area is not None and area.level in {Level.PROVINCE, Level.CITY}:
        first = next((one for one in gazetteer.within(area.code) if one.level is Level.COUNTY), None)
        if first is None:
            raise click.ClickException(f"自带的区划数据里没有{area.name}下面的县和村（统计用区划不含）。")
        raise click.ClickException(f"“{name}”不是县，下面有好几个县。请写到县，如“{gazetteer.path(first.code)}”。")
    raise click.ClickException(f"没有找到叫“{name}”的县。请写全称，前面加上省，如“甘肃/镇原县”，或用六位代码。")
