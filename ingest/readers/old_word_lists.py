"""
The lists of old Word files: how each level counts and what it writes before a paragraph.

Layout as in Microsoft's [MS-DOC]: PlfLst names the lists and is followed by their levels (LVL), PlfLfo says which
list a paragraph's number of a list stands for.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

from ingest.readers.word_numbers import Level, Numbering

_LISTS, _USES = 0x02E2, 0x02EA  # places in the header
_LIST, _USE, _LEVEL = 28, 16, 28  # lengths of one record
_SIMPLE: Final = 1
_LEVELS: Final = 9
# Of the codes for forms of numbers those that offices use; the rest is written in figures.
_FORMS: Final[Mapping[int, str]] = {
    10: "ideographDigital", 11: "japaneseCounting", 18: "decimalEnclosedCircle", 23: "bullet",
    28: "decimalEnclosedCircleChinese", 33: "taiwaneseCounting", 35: "taiwaneseCountingThousand",
    37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
_MOST: Final = 4096


def read_lists(main: bytes, table: bytes) -> Numbering:
    """
    Return the lists of a file, each by the number that paragraphs use for it.

    Raises:
        struct.error: If the tables are broken.
        IndexError: Likewise.
    """
    lists = _lists(table, struct.unpack_from("<I", main, _LISTS)[0], struct.unpack_from("<I", main, _LISTS + 4)[0])
    offset, length = struct.unpack_from("<II", main, _USES)
    levels: dict[tuple[str, int], Level] = {}
    count = min(struct.unpack_from("<I", table, offset)[0], _MOST) if length else 0
    for number in range(count):
        of = struct.unpack_from("<i", table, offset + 4 + number * _USE)[0]
        for place, level in enumerate(lists.get(of, ())):
            levels[str(number + 1), place] = level
    return Numbering(levels)


def _lists(table: bytes, offset: int, length: int) -> dict[int, list[Level]]:
    """Return the levels of each list by the list's id."""
    if not length:
        return {}
    count = min(struct.unpack_from("<H", table, offset)[0], _MOST)
    at = offset + length  # the levels lie behind the table
    lists: dict[int, list[Level]] = {}
    for number in range(count):
        record = offset + 2 + number * _LIST
        name = struct.unpack_from("<i", table, record)[0]
        simple = table[record + 26] & _SIMPLE
        lists[name] = []
        for _ in range(1 if simple else _LEVELS):
            level, at = _level(table, at)
            lists[name].append(level)
    return lists


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """Return a level and where the next one begins."""
    start, form = struct.unpack_from("<iB", table, at)
    characters, paragraphs = table[at + 24], table[at + 25]
    words = at + _LEVEL + characters + paragraphs
    letters = struct.unpack_from("<H", table, words)[0]
    end = words + 2 + 2 * letters
    text = table[words + 2 : end].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(char) + 1}" if ord(char) < _LEVELS else char for char in text)
    return Level(_FORMS.get(form, "decimal"), text, start), end
