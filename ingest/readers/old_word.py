"""
Word files before 2007 (doc), which WPS writes too (wps): their text in order, headings, tables, final text.

Layout as in Microsoft's [MS-DOC]: a header (FIB) names the pieces of text; paragraph and character properties
stand in pages of 512 bytes (FKP), each property a two-byte code (Sprm) with its operand.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from ingest.page import Block, Page, Removed, page_of
from ingest.readers.compound import Compound
from ingest.readers.old_word_lists import read_lists
from ingest.readers.old_word_styles import LIST, LIST_LEVEL, read_styles, sprms
from ingest.readers.old_word_tables import DEFINITION, Row, row_of, table_blocks
from ingest.refusal import Reason, RefusedError

_WORD_97: Final = 0x00C1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
# Places in the header: the table of pieces, of pages of character and of paragraph properties.
_CLX, _CHARACTERS, _PARAGRAPHS = 0x01A2, 0x00FA, 0x0102
_COUNTS: Final = 0x004C  # lengths of the body, footnotes, heads, macros, comments, endnotes, boxes
_IN_TABLE, _ROW_END, _DELETED, _HIDDEN = 0x2416, 0x2417, 0x0800, 0x083C
_FIELD: Final = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")


def read_doc(data: bytes) -> Page:
    """
    Return the page of an old Word file.

    Raises:
        RefusedError: ``LOCKED`` under a password, ``FORMAT`` when older than Word 97, ``CRASHED`` when broken.
    """
    try:
        return _read(Compound(data))
    except (struct.error, IndexError) as error:
        raise RefusedError(Reason.CRASHED, "文件结构损坏") from error


def _read(file: Compound) -> Page:
    main = file.stream("WordDocument")
    version, flags = struct.unpack_from("<H6xH", main, 2)
    if flags & _ENCRYPTED:
        raise RefusedError(Reason.LOCKED)
    if version < _WORD_97:
        raise RefusedError(Reason.FORMAT, "Word 95 及更早的，请另存为 docx 再导入")
    table = file.stream("1Table" if flags & _SECOND_TABLE else "0Table")
    reader = _Reader(main, table)
    body, notes, heads, _, _, endnotes, boxes = struct.unpack_from("<7i", main, _COUNTS)
    if min(body, notes, heads, endnotes, boxes) < 0:
        raise RefusedError(Reason.CRASHED, "文件结构损坏")
    ends = struct.unpack_from("<7i", main, _COUNTS)
    starts = [sum(ends[:at]) for at in range(7)]
    blocks = list(reader.blocks(0, body))
    blocks += _noted(reader.blocks(starts[1], starts[1] + notes), "脚注：")
    blocks += _noted(reader.blocks(starts[5], starts[5] + endnotes), "尾注：")
    blocks += reader.blocks(starts[6], starts[6] + boxes)
    removed = [Removed("页眉页脚", block.text) for block in reader.blocks(starts[2], starts[2] + heads)]
    notes_to_uploader = ["文件里带有宏，没有运行，只读文字"] if "Macros" in file.names else []
    return page_of(blocks, removed=(*reader.removed, *removed), notes=notes_to_uploader)


def _noted(blocks: Iterable[Block], name: str) -> list[Block]:
    return [Block(f"{name}{block.text}", page=block.page) for block in blocks]


class _Reader:
    """The characters of all parts of a file, with the properties of each."""

    def __init__(self, main: bytes, table: bytes) -> None:
        self.removed: list[Removed] = []
        self._lists = read_lists(main, table)
        self._styles = read_styles(main, table)
        self._text, self._places = _pieces(main, table)
        self._paragraphs = _Properties(main, table, _PARAGRAPHS)
        self._characters = _Properties(main, table, _CHARACTERS)

    def blocks(self, start: int, end: int) -> Iterator[Block]:
        """Yield the blocks between two positions of the text."""
        rows: list[Row] = []
        cells: list[str] = []
        cell: list[str] = []
        at = start
        for match in re.finditer("[^\r\x07\x0c]*[\r\x07\x0c]?", self._text[:end][start:]):
            if not match.group():
                continue
            mark = start + match.end() - 1
            style, properties = self._paragraph(mark)
            lines = self._numbered(self._lines(at, mark), properties)
            at = mark + 1
            if _IN_TABLE not in properties:
                yield from table_blocks(rows)
                rows = []
                heading = style if 1 <= style <= 6 else 0
                for number, line in enumerate(lines):
                    yield Block(line, gap=number == 0, heading=heading if len(lines) == 1 else 0)
            elif _ROW_END in properties:
                rows.append(row_of(cells, properties.get(DEFINITION, b"")))
                cells = []
            else:
                cell += lines
                if self._text[mark] == "\x07":
                    cells.append(" ".join(cell))
                    cell = []
        yield from table_blocks(rows)

    def _numbered(self, lines: list[str], properties: dict[int, bytes]) -> list[str]:
        """Return a paragraph's lines behind the number that Word counts for it."""
        use = int.from_bytes(properties.get(LIST, b""), "little")
        if not use or not lines:
            return lines
        number = self._lists.next(str(use), int.from_bytes(properties.get(LIST_LEVEL, b""), "little"))
        return [f"{number}{lines[0]}", *lines[1:]]

    def _paragraph(self, mark: int) -> tuple[int, dict[int, bytes]]:
        data = self._paragraphs.at(self._place(mark))
        style = struct.unpack_from("<H", data)[0] if len(data) >= 2 else 0
        return style, {**self._styles.get(style, {}), **dict(sprms(data[2:]))}

    def _place(self, at: int) -> int:
        """Return where in the file a character stands."""
        piece = bisect_right(self._places, (at, 1 << 40, 0)) - 1
        first, offset, width = self._places[max(piece, 0)]
        return offset + (at - first) * width

    def _lines(self, start: int, end: int) -> list[str]:
        """Return a paragraph's lines without deleted and hidden text and the codes of fields."""
        kept: list[str] = []
        gone: list[str] = []
        at = start
        while at < end:
            place = self._place(at)
            data, until = self._characters.run(place)
            width = self._places[max(bisect_right(self._places, (at, 1 << 40, 0)) - 1, 0)][2]
            after = min(end, at + max(1, (until - place) // width)) if until > place else end
            marks = dict(sprms(data))
            left_out = any(marks.get(mark, b"\0")[:1] not in {b"\0", b""} for mark in (_DELETED, _HIDDEN))
            (gone if left_out else kept).append(self._text[at:after])
            at = after
        if "".join(gone).strip():
            self.removed.append(Removed("修订中删除或隐藏的文字", "".join(gone).strip()))
        text = "".join(kept)
        while (bare := _FIELD.sub(lambda field: field.group(1) or "", text)) != text:
            text = bare
        text = re.sub("[\x01-\x06\x08\x0e-\x1f\x13-\x15]", "", text.replace("\x1e", "-").replace("\xa0", " "))
        return [line for line in (" ".join(one.split()) for one in re.split("[\x0b\n]", text)) if line]


def _pieces(main: bytes, table: bytes) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the whole text, and for each piece its first character, its place in the file, its bytes a character."""
    offset, length = struct.unpack_from("<II", main, _CLX)
    clx = table[offset : offset + length]
    at = 0
    while clx[at] == 1:  # properties that pieces share
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    size = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    firsts = struct.unpack_from(f"<{count + 1}I", plc)
    texts: list[str] = []
    places: list[tuple[int, int, int]] = []
    done = 0
    for number in range(count):
        letters = firsts[number + 1] - firsts[number]
        where = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(where & 0x40000000)
        place, width = ((where & 0x3FFFFFFF) // 2, 1) if narrow else (where & 0x3FFFFFFF, 2)
        if letters < 0 or place + letters * width > len(main):
            raise RefusedError(Reason.CRASHED, "文件结构损坏")
        data = main[place : place + letters * width]
        texts.append(data.decode("cp1252" if narrow else "utf-16-le", "replace").ljust(letters, "\x01")[:letters])
        places.append((done, place, width))
        done += letters
    return "".join(texts), places


class _Properties:
    """Properties of characters or paragraphs by their place in the file."""

    def __init__(self, main: bytes, table: bytes, where: int) -> None:
        offset, length = struct.unpack_from("<II", main, where)
        plc = table[offset : offset + length]
        count = max(0, (len(plc) - 4) // 8)
        pages = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ()
        runs: dict[int, tuple[int, bytes]] = {}
        for page in pages:
            for start, end, data in _formatted(main[page * 512 : page * 512 + 512], is_paragraph=where == _PARAGRAPHS):
                runs[start] = (end, data)
        self._starts = sorted(runs)
        self._runs = runs

    def at(self, place: int) -> bytes:
        """Return the properties at a place, none where none are stated."""
        return self.run(place)[0]

    def run(self, place: int) -> tuple[bytes, int]:
        """Return the properties at a place and the place up to which they hold."""
        at = bisect_right(self._starts, place) - 1
        if at >= 0:
            end, data = self._runs[self._starts[at]]
            if place < end:
                return data, end
        following = self._starts[at + 1] if at + 1 < len(self._starts) else 0
        return b"", following


def _formatted(page: bytes, *, is_paragraph: bool) -> Iterator[tuple[int, int, bytes]]:
    """Yield the runs of one page of properties."""
    if len(page) < 512:
        return
    count, step = page[511], 13 if is_paragraph else 1
    if 4 * (count + 1) + step * count > 511:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + step * number]
        data = b""
        if at:
            size = page[at]
            if is_paragraph:  # counted in words; 0 says that the next byte counts
                data = page[at + 1 : at + 2 * size] if size else page[at + 2 : at + 2 + 2 * page[at + 1]]
            else:
                data = page[at + 1 : at + 1 + size]
        yield places[number], places[number + 1], data
