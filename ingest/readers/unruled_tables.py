"""Tables without rules: columns are the strips that consecutive lines leave empty between their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from statistics import median
from typing import Final, TypeAlias

from ingest.page import Block
from ingest.readers.grids import blocks_of
from ingest.readers.layout import Box, Leaf, Run, around, cells_of, em_of
from ingest.readers.unruled_rows import Columns, Line, band, columns_of, filled, rows_of_cells, with_line

# Lengths in heights of a line.
_CLOSE: Final = 2.5
_MOST_LINES: Final = 400  # on one page; no page that people read has more
_MOST_HEADS: Final = 3
_LONGEST_HEAD: Final = 14
_FEWEST_ROWS: Final = {2: 3}
_FEW_ROWS: Final = 2
_WHOLE: Final = 0.6  # the share of rows that fill more than one column
_PROSE_WIDTH, _PROSE_LETTERS = 0.6, 8

_LEADERS: Final = re.compile(r"[.．…·。]{4,}|[-—_]{6,}")
_NO_HEAD: Final = re.compile(
    r"[，。；：:？?]|^[\d.,%％/-]+$|^(?!\d{4}\s*年)[(（]?[\d一二三四五六七八九十]{1,3}\s*[.．、)）]|^第.{1,3}[章节条款项]"
)
_HEAD_WORD: Final = re.compile(
    r"序号|项目|事项|内容|标准|分值|得分|依据|备注|指标|单位|名称|要求|类别|类型|种类|档次|等级|金额|数量|对象|部门|"
    r"时限|时间|日期|期限|责任|措施|办法|条件|材料|程序|流程|说明|级别|地点|地址|住址|电话|姓名|性别|年龄|人数|户数|"
    r"人口|面积|比例|补助|补贴|乡镇|村名|方式|渠道|合计|年度|情况"
)
_FIGURE: Final = re.compile(r"\d")

_Heads: TypeAlias = "tuple[tuple[str, ...], ...]"


@dataclass(frozen=True)
class _Found:
    """A table among lines, from ``start`` to before ``end``; so many ``lines`` are heads."""

    start: int
    end: int
    lines: int
    columns: Columns
    heads: _Heads
    rows: tuple[tuple[str, ...], ...]


def with_unruled_tables(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Return printed pages with the tables that stand in their lines found; prose is never cut into one."""
    told: list[Leaf] = []
    before: Columns = ()
    for leaf in leaves:
        read, before = _with_tables(leaf, before)
        told.append(read)
    return told


def _with_tables(leaf: Leaf, before: Columns) -> tuple[Leaf, Columns]:
    """Return a page with its tables, and the columns of one that reaches its end; ``before`` ended the last page."""
    lines = [tuple(line) for line in cells_of(leaf.runs)]
    if len(lines) > _MOST_LINES:
        return leaf, ()
    bars = sorted(box.top for box, _ in leaf.tables)
    placed = list(leaf.tables)
    taken: list[Run] = []
    reaches_end: Columns = ()
    at = 0
    while at < len(lines):
        end = _stretch(lines, at, bars)
        stretch = lines[at:end]
        found = _table(stretch, lines[at - 1] if at else ()) or (_continuation(stretch, before) if at == 0 else None)
        if found is None:
            at += 1
            continue
        used = list(chain.from_iterable(lines[at + found.start : at + found.end]))
        grid = (*found.heads, *found.rows)
        placed += [(around(run.box for run in used), one) for one in _blocks(grid, len(found.heads), leaf.number)]
        taken += used
        at += found.end
        is_last = at == len(lines) and not any(top > used[-1].box.top for top in bars)
        reaches_end = found.columns if is_last else ()
    return replace(leaf, runs=_without(leaf.runs, taken), tables=tuple(placed)), reaches_end


def _blocks(grid: _Heads, heads: int, number: int) -> Iterator[Block]:
    if heads:
        yield from blocks_of(grid, heads, number)
    else:  # it goes on with a table of the page before, whose heads it gets
        yield Block("\n".join("\t".join(filter(None, row)) for row in grid), grid=grid, head_rows=0, page=number)


