"""The measured figures in ``docs/quality.md``, written between two markers and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import app
from app.evaluation.evaluation import Evaluation
from app.evaluation.slips import slip_rows
from app.evaluation.tables import family_rows, recipe_family_rows, recipe_rows, risk_lines

PAGE = Path(app.__file__).parent.parent / "docs" / "quality.md"
BEGIN = "<!-- bangfu eval: begin -->"
END = "<!-- bangfu eval: end -->"


class NoMarkersError(ValueError):
    """The page does not hold both markers, in order, once."""


def write_figures(evaluation: Evaluation, *, today: date, command: str, page: Path = PAGE) -> None:
    """
    Replace what stands between the markers of *page* by these figures.

    Raises:
        NoMarkersError: If there is no such place.
    """
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise NoMarkersError
    before, after = text[: text.index(BEGIN)], text[text.index(END) :]
    figures = "\n".join(_figures(evaluation, today=today, command=command))
    page.write_text(f"{before}{BEGIN}\n\n{figures}\n{after}", encoding="utf-8")


def _figures(evaluation: Evaluation, *, today: date, command: str) -> list[str]:
    return [
        f"{today.isoformat()}，命令 `{command}`，{evaluation.half} 半 {len(evaluation.scores)} 题，"
        f"语料指纹 `{evaluation.corpus}`，题目指纹 `{evaluation.golden}`。",
        "",
        *_markdown(family_rows(evaluation.families)),
        "",
        *(f"- {line}" for line in risk_lines(evaluation)),
        "",
        *_markdown(recipe_rows(evaluation.recipes)),
        "",
        *_markdown(recipe_family_rows(evaluation.recipes)),
        "",
        *_markdown(slip_rows(evaluation.slips)),
        "",
    ]


def _markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    heading, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return [heading, "|---" + "|---:" * (len(rows[0]) - 1) + "|", *rest]
