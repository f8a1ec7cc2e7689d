"""The lanes in ``docs/quality.md``, between markers of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from app.evaluation.lanes.measuring import Taken, manners, matrix, urgent_line
from app.evaluation.quality_page import PAGE, markdown, write_between

MARK: Final = "bangfu eval-report lanes"


def write_lanes(taken: Sequence[Taken], *, today: date, page: Path = PAGE) -> None:
    """
    Replace what stands between the markers of *page* by these figures.

    Raises:
        NoMarkersError: If there is no such place.
    """
    write_between(MARK, _figures(taken, today=today), page=page)


def _figures(taken: Sequence[Taken], *, today: date) -> Iterator[str]:
    command = "bangfu eval-report lanes --half report --write-docs"
    yield f"{today.isoformat()}，命令 `{command}`，report 半 {len(taken)} 句。"
    yield ""
    yield from markdown(matrix(taken))
    yield ""
    yield f"- {urgent_line(taken)}"
    yield ""
    yield from markdown(manners(taken))
