"""``bangfu report``: the month in numbers, with the head of the audit trail."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.desk.case_text import place
from app.desk.desk import Desk, at_desk
from app.desk.papers import deliver, html_option
from cases.figures import Asked, Figure, Period, all_figures
from cases.paper import Paper
from language.dates import full_date
from storage.areas import gazetteer_of
from storage.heads import head_text


class Month(click.ParamType[date]):
    """A month such as 2026-03, as its first day."""

    name = "月份"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the first day, or refuse with the way to write it."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(f"{value}-01")
        except ValueError:
            self.fail(f"“{value}”不是月份。请写成 2026-03 这样。", param, ctx)


@click.command()
@click.option("--month", type=Month(), metavar="月份", help="哪个月，不写就是这个月。")
@click.option("--original", is_flag=True, help="打印要盖章上报的那一份；不加就是带“副本”水印的。")
@html_option
@at_desk
def command(desk: Desk, *, month: date | None, original: bool, html: Path | None) -> None:
    """月报：自报到办结、按时率、存量，每个数带算法；不排名；印上存证码。

    例子：

    \b
      bangfu report --as 李玉梅 --month 2026-03
      bangfu report --as 陈建国 --month 2026-03 --original --html 月报.html
    """
    first = (month or desk.today).replace(day=1)
    last = min(first.replace(day=monthrange(first.year, first.month)[1]), max(desk.today, first))
    figures = all_figures(Asked(desk.store, desk.officer, Period(first, last), desk.today))
    gazetteer = gazetteer_of(desk.store)
    areas = dict.fromkeys(place(gazetteer, grant.scope).rsplit("/", 1)[-1] for grant in desk.officer.grants)
    paper = Paper(
        title=f"{'、'.join(areas)}监测帮扶月报（{first.year}年{first.month}月）",
        opening=(f"统计期：{full_date(first)}至{full_date(last)}。只数件数和天数，不排名、不设指标。",),
        columns=("统计", "项目", "数", "说明"),
        rows=[row for figure in figures for row in _rows(figure)],
        after=tuple(f"{figure.title}：{figure.formula}" for figure in figures),
        closing=(f"填报人 {desk.officer.name}", full_date(desk.today)),
        head=head_text(desk.store),
        original=original,
    )
    deliver(paper, html)


def _rows(figure: Figure) -> list[tuple[str, str, str, str]]:
    return [
        (
            figure.title,
            row.label,
            "　".join(
                f"{name} {'（少于 3，不显示）' if number is None else number}"
                for name, number in zip(figure.columns, row.numbers, strict=True)
            ),
            row.remark,
        )
        for row in figure.rows
    ]
