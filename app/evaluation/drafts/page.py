"""The figures of the drafts in ``docs/quality.md``, between markers of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from app.evaluation.drafts.measuring import Score
from app.evaluation.drafts.tables import family_rows, slot_rows
from app.evaluation.quality_page import PAGE, markdown, write_between

MARK: Final = "bangfu eval-report draft"


def write_figures(scores: Sequence[Score], *, today: date, command: str, page: Path = PAGE) -> None:
    """
    Replace what stands between the markers of *page* by these figures.

    Raises:
        NoMarkersError: If there is no such place.
    """
    write_between(MARK, _figures(scores, today=today, command=command), page=page)


def _figures(scores: Sequence[Score], *, today: date, command: str) -> Iterator[str]:
    yield f"{today.isoformat()}，命令 `{command}`，report 半 {len(scores)} 条。"
    yield ""
    yield from markdown(slot_rows(scores))
    yield ""
    yield from markdown(family_rows(scores))
