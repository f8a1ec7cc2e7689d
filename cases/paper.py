"""A paper that people sign, stamp or put up: title, text, one table; as plain text or as a page to print.

A copy carries a watermark; only the original, made to be stamped, goes without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Final

from cases.case import Case
from cases.errors import CasesError, PaperItemError, PaperMixedError
from cases.states import Event
from storage.store import Store

# What a paper says of a household whose data were erased.
ERASED: Final = "（已删除）"
WATERMARK: Final = "副本 未盖章 不作凭据"
# Tables with more rows than this and no room to write in are set close: they are read only.
_LONG: Final = 20

_PAGE: Final = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 22mm 20mm; }}
body {{ font: 16px/1.8 "Noto Serif CJK SC", "SimSun", serif; color: #000; max-width: 42em; margin: 2em auto; }}
h1 {{ font-size: 26px; text-align: center; }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 1em; }}
th, td {{ border: 1px solid #000; padding: .3em .6em; text-align: left; }}
td {{ height: 2.4em; }}
.filled td {{ height: auto; padding: .1em .6em; }}
thead {{ display: table-header-group; }}
tr {{ break-inside: avoid; }}
.end {{ text-align: right; }}
.head {{ font-size: 12px; }}
.watermark {{
  position: fixed; inset: 40% 0 auto 0; text-align: center; font-size: 52px; color: #000; opacity: .16;
  transform: rotate(-30deg); pointer-events: none; print-color-adjust: exact; -webkit-print-color-adjust: exact;
}}
@media print {{ body {{ margin: 0; max-width: none; }} }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def numbered(case: Case) -> str:
    """Return how a paper numbers a case: what was entered late says so on every paper."""
    return f"{case.receipt}（补录）" if case.entered_late else case.receipt


class Purpose(StrEnum):
    """What the chain of a case runs for: to be monitored, or to be monitored no longer."""

    ENROLMENT = "enrolment"
    RESOLUTION = "resolution"


@dataclass(frozen=True)
class Paper:
    """One paper. ``closing`` stands at the right: who and when. ``head`` is the audit trail's, or empty.

    ``square`` is a code to scan, as SVG, or empty. ``widths`` are the columns' shares of the table in per cent, or
    empty where the text decides.
    """

    title: str
    opening: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    after: Sequence[str]
    closing: Sequence[str]
    head: str
    original: bool
    square: str = ""
    widths: Sequence[int] = ()


def purpose_of(store: Store, case_id: str) -> Purpose:
    """Return what the chain of a case runs for now."""
    turns = {Event.SUBMITTED: Purpose.ENROLMENT, Event.RESOLUTION_PROPOSED: Purpose.RESOLUTION}
    rows = store.db.query(
        "SELECT event FROM case_events WHERE case_id = ? AND event IN (?, ?) ORDER BY version DESC LIMIT 1",
        [case_id, *(event.value for event in turns)],
    )
    return turns[Event(next(rows)["event"])]


def shared_purpose(store: Store, cases: Sequence[Case]) -> Purpose:
    """Return what the chain of all *cases* runs for.

    Raises:
        PaperMixedError: there are none, or they run for different ends.
    """
    purposes = {purpose_of(store, case.id) for case in cases}
    if len(purposes) != 1:
        raise PaperMixedError(why="purpose" if purposes else "nothing")
    return purposes.pop()


def shared_area(cases: Sequence[Case], digits: int) -> str:
    """Return the area of *digits* digits in which all *cases* lie.

    Raises:
        PaperMixedError: there are none, or they lie in several, or a case is not placed as deep.
    """
    areas = {case.area_code[:digits] for case in cases}
    if len(areas) != 1 or len(min(areas)) != digits:
        raise PaperMixedError(why="area" if areas else "nothing")
    return areas.pop()


@contextmanager
def about_case(receipt: str) -> Iterator[None]:
    """Let a refusal say which case of a paper it is about.

    Raises:
        PaperItemError: the block was refused.
    """
    try:
        yield
    except CasesError as error:
        raise PaperItemError(receipt=receipt, refused=error) from error


def to_text(paper: Paper) -> str:
    """Return the paper for a terminal."""
    parts = [
        *([] if paper.original else [f"【{WATERMARK}】"]),
        paper.title,
        "",
        *paper.opening,
        "",
        *(["\t".join(row) for row in (paper.columns, *paper.rows)] if paper.columns else []),
        "",
        *paper.after,
        "",
        *paper.closing,
        *([f"存证码 {paper.head}"] if paper.head else []),
    ]
    return "\n".join(parts)


def to_html(paper: Paper) -> str:
    """Return the paper as a page that prints on A4 and needs nothing from outside."""
    parts = [
        "" if paper.original else f'<div class="watermark">{WATERMARK}</div>',
        f"<h1>{escape(paper.title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in paper.opening),
        _table(paper) if paper.columns else "",
        *(f"<p>{escape(line)}</p>" for line in paper.after),
        f"<p>{paper.square}</p>" if paper.square else "",
        *(f'<p class="end">{escape(line)}</p>' for line in paper.closing),
        f'<p class="head">存证码 {escape(paper.head)}</p>' if paper.head else "",
    ]
    return _PAGE.format(title=escape(paper.title), body="\n".join(part for part in parts if part))


def _table(paper: Paper) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in paper.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in paper.rows)
    shares = "".join(f'<col width="{share}%">' for share in paper.widths)
    is_read = len(paper.rows) > _LONG and all(all(row[:-1]) for row in paper.rows)
    filled = ' class="filled"' if is_read else ""
    return f"<table{filled}><colgroup>{shares}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
