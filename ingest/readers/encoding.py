"""Bytes of any encoding that Chinese offices use become text."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from ingest.refusal import Reason, RefusedError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES: Final = ["utf_8", "gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be"]
# Above this share of unreadable bytes a text is refused, below it they are marked in place.
_BAD_SHARE: Final = 0.01
_FEW_BAD: Final = 8
_COMMON: Final = frozenset(
    "的一是在不了有和人这中大为上个国我以要时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把"
    "性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质"
    "第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设"
    "及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任"
    "取据处府研受确急村镇乡县市省户贫扶保医低补救助条款规定办务收支费"
    "這為個國時來們對會發動後過說產種麼學實現體機當點從業還無與關線數問題員決農區張兩應開經"
)


def decode(data: bytes) -> str:
    """
    Return the text of ``data``, its newlines made ``\\n`` and bytes that cannot be read made U+FFFD.

    Raises:
        RefusedError: ``BINARY``, ``ENCODING`` when no Chinese encoding fits, ``GARBLED`` when the text
            decodes but is the debris of an earlier wrong conversion.
    """
    text = _decode(data)
    _check_text(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    guess = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if guess is not None and _is_chinese(text := str(guess)):
        return text
    for encoding in ("utf-8", "gb18030", "big5"):
        text = data.decode(encoding, errors="replace")
        if not _has_many(text.count("\ufffd"), text) and _is_chinese(text):
            return text
    raise RefusedError(Reason.BINARY if b"\0" in data else Reason.ENCODING)


def _check_text(text: str) -> None:
    controls = sum(char < " " and char not in "\t\n\r\f" for char in text)
    if _has_many(controls, text):
        raise RefusedError(Reason.BINARY)
    if _has_many(text.count("\ufffd"), text):
        raise RefusedError(Reason.ENCODING)
    if is_debris(text):
        raise RefusedError(Reason.GARBLED)


def _has_many(bad: int, text: str) -> bool:
    return bad > max(_FEW_BAD, len(text) * _BAD_SHARE)


def _is_chinese(text: str) -> bool:
    letters = [char for char in text if not char.isspace()]
    return sum(char < "\x7f" or "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in letters) > (
        0.9 * len(letters)
    )


def is_debris(text: str) -> bool:
    """Tell the debris of a wrong conversion: many characters, hardly one that Chinese uses all the time."""
    if re.search("锟斤拷|烫烫烫|屯屯屯", text):
        return True
    latin = re.findall("[\u00c0-\u00ff][\u0080-\u00bf]", text)
    characters = re.findall("[\u4e00-\u9fff]", text)
    if len(latin) > 20 and len(latin) > len(characters):
        return True
    return len(characters) >= 40 and sum(char in _COMMON for char in characters) < 0.08 * len(characters)
