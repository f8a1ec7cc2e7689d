"""帮扶明白纸: for one household under monitoring, what help it has, what it received, whom to call."""

from __future__ import annotations

from datetime import date
from typing import Final

from cases.support_card import SupportCard
from language.dates import full_date
from places.gazetteer import written
from settings.schema import Contacts
from web.leaflets.contacts import known_contacts
from web.leaflets.fonts import Font
from web.leaflets.leaflet import Leaflet

TITLE: Final = "监测户帮扶明白纸"
_SAFETY: Final = "这张纸上有家里的情况，请自己收好。领帮扶不用先交钱；谁要银行卡密码、验证码，就是骗子，打 110。"


def household_leaflet(font: Font, card: SupportCard, contacts: Contacts, *, village: str, printed_on: date) -> bytes:
    """Return the leaflet of one household as PDF. *village* is the path of names of its village."""
    sheet = Leaflet(font, title=TITLE, foot=f"印制日期 {full_date(printed_on)}")
    sheet.add_page()
    sheet.headline(TITLE, below=written(village))
    sheet.say(f"户主：{card.householder}　　{card.group}", size=15, bold=True)
    sheet.say(f"纳入监测的日期：{full_date(card.since)}")
    sheet.section("给您家定的帮扶（一户一策）")
    sheet.say(card.planned, size=13.5)
    sheet.section("已经领到的")
    if card.received:
        rows = [(full_date(one.on), one.what, one.amount or "—") for one in card.received]
        sheet.rows(("日期", "什么", "多少"), rows, (3, 8, 4))
    else:
        sheet.say("还没有登记。")
    sheet.section("有事找谁")
    sheet.say(f"您家的联系人：{card.support_officer}　电话：{card.support_phone or '＿＿＿＿＿＿＿＿＿＿'}", bold=True)
    sheet.points(known_contacts(contacts))
    sheet.say("哪一条没有落实，或者家里又有新的难处，直接跟联系人说，也可以再报一次。")
    sheet.boxed((_SAFETY,), size=12)
    sheet.ln(6)
    sheet.say("送达人：＿＿＿＿＿＿　　户主签字（按手印）：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿")
    return sheet.finished()
