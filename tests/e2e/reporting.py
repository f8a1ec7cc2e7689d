"""How a villager reports a hardship in Telegram, step by step."""

from __future__ import annotations

import re

from tests.botapi import Person

STORY = "我叫{name}，住会宁县会师镇南家咀头村，老伴上个月住院花了八万，电话{phone}，想报困难"
CONSENT = "同意并提交"


def up_to_consent(villager: Person, phone: str, photo: bytes | None = None) -> None:
    """Tell everything in one message, add a photo, and come as far as the last button."""
    villager.says(STORY.format(name=villager.name, phone=phone))
    villager.sees_button("帮我报上去")
    villager.taps("帮我报上去")
    villager.sees_button("都对")
    if photo is not None:
        villager.sends_photo(photo)
        villager.hears("附带：照片1张")
    villager.taps("都对")
    villager.sees_button(CONSENT)


def report(villager: Person, phone: str, photo: bytes | None = None) -> str:
    """Report up to the receipt; return the number as it is shown."""
    up_to_consent(villager, phone, photo)
    villager.taps(CONSENT)
    villager.hears("您的编号")
    return receipts(villager)[-1]


def receipts(villager: Person) -> list[str]:
    """Return the numbers that the villager was given, once for each message."""
    texts = (seen.text for seen in villager.screen())
    return [found[1] for text in texts for found in [re.search(r"您的编号：(\d{3} \d{4} \d{4})", text)] if found]