def _without(runs: Sequence[Run], taken: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs that no cell of a table was made of."""
    places = [one.box for one in taken]
    return tuple(run for run in runs if not any(box.holds(*run.box.middle) for box in places))


def _stretch(lines: Sequence[Line], start: int, bars: Sequence[float]) -> int:
    """Return where the lines end that leave the same strips empty as the line at ``start`` does."""
    columns = columns_of(lines[start : start + 1])
    end = start + 1
    if len(columns) < 2 or _is_led(lines[start]):
        return end
    while end < len(lines) and not _is_led(lines[end]):
        last, line = around(run.box for run in lines[end - 1]), around(run.box for run in lines[end])
        parted = any(last.middle[1] < top <= line.middle[1] for top in bars)
        wider = with_line(columns, lines[end])
        if parted or len(wider) < len(columns) or line.top - last.bottom > _CLOSE * em_of(lines[end]):
            break
        columns, end = wider, end + 1
    return end


def _is_led(line: Line) -> bool:
    """Whether dots lead from one end of a line to the other, as in a table of contents."""
    return any(_LEADERS.search(run.text) for run in line)


def _table(lines: Sequence[Line], above: Line) -> _Found | None:
    """Return the table with the most columns that some of the first lines are the heads of, ``above`` perhaps too."""
    best: _Found | None = None
    for start in range(min(_MOST_HEADS, len(lines))):
        for count in range(1, _MOST_HEADS + 1):
            heads, body = lines[start : start + count], lines[start + count :]
            if not body or not all(_is_head(run.text) for line in heads for run in line):
                break
            found = _tabled(start, heads, body)
            if found and (best is None or len(found.columns) > len(best.columns)):
                best = found
    if best is None or best.start or not above or not _stands_over(above, lines[0], best.columns):
        return best
    wider = _tabled(-1, [above, *lines[: best.lines]], lines[best.lines :])
    return wider if wider and len(wider.columns) == len(best.columns) else best


def _stands_over(above: Line, line: Line, columns: Columns) -> bool:
    """Whether a line half a line above the first heads holds heads of several columns each."""
    upper, lower = around(run.box for run in above), around(run.box for run in line)
    spans = [sum(_reaches(run.box, band(columns, at)) for at in range(len(columns))) for run in above]
    return (
        upper.bottom > lower.top
        and all(1 < span < len(columns) for span in spans)
        and all(_is_head(run.text) for run in above)
    )


def _tabled(start: int, heads: Sequence[Line], body: Sequence[Line]) -> _Found | None:
    columns = _settled(heads, body)
    if len(columns) < 2:
        return None
    while body and (body_head := [run.text for run in body[0]]) and all(_is_bracketed(one) for one in body_head):
        heads, body = [*heads, body[0]], body[1:]
    names = _names(heads, columns)
    if not all(names[-1]) or _is_prose(body, columns):
        return None
    rows, used = rows_of_cells(body, columns)
    if not _is_filled(rows) or not _tells(names, rows):
        return None
    return _Found(start, start + len(heads) + used, len(heads), columns, names, rows)


def _continuation(lines: Sequence[Line], before: Columns) -> _Found | None:
    """Return the rows at the top of a page that go on with the table before it."""
    columns = columns_of(lines)
    if not before or len(columns) != len(before) or len(columns) < 2:
        return None
    if any(min(one[1], other[1]) <= max(one[0], other[0]) for one, other in zip(columns, before, strict=True)):
        return None
    rows, used = rows_of_cells(lines, columns)
    return _Found(0, used, 0, columns, (), rows) if rows and sum(map(bool, rows[0])) > 1 else None


def _is_head(text: str) -> bool:
    words = "".join(text.split())
    return 0 < len(words) <= _LONGEST_HEAD and not _NO_HEAD.search(words) and bool(re.search("[\u4e00-\u9fff]", words))


def _is_bracketed(text: str) -> bool:
    return re.fullmatch(r"[(（][^()（）\d]{1,8}[)）]", "".join(text.split())) is not None


def _settled(heads: Sequence[Line], body: Sequence[Line]) -> Columns:
    """Return the columns; a head that stands beside its figures and not over them has one column with them."""
    columns = columns_of([heads[-1], *body])
    for at, line in enumerate(heads[:-1]):
        below = filled(chain.from_iterable(heads[at + 1 :]), columns)
        for run in line:
            near = {one for one in range(len(columns)) if _reaches(run.box, band(columns, one))}
            inside = any(left < run.box.right and run.box.left < right for left, right in columns)
            if not inside and not (len(near) > 1 and near <= below):
                columns = with_line(columns, (run,))
    headed = filled(chain.from_iterable(heads), columns)
    told = filled(chain.from_iterable(body), columns)
    settled: list[tuple[float, float]] = []
    for at, (left, right) in enumerate(columns):
        alone = {(at - 1 in headed, at - 1 in told), (at in headed, at in told)}
        if settled and alone == {(True, False), (False, True)} and settled[-1] == columns[at - 1]:
            settled[-1] = (settled[-1][0], right)
        else:
            settled.append((left, right))
    return tuple(settled)


def _names(heads: Sequence[Line], columns: Columns) -> _Heads:
    """Return one row of heads, or two where a head stands over several columns: itself and what stands below it."""
    above, below = [""] * len(columns), [""] * len(columns)
    for run in chain.from_iterable(heads):
        over = [at for at in range(len(columns)) if _reaches(run.box, band(columns, at))]
        words = "".join(run.text.split())
        for at in over:
            (above if len(over) > 1 else below)[at] += words
    if not any(above):
        return (tuple(below),)
    first = tuple(over or own for over, own in zip(above, below, strict=True))
    return first, tuple(own or over for over, own in zip(above, below, strict=True))


def _reaches(box: Box, strip: tuple[float, float]) -> bool:
    shared = min(box.right, strip[1]) - max(box.left, strip[0])
    return shared > min(box.height / 2, 0.4 * (strip[1] - strip[0]))


def _is_prose(body: Sequence[Line], columns: Columns) -> bool:
    """Whether every column is mostly full of words: then they are columns of a page."""
    for at, (left, right) in enumerate(columns):
        cells = [run for line in body for run in line if at in filled([run], columns)]
        wide = cells and median(run.box.width for run in cells) >= _PROSE_WIDTH * (right - left)
        if not wide or median(len(run.text) for run in cells) < _PROSE_LETTERS:
            return False
    return True


def _is_filled(rows: Sequence[tuple[str, ...]]) -> bool:
    whole = sum(sum(map(bool, row)) > 1 for row in rows)
    return bool(rows) and whole >= _FEWEST_ROWS.get(len(rows[0]), _FEW_ROWS) and whole >= _WHOLE * len(rows)


def _tells(names: _Heads, rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether the heads are heads: by their words, or because figures stand below words."""
    heads = ["".join(dict.fromkeys(column)) for column in zip(*names, strict=True)]
    if 2 * sum(bool(_HEAD_WORD.search(head)) for head in heads) >= len(heads):
        return True
    figures = [sum(bool(_FIGURE.match(row[at])) for row in rows) for at in range(len(heads))]
    return any(2 * count > len(rows) for count in figures) and len(heads) > 2
