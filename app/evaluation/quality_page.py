"""The measured figures in ``docs/quality.md``, written between two markers and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import app
from app.evaluation.evaluation import Evaluation
from app.evaluation.slips import slip_rows
from app.evaluation.tables import (
    action_rows,
    curve_rows,
    decision_rows,
    family_rows,
    recipe_family_rows,
    recipe_rows,
    risk_lines,
)

PAGE = Path(app.__file__).parent.parent / "docs" / "quality.md"
MARK = "bangfu eval"
BLIND_MARK = "bangfu eval --set blind"


class NoMarkersError(ValueError):
    """The page does not hold both markers, in order, once."""


def write_figures(evaluation: Evaluation, *, today: date, command: str, page: Path = PAGE, mark: str = MARK) -> None:
    """
    Replace what stands between the markers of *page* that *mark* names by these figures.

    Raises:
        NoMarkersError: If there is no such place.
    """
    write_between(mark, _figures(evaluation, today=today, command=command), page=page)


def write_between(mark: str, lines: Iterable[str], *, page: Path = PAGE) -> None:
    """
    Replace what stands between the two markers of *page* that *mark* names by *lines*.

    Raises:
        NoMarkersError: If the page does not hold both, in order, once.
    """
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
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


def _figures(evaluation: Evaluation, *, today: date, command: str) -> Iterator[str]:
    yield (
        f"{today.isoformat()}，命令 `{command}`，{_which(evaluation)} {len(evaluation.scores)} 题，"
        f"语料指纹 `{evaluation.corpus}`，题目指纹 `{evaluation.golden}`。"
    )
    yield ""
    yield from markdown(family_rows(evaluation.families))
    yield ""
    yield from markdown(action_rows(evaluation.scores))
    yield ""
    yield from markdown(decision_rows(evaluation))
    yield ""
    yield from (f"- {line}" for line in risk_lines(evaluation))
    yield ""
    yield from markdown(curve_rows(evaluation))
    yield ""
    yield from markdown(recipe_rows(evaluation.recipes))
    yield ""
    yield from markdown(recipe_family_rows(evaluation.recipes))
    if evaluation.slips:
        yield ""
        yield from markdown(slip_rows(evaluation.slips))


def _which(evaluation: Evaluation) -> str:
    return "全部" if evaluation.half == "all" else f"{evaluation.half} 半"
