"""The figures of the duplicates in ``docs/quality.md``, between markers of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from app.evaluation.duplicates.measuring import Found, figures, figures_line, noise_rows
from app.evaluation.quality_page import PAGE, markdown, write_between

MARK: Final = "bangfu eval-report duplicates"
COMMAND: Final = "bangfu eval-report duplicates --half report --write-docs"


def write_duplicates(found: Sequence[Found], *, today: date, page: Path = PAGE) -> None:
    """
    Replace what stands between the markers of *page* by these figures.

    Raises:
        NoMarkersError: If there is no such place.
    """
    write_between(MARK, _lines(found, today), page=page)


def _lines(found: Sequence[Found], today: date) -> Iterator[str]:
    yield f"{today.isoformat()}，命令 `{COMMAND}`，report 半 {len(found)} 对。"
    yield figures_line(figures(found))
    yield ""
    yield from markdown(noise_rows(found))
