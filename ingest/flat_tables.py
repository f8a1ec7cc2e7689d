"""
Tables that lost their lines: each cell stands on a line of its own, empty cells are gone.

A scoring table is put together again by what its cells are: a running number, a heading that ends in its
points (责任落实(30分)), a standard in words, and the points of the row, which close it. Any other table is
put together only when its first column counts 1, 2, 3 …
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.page import Block, Grid
from ingest.spelling import plain

_HEAD_WORD: Final = re.compile(
    r"序号|项目|内容|标准|分值|得分|依据|备注|目录|指标|单位|名称|扣分|评分|要求|类别|金额|数量|对象|部门|时限|责任|"
    r"措施|办法|细则|程序|条件|材料|事项|说明|级别|频次"
)
_NUMBER: Final = re.compile(r"\d{1,4}(\.\d{1,2})?\s*分?")
_TITLED: Final = re.compile(
    r"(?!.*[。；;])(?P<name>.{2,40}?)\s*[(（]\s*(?:共|计|满分)?\s*(?P<points>\d+(\.\d+)?)\s*分\s*[)）]"
)
_COUNTED: Final = re.compile(r"\s*(\d{1,2}|[(（]?[一二三四五六七八九十]{1,2})\s*[.、．)）]")
# A number, a sentence, or the name of the whole table.
_NO_HEAD: Final = re.compile(r"^\d+(\.\d+)?分?$|[。，；：:]|.{4,}(表|清单|目录|一览)$")
_TOTAL: Final = re.compile(r"(共|合|总)\s*计|总\s*分")
_LONGEST_HEAD: Final = 14
_FEWEST_ROWS: Final = 3


@dataclass(frozen=True)
class Restored:
    """Blocks with tables put together again; ``notes`` say where the figures of a table do not add up."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


def restore_tables(blocks: Sequence[Block]) -> Restored:
    """Put the tables among ``blocks`` together again; whatever is no table passes through as it is."""
    cells = _cells(blocks)
    restored: list[Block] = []
    notes: list[str] = []
    at = 0
    while at < len(cells):
        head_end = _head_end(cells, at)
        table = _table(cells, at, head_end) if head_end else None
        if table is None:
            restored.append(cells[at])
            at += 1
            continue
        grid, end, found = table
        text = "\n".join(cell.text for cell in cells[at:end])
        restored.append(Block(text, cells[at].start, grid=grid, page=cells[at].page))
        notes += found
        at = end
    return Restored(tuple(restored), tuple(notes))


