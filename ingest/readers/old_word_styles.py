"""
The styles of old Word files, as far as they number paragraphs.

Layout as in Microsoft's [MS-DOC]: the style sheet (STSH) holds one record (STD) a style; that of a paragraph style
names the style it is based on and carries the properties of its paragraphs.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Final

from ingest.readers.old_word_tables import DEFINITION

_OPERANDS: Final = (1, 1, 2, 4, 2, 2, 0, 3)  # the length of a Sprm's operand by its three highest bits; 6: its own
LIST, LIST_LEVEL = 0x460B, 0x260A
_STYLES: Final = 0x00A2  # place in the header
_PARAGRAPH_STYLE: Final = 1
_NONE: Final = 0x0FFF
_DEEPEST: Final = 12


def read_styles(main: bytes, table: bytes) -> dict[int, dict[int, bytes]]:
    """
    Return, for each paragraph style by its number, the codes that put its paragraphs into a list.

    Raises:
        struct.error: If the style sheet is broken.
    """
    offset, length = struct.unpack_from("<II", main, _STYLES)
    own: dict[int, dict[int, bytes]] = {}
    based: dict[int, int] = {}
    for number, (base, properties) in enumerate(_records(table[offset : offset + length])):
        based[number] = base
        own[number] = {code: operand for code, operand in properties.items() if code in {LIST, LIST_LEVEL}}
    return {number: _with_bases(number, own, based) for number in own}


def _with_bases(number: int, own: Mapping[int, dict[int, bytes]], based: Mapping[int, int]) -> dict[int, bytes]:
    """Return a style's codes with those it inherits."""
    chain = [number]
    while (base := based[chain[-1]]) in based and base not in chain and len(chain) < _DEEPEST:
        chain.append(base)
    return {code: operand for style in reversed(chain) for code, operand in own[style].items()}


def _records(sheet: bytes) -> Iterator[tuple[int, dict[int, bytes]]]:
    """Yield the base and the paragraph properties of each style; of other sorts of styles none."""
    if not sheet:
        return
    size = struct.unpack_from("<H", sheet)[0]
    count, fixed = struct.unpack_from("<HH", sheet, 2)
    at = 2 + size
    for _ in range(count):
        if at + 2 > len(sheet):
            return
        length = struct.unpack_from("<H", sheet, at)[0]
        record = sheet[at + 2 : at + 2 + length]
        at += 2 + length + length % 2
        yield _record(record, fixed) if length else (_NONE, {})


def _record(record: bytes, fixed: int) -> tuple[int, dict[int, bytes]]:
    kind = struct.unpack_from("<H", record, 2)[0]
    if kind & 0xF != _PARAGRAPH_STYLE:
        return _NONE, {}
    letters = struct.unpack_from("<H", record, fixed)[0]
    at = fixed + 2 + 2 * letters + 2  # behind the name and its closing zero
    size = struct.unpack_from("<H", record, at)[0]
    return kind >> 4, dict(sprms(record[at + 4 : at + 2 + size]))  # the style's own number comes first


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the codes of a list of properties with the operand of each."""
    at = 0
    while at + 2 < len(data):
        code = struct.unpack_from("<H", data, at)[0]
        size = _OPERANDS[code >> 13]
        if code == DEFINITION:  # it states its length in two bytes
            size = 1 + (struct.unpack_from("<H", data, at + 2)[0] if at + 4 <= len(data) else 0)
        elif size == 0:
            size = 1 + data[at + 2]
        yield code, data[at + 2 : at + 2 + size]
        at += 2 + size
