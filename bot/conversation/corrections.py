"""Corrections said in words: "电话不对，是138…", "户主写错了，叫王建军", "改一下地址"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.conversation.state import Asking

_SLOTS: Final = {
    Asking.PHONE: "电话|手机|号码|联系方式",
    Asking.HOUSEHOLDER: "姓名|名字|户主|人名|名儿",
    Asking.PLACE: "地方|地址|村子|村名|村|地点|住址|乡镇|位置",
    Asking.RELATION: "关系",
    Asking.CAUSES: "原因|困难原因",
    Asking.DANGER: "急难|危险|急事",
    Asking.STORY: "情况|经过|事情|困难情况",
}
_WRONG: Final = "不对|不是|错了?|写错了?|填错了?|搞错了?|弄错了?|改|更正|应该是|应当是|要改|变了|换了"
_NEW_VALUE: Final = re.compile(r"(?:应该是|应当是|改成|改为|换成|而是|是|叫|为)(?!不)")
_NOT_THIS_BUT: Final = re.compile(
    r"^不(?:是|叫|对)(?:[^，。]{0,16}[，。 ](?:应该)?(?:是|叫|在)?(?P<new>.+)"
    r"|[^，。是]{1,6}是(?P<short>[^，。没不]{2,8}))$"
)


@dataclass(frozen=True)
class Correction:
    """Which slot is wrong (None: the new value tells), and the words that give the new value, perhaps none."""

    slot: Asking | None
    value: str


def find_correction(text: str) -> Correction | None:
    """Return what *text* (folded) wants corrected, None when it corrects nothing."""
    for slot, words in _SLOTS.items():
        named = re.search(rf"(?:{words})[^，。]{{0,6}}(?:{_WRONG})|(?:改|更正|修改)(?:一下|下)?(?:{words})", text)
        if named:
            return Correction(slot, _value(text[named.start() :]))
    plain = _NOT_THIS_BUT.match(text)
    return Correction(None, plain["new"] or plain["short"]) if plain else None


def _value(text: str) -> str:
    """Return what follows the last "是", "叫" or "改成": the new value."""
    leads = list(_NEW_VALUE.finditer(text.replace("不是", "不#")))
    return text[leads[-1].end() :].strip(" ，。：:") if leads else ""