def _cells(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines of one cell: where blank lines part the cells, lines without one between belong together."""
    parted = sum(block.gap for block in blocks) > 0.6 * len(blocks)
    cells: list[Block] = []
    for block in blocks:
        before = cells[-1] if cells else None
        if (
            parted and before and not block.gap and not before.grid and not block.grid
            and len(before.text) <= 6 and len(block.text) <= 6
        ):  # fmt: skip
            cells[-1] = replace(before, text=before.text + block.text)
        else:
            cells.append(block)
    return cells


def _head_end(cells: Sequence[Block], start: int) -> int:
    """Return where the run of heading cells that begins at ``start`` ends, 0 when there is none."""
    end = start
    while end < len(cells) and cells[end].grid is None:
        text = _squeezed(cells[end])
        if len(text) > _LONGEST_HEAD or _NO_HEAD.search(text):
            break
        end += 1
    words = [_squeezed(cell) for cell in cells[start:end]]
    if len(words) < 3 or not _HEAD_WORD.search(words[0]):
        return 0
    return end if sum(bool(_HEAD_WORD.search(word)) for word in words) >= 0.7 * len(words) else 0


def _table(cells: Sequence[Block], start: int, head_end: int) -> tuple[Grid, int, list[str]] | None:
    heads = [_squeezed(cell) for cell in cells[start:head_end]]
    scoring = _Scoring(heads)
    end = head_end
    for at in range(head_end, len(cells)):
        if cells[at].grid is not None or not scoring.take(cells[at].text.strip()):
            break
        if scoring.whole:
            end = at + 1
    if len(scoring.rows) >= _FEWEST_ROWS and scoring.levels_seen:
        return scoring.grid(), end, scoring.check()
    counted = _counted(cells, heads, head_end)
    return None if counted is None else (*counted, [])


@dataclass
class _Scoring:
    """Takes the cells of a scoring table one by one and makes rows of them."""

    heads: list[str]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    total: str = ""
    levels_seen: bool = False
    whole: bool = False
    _serial: str = ""
    _upper: str = ""
    _lower: str = ""
    _fresh_lower: bool = False
    _words: list[str] = field(default_factory=list)
    _totalling: bool = False

    def take(self, cell: str) -> bool:
        """Take a cell; False when it cannot belong to the table."""
        self.whole = False
        words = plain(cell)
        if self.total or len(self._words) > 4:
            return False
        if _NUMBER.fullmatch(words):
            self._take_number(words)
        elif _TOTAL.fullmatch(words):
            self._totalling = True
        elif (titled := _TITLED.fullmatch(words)) and not self._words:
            self._take_title(cell, counted=bool(_COUNTED.match(titled["name"])))
        else:
            self._words.append(cell)
        return True

    def _take_number(self, cell: str) -> None:
        if self._totalling:
            self.total = cell
        elif self._words or self._fresh_lower:
            standard = "".join(self._words) or self._lower
            self.rows.append((self._serial, self._upper, self._lower, standard, cell))
            self._words, self._fresh_lower = [], False
        else:
            self._serial = cell
            return
        self.whole = True

    def _take_title(self, cell: str, *, counted: bool) -> None:
        self.levels_seen = True
        if counted:
            self._lower, self._fresh_lower = cell, True
        else:
            self._upper, self._lower = cell, ""

    def grid(self) -> Grid:
        """Return heading row, scored rows and total; columns that no row fills are left out."""
        rows = [(*_column_names(self.heads),), *self.rows]
        if self.total:
            rows.append(("共计", "", "", "", self.total))
        filled = [x for x in range(5) if any(row[x] for row in rows[1:])]
        return tuple(tuple(row[x] for x in filled) for row in rows)

    def check(self) -> list[str]:
        """Return a note for each heading whose points its rows do not add up to."""
        notes = []
        for column, what in ((1, "一级"), (2, "二级")):
            sums: dict[tuple[str, ...], float] = {}
            for row in self.rows:
                if row[column]:
                    sums[row[1 : column + 1]] = sums.get(row[1 : column + 1], 0) + _points(row[4])
            for names, points in sums.items():
                titled = _TITLED.fullmatch(plain(names[-1]))
                if titled and float(titled["points"]) != points:
                    notes.append(f"{what}项目“{names[-1]}”与各行分值之和 {points:g} 不符")
        total = sum(_points(row[4]) for row in self.rows)
        if self.total and _points(self.total) != total:
            notes.append(f"共计 {self.total} 与各行分值之和 {total:g} 不符")
        return notes


def _column_names(heads: Sequence[str]) -> tuple[str, str, str, str, str]:
    """Name the five columns of a scoring table after its own heading cells, sub-headings under their heading."""

    def first(pattern: str, otherwise: str) -> str:
        return next((head for head in heads if re.search(pattern, head)), otherwise)

    standard = first("标准|细则|要求|办法", "标准")
    points = first("分值|标准分|满分", "分值")
    group = next((head for head in heads if re.search("内容|项目|指标", head) and head != standard), "项目")
    upper, lower = first("一级|大类", group), first("二级|小类", "")
    if upper != group:
        upper = f"{group}·{upper}"
    return first("序号", "序号"), upper, f"{group}·{lower}" if lower else f"{group}细目", standard, points


def _counted(cells: Sequence[Block], heads: Sequence[str], start: int) -> tuple[Grid, int] | None:
    """Put together a table whose rows begin with 1, 2, 3 … and fill all columns."""
    width = len(heads)
    rows: list[tuple[str, ...]] = []
    at = start
    while at + width <= len(cells) and all(cell.grid is None for cell in cells[at : at + width]):
        row = tuple(cell.text.strip() for cell in cells[at : at + width])
        if plain(row[0]) != str(len(rows) + 1):
            break
        rows.append(row)
        at += width
    if not heads[0].startswith("序") or len(rows) < _FEWEST_ROWS:
        return None
    return (tuple(heads), *rows), at


def _points(cell: str) -> float:
    return float(cell.rstrip("分 "))


def _squeezed(cell: Block) -> str:
    return re.sub(r"\s", "", plain(cell.text))
