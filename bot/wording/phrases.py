"""Small turns of phrase that many messages share: dates, numbers, telephones, rows of buttons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.turn import Button
from language.dates import calendar_phrase

REPORT: Final = Button("一键报贫", data(Verb.REPORT))
PROGRESS: Final = Button("我的进度", data(Verb.PROGRESS))
HUMAN: Final = Button("人工（请人找我）", data(Verb.HUMAN))
CANCEL: Final = Button("先不报了", data(Verb.CANCEL))
CANCEL_PLAIN: Final = Button("取消", data(Verb.CANCEL))
BACK: Final = Button("返回", data(Verb.BACK))
CONTINUE: Final = Button("接着报", data(Verb.CONTINUE))
QUEUE: Final = Button("待办", data(Verb.QUEUE))
FREE: Final = (
    "全程不收一分钱。不要银行卡号、密码、验证码。报上去不等于能领钱，要有人上门看过、村里和乡镇、县上定了才算。"
)

_OFFICES: Final = (("township", "乡镇"), ("county_rural_affairs", "县乡村振兴（农业农村）部门"))
_SOURCES_OF_HELP: Final = (("duty", "值班电话"), *_OFFICES)


def genuine(page: str) -> str:
    """Return how to tell that the QR code was a genuine one."""
    address = f"真的网址是 {page.partition('://')[2] or page}" if page else "真的网址，村委会墙上贴着"
    return f"二维码真不真：{address}。对不上、要您交钱或下载软件的，别填，打 12345 问。"


def day(iso: str) -> str:
    """Return an ISO date as people say it: 12月11日（星期五）."""
    return calendar_phrase(date.fromisoformat(iso))


def due(deadline: Mapping[str, Any]) -> str:
    """Return a deadline as the last day: 最晚12月11日（星期五）."""
    return f"最晚{day(deadline['date'])}" + ("（日子是暂定的）" if deadline["provisional"] else "")


def receipt(number: str) -> str:
    """Return a receipt number in groups that can be read out."""
    return f"{number[:3]} {number[3:7]} {number[7:]}"


def yuan(value: float) -> str:
    """Return a sum as people say it: 8万元, 3500元."""
    if value >= 10_000 and value % 100 == 0:
        return f"{value / 10_000:g}万元"
    return f"{value:g}元"


def whom_to_ask(contacts: Mapping[str, str], *, above: bool = False) -> str:
    """Return whom to ask: the configured numbers, and the village committee unless the village is not to know."""
    known = [f"{label} {contacts[key]}" for key, label in _SOURCES_OF_HELP if contacts.get(key)]
    return "、".join(["乡镇政府" if above else "村委会", *known, "12345"])


def supervision(contacts: Mapping[str, str]) -> str:
    """Return the telephones that a public notice prints for objections, as configured."""
    return "，".join(f"{label} {contacts[key]}" for key, label in _OFFICES if contacts.get(key))


def beginning(story: str) -> str:
    """Return *story*, of a very long one what a chat can carry and where the rest is."""
    return story if len(story) <= _STORY_SHOWN else f"{story[:_STORY_SHOWN]}……（话长，全文在网页上看）"


_STORY_SHOWN: Final = 1500


def lines(*parts: str) -> str:
    """Join the parts that say something, a line each."""
    return "\n".join(part for part in parts if part)


def paragraphs(*parts: str) -> str:
    """Join the parts that say something, a blank line between them."""
    return "\n\n".join(part for part in parts if part)


def at_desk(page: str, path: str) -> tuple[tuple[Button, ...], ...]:
    """Return a row with a link to *path* of the officers' console, if our page has an address."""
    return rows(Button("到办件台看", url=f"{page}/desk/{path}")) if page else ()


def rows(*buttons: Button, width: int = 2) -> tuple[tuple[Button, ...], ...]:
    """Lay buttons out in rows."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
