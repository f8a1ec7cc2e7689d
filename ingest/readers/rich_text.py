"""Rich text (rtf): paragraphs and tables; what it says of fonts, styles and pictures is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.page import Block, Page, Removed, page_of
from ingest.readers.grids import blocks_of

_TOKEN: Final = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_SKIPPED: Final = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore listtable"
    b" listoverridetable latentstyles generator rsidtbl fldinst xmlnstbl bkmkstart bkmkend".split()
)
_HEADS: Final = frozenset(b"header headerl headerr headerf footer footerl footerr footerf".split())
_BREAKS: Final = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"cell": "\x07", b"trowd": "\x1d", b"row": "\x1e",
    b"tab": " ", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "·",
}  # fmt: skip
_CODE_PAGES: Final = {936: "gb18030", 950: "big5", 65001: "utf-8", 54936: "gb18030"}
_DEEPEST: Final = 500


@dataclass
class _Group:
    """What holds inside a pair of braces."""

    skipped: bool = False
    head: bool = False
    fallback: int = 1


def read_rtf(data: bytes) -> Page:
    """Return the page of a rich text file. A broken one gives what can be read of it."""
    body, heads = _texts(data)
    removed = [
        Removed("页眉页脚", line.strip()) for line in re.sub("[\x07\x1d\x1e]", " ", heads).split("\n") if line.strip()
    ]
    return page_of(_blocks(body), removed=removed)


def _texts(data: bytes) -> tuple[str, str]:
    """Return the text of the body and that of the heads; rows begin with GS and end in RS, cells end in BEL."""
    writer = _Writer()
    for token in _TOKEN.finditer(data):
        hexed, word, number, symbol, brace, plain = token.groups()
        if hexed:
            writer.raw(bytes.fromhex(hexed.decode()))
        elif plain:
            writer.raw(plain)
        elif brace:
            writer.brace(opens=brace == b"{")
        elif word:
            writer.word(word, int(number) if number else None)
        elif symbol:
            writer.symbol(symbol)
    writer.flush()
    return "".join(writer.body), "".join(writer.heads)


class _Writer:
    """Follows the control words and gathers the text."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.heads: list[str] = []
        self._groups = [_Group()]
        self._bytes = bytearray()
        self._encoding = "gb18030"
        self._left = 0  # bytes that only stand in for the character before them

    def flush(self) -> None:
        """Decode the bytes gathered so far."""
        if self._bytes:
            self._write(self._bytes.decode(self._encoding, "replace"))
            self._bytes.clear()

    def raw(self, data: bytes) -> None:
        taken = min(self._left, len(data))
        self._left -= taken
        if not self._groups[-1].skipped:
            self._bytes += data[taken:]

    def brace(self, *, opens: bool) -> None:
        self.flush()
        self._left = 0
        if opens and len(self._groups) < _DEEPEST:
            above = self._groups[-1]
            self._groups.append(_Group(above.skipped, above.head, above.fallback))
        elif not opens and len(self._groups) > 1:
            self._groups.pop()

    def symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._groups[-1].skipped = True
        elif symbol in b"\\{}":
            self.raw(symbol)
        elif symbol in b"~\r\n":
            self.flush()
            self._write(" " if symbol == b"~" else "\n")

    def word(self, word: bytes, number: int | None) -> None:
        group = self._groups[-1]
        if word in _SKIPPED:
            group.skipped = True
        elif word in _HEADS:
            self.flush()
            group.head = True
        elif word == b"ansicpg":
            self._encoding = _CODE_PAGES.get(number or 0, f"cp{number}" if number in {1250, 1251, 1252} else "gb18030")
        elif word == b"uc":
            group.fallback = min(max(number or 0, 0), 10)
        elif word == b"u" and number is not None:
            self.flush()
            self._write(chr(number % 65536))
            self._left = group.fallback
        elif word in _BREAKS:
            self.flush()
            self._write(_BREAKS[word])

    def _write(self, text: str) -> None:
        group = self._groups[-1]
        if not group.skipped:
            (self.heads if group.head else self.body).append(text)


def _blocks(text: str) -> Iterator[Block]:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    rows: list[list[str]] = []
    for match in re.finditer("\x1d([^\x1e]*)\x1e|[^\x1d]+|\x1d", whole):
        if match.group(1) is not None:
            rows.append([" ".join(cell.replace("\x1d", "").split()) for cell in match.group(1).split("\x07")[:-1]])
            continue
        lines = [" ".join(line.split()) for line in re.sub("[\x07\x1d\x1e]", " ", match.group()).split("\n")]
        if any(lines):
            yield from _table(rows)
            rows = []
            yield from (Block(line) for line in lines if line)
    yield from _table(rows)


def _table(rows: list[list[str]]) -> Iterator[Block]:
    filled = [row for row in rows if any(row)]
    width = max(map(len, filled), default=0)
    if len(filled) < 2 or width < 2:
        yield from (Block(cell) for row in filled for cell in row if cell)
    else:
        yield from blocks_of(tuple((*row, *[""] * (width - len(row))) for row in filled), 1)
