"""The QR poster of a village: one large code, and how to tell that it is genuine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from language.dates import full_date
from web.leaflets.fonts import Font
from web.leaflets.leaflet import Leaflet

_SAFETY: Final = (
    "不收一分钱，不要银行卡密码，不要验证码，不用下载软件。",
    "报上去不等于能领钱；谁说先交钱就能领，就是骗子，打 110。",
)


@dataclass(frozen=True)
class VillagePoster:
    """What one poster shows: the names of the village and of what holds it, and what its code opens."""

    village: str
    above: str
    address: str


def posters(font: Font, villages: Sequence[VillagePoster], *, printed_on: date) -> bytes:
    """Return a PDF with one page a village, and an outline to find it."""
    foot = f"印制日期 {full_date(printed_on)}；码破损了找村委会换一张"
    sheet = Leaflet(font, title="一键报贫村码", foot=foot)
    for village in villages:
        sheet.add_page()
        sheet.start_section(f"{village.above}{village.village}")
        sheet.headline("遇上难处，扫码就报", size=34, below=f"{village.above}{village.village}")
        sheet.code(village.address, side=120)
        sheet.say("微信扫一扫 → 用自己的话说一句 → 核对 → 提交", size=19, bold=True)
        sheet.say("不会用手机：到村委会当面说，或者请人代报，一样算。", size=16)
        sheet.boxed(_SAFETY, size=15)
        sheet.say(
            f"怎么知道码是真的：打开的网址是 {urlsplit(village.address).hostname}，页面上写着“{village.village}”。"
            "不一样就别填，问村委会。",
            size=14,
        )
    return sheet.finished()
