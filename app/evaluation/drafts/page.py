"""The figures of the drafts in ``docs/quality.md``, between markers of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from app.evaluation.drafts.measuring import Score
from app.evaluation.drafts.tables import family_rows, slot_rows
from app.evaluation.quality_page import PAGE, NoMarkersError

BEGIN: Final = "<!-- bangfu eval-report draft: begin -->"
END: Final = "<!-- bangfu eval-report draft: end -->"


def write_figures(scores: Sequence[Score], *, today: date, command: str, page: Path = PAGE) -> None:
    """
    Replace what stands between the markers of *page* by these figures.

    Raises:
        NoMarkersError: If there is no such place.
    """
    write_between(BEGIN, END, _figures(scores, today=today, command=command), page=page)


def write_between(begin: str, end: str, lines: Iterator[str], *, page: Path = PAGE) -> None:
    """
    Replace what stands between two markers of *page* by *lines*.

    Raises:
        NoMarkersError: If the page does not hold both, in order, once.
    """
    text = page.read_text(encoding="utf-8")
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise NoMarkersError
    before, after = text[: text.index(begin)], text[text.index(end) :]
    page.write_text(f"{before}{begin}\n\n{chr(10).join(lines)}\n\n{after}", encoding="utf-8")


def markdown(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table, its first row the heading."""
    heading, *rest = (f"| {' | '.join(row)} |" for row in rows)
    yield heading
    yield "|---" + "|---:" * (len(rows[0]) - 1) + "|"
    yield from rest


def _figures(scores: Sequence[Score], *, today: date, command: str) -> Iterator[str]:
    yield f"{today.isoformat()}，命令 `{command}`，report 半 {len(scores)} 条。"
    yield ""
    yield from markdown(slot_rows(scores))
    yield ""
    yield from markdown(family_rows(scores))
