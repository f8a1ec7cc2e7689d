"""The figures of an officer's areas: charts that print, each with its formula and its table for a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cases.figures import SMALLEST_SHOWN, Asked, Figure, Period, Row, all_figures
from knowledge.unanswered import Cluster
from language.masking import mask
from storage.times import local_date
from web.knowledge_desk.unanswered import LATEST, clusters
from web.officers.door import Desk
from web.officers.spreadsheet import spreadsheet


@dataclass(frozen=True)
class Bar:
    """A row with the length of its bar, in percent of the longest one; None where its number is kept back."""

    row: Row
    percent: float | None


@dataclass(frozen=True)
class Chart:
    """A figure with a bar a row."""

    figure: Figure
    bars: tuple[Bar, ...]

    @property
    def says_something(self) -> bool:
        """Tell whether there is a number that is not nought."""
        return any(number != 0 for bar in self.bars for number in bar.row.numbers)


def show(desk: Desk) -> Response:
    """GET /desk/figures?first=&last=."""
    period, problem = _period(desk)
    charts = [_chart(figure) for figure in _figures(desk, period)]
    return desk.page("figures.html", {"charts": charts, "period": period, "problem": problem})


def export(desk: Desk) -> Response:
    """GET /desk/figures/{key}.csv: one figure as a table, its formula in the last line."""
    period, _ = _period(desk)
    key = desk.request.path_params["key"]
    figure = next((one for one in _figures(desk, period) if one.key == key), None)
    if figure is None:
        raise HTTPException(404)
    rows: list[tuple[object, ...]] = [(figure.title, *figure.columns, "")]
    rows += [(row.label, *row.numbers, row.remark) for row in figure.rows]
    return spreadsheet(f"{figure.key}-{period.first}-{period.last}", [*rows, (), (figure.formula,)])


def _figures(desk: Desk, period: Period) -> list[Figure]:
    return [*all_figures(Asked(desk.store, desk.officer, period, desk.today)), unanswered(desk, period)]


def unanswered(desk: Desk, period: Period) -> Figure:
    """Return what was asked in vain in the period, the most asked first; what few asked is counted together."""
    counts = [(one.questions[0].text, _asked_in(one, period)) for one in clusters(desk)]
    often = sorted(((text, count) for text, count in counts if count >= SMALLEST_SHOWN), key=lambda one: -one[1])
    rest = sum(count for _, count in counts if 0 < count < SMALLEST_SHOWN)
    rows = [Row(mask(text), (count,)) for text, count in often]
    return Figure(
        key="unanswered",
        title="没答上来的问题",
        formula=(
            f"这段时间里没有答上来、还没有处理的提问次数，问法相近的算一类；只看最近 {LATEST} 次。"
            f"不到 {SMALLEST_SHOWN} 次的合在一起，免得看出是谁问的。不分地方，不算谁问得多。"
        ),
        columns=("次数",),
        rows=(*rows, Row("别的，各问了一两次", (rest,))) if rest else tuple(rows),
    )


def _asked_in(group: Cluster, period: Period) -> int:
    return sum(period.first <= local_date(one.at) <= period.last for one in group.questions)


def _period(desk: Desk) -> tuple[Period, str]:
    """Return the days asked for, this year so far where none are, and what was wrong with them."""
    year = Period(date(desk.today.year, 1, 1), desk.today)
    given = [desk.request.query_params.get(name, "") for name in ("first", "last")]
    try:
        first, last = (date.fromisoformat(text) if text else day for text, day in zip(given, _days(year), strict=True))
    except ValueError:
        return year, "日期请写成 2026-03-12 的样子。"
    return (Period(first, last), "") if first <= last else (year, "开始的日子不能在结束的日子后面。")


def _days(period: Period) -> tuple[date, date]:
    return period.first, period.last


def _chart(figure: Figure) -> Chart:
    longest = max((row.numbers[0] or 0 for row in figure.rows), default=0)
    return Chart(figure, tuple(Bar(row, _percent(row.numbers[0], longest)) for row in figure.rows))


def _percent(number: int | None, longest: int) -> float | None:
    return None if number is None else round(100 * number / longest, 2) if longest else 0.0
