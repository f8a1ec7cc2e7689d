"""The figures of the way to the receipt in ``docs/quality.md``, between markers of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from app.evaluation.quality_page import PAGE, markdown, write_between
from app.evaluation.taps.measuring import Walked, rows

MARK: Final = "bangfu eval-report taps"


def write_taps(walked: Sequence[Walked], *, today: date, page: Path = PAGE) -> None:
    """
    Replace what stands between the markers of *page* by these figures.

    Raises:
        NoMarkersError: If there is no such place.
    """
    told = f"{today.isoformat()}，命令 `{MARK} --write-docs`，{len(walked)} 种情形。"
    write_between(MARK, [told, "", *markdown(rows(list(walked)))], page=page)
