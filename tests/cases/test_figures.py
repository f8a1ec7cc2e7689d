"""The figures of an officer's areas."""

from __future__ import annotations

from datetime import date

import pytest

from cases.figures import Asked, Figure, Period, all_figures, fewest_by_chance
from cases.report import Cause
from cases.states import State
from storage.areas import gazetteer_of
from storage.times import local_date
from tests.cases.conftest import SISTER_VILLAGE, TOWNSHIP, Desk

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def figure(desk: Desk, key: str, *, who: str = "county", period: Period = YEAR) -> Figure:
    """Return one figure as an officer sees it at ``later``."""
    asked = Asked(desk.store, desk.officer(who), period, local_date(desk.later))
    return next(one for one in all_figures(asked) if one.key == key)


def numbers(of: Figure) -> dict[str, tuple[int | None, ...]]:
    """Return the numbers of a figure by their labels."""
    return {row.label: row.numbers for row in of.rows}


def submit(desk: Desk, count: int, **changes: object) -> None:
    """Hand in so many reports."""
    for number in range(count):
        desk.submit(submission_id=f"{changes}-{number}", **changes)


def test_the_funnel_counts_each_case_at_every_step_it_came_to(desk: Desk) -> None:
    desk.bring_to(State.MONITORED, submission_id="one")
    desk.bring_to(State.UNDER_VERIFICATION, submission_id="two")
    desk.bring_to(State.DECLINED, submission_id="three")
    counts = numbers(figure(desk, "funnel"))
    assert counts["报上来"] == (3,)
    assert counts["入户核查"] == (2,)
    assert counts["县级纳入"] == (1,)
    assert counts["不纳入"] == (1,)


def test_only_what_was_applied_for_in_the_period_counts(desk: Desk) -> None:
    desk.submit()
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert numbers(figure(desk, "funnel", period=march))["报上来"] == (1,)
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    assert numbers(figure(desk, "funnel", period=april))["报上来"] == (0,)


def test_an_officer_sees_the_figures_of_his_areas_only(desk: Desk) -> None:
    desk.submit(submission_id="mine")
    desk.submit(submission_id="sister", area_code=SISTER_VILLAGE)
    seen = {who: numbers(figure(desk, "funnel", who=who))["报上来"] for who in ("village", "stranger", "county")}
    assert seen == {"village": (1,), "stranger": (1,), "county": (2,)}


def test_a_limit_that_passed_unmet_is_late_and_one_that_was_met_is_kept(desk: Desk) -> None:
    desk.submit(submission_id="forgotten")
    kept, late, still_open = numbers(figure(desk, "punctuality"))["入户核查"]
    assert (kept, late, still_open) == (0, 0, 1)
    desk.bring_to(State.UNDER_VERIFICATION, submission_id="visited")
    row = next(row for row in figure(desk, "punctuality").rows if row.label == "入户核查")
    assert row.numbers == (1, 0, 1)
    assert row.remark == "50.0%"


def test_causes_of_few_households_are_put_together_so_that_none_is_known_by_them(desk: Desk) -> None:
    submit(desk, 3, causes=(Cause.ILLNESS,))
    submit(desk, 1, causes=(Cause.DISABILITY,))
    assert numbers(figure(desk, "causes")) == {"因病": (3,), "其余": (None,)}
    submit(desk, 2, causes=(Cause.SCHOOLING,))
    assert numbers(figure(desk, "causes")) == {"因病": (3,), "其余": (3,)}


def test_villages_stand_in_the_order_of_their_codes_and_a_silent_one_is_worth_a_second_look(desk: Desk) -> None:
    *busy, silent = sorted(area.code for area in gazetteer_of(desk.store).children(TOWNSHIP))
    for code in busy:
        submit(desk, 6, area_code=code)
    rows = figure(desk, "villages", who="township").rows
    assert [row.numbers for row in rows] == [(6,)] * len(busy) + [(0,)]
    assert [row.remark for row in rows] == [""] * len(busy) + ["建议复查"]
    assert rows[-1].label == gazetteer_of(desk.store).area(silent).name


def test_too_few_reports_say_nothing_of_any_village(desk: Desk) -> None:
    submit(desk, 1)
    few = figure(desk, "villages", who="township")
    assert not any(row.remark for row in few.rows)
    assert "看不出该复查谁" in few.formula
    assert "少于 0 件" not in few.formula


def test_every_figure_says_how_it_was_made(desk: Desk) -> None:
    asked = Asked(desk.store, desk.county, YEAR, local_date(desk.later))
    assert all(len(one.formula) > 15 for one in all_figures(asked))


@pytest.mark.parametrize(("mean", "lowest"), [(0.0, 0), (1.0, 0), (3.6, 0), (4.0, 1), (10.0, 4), (25.0, 16)])
def test_fewer_than_chance_allows_follows_the_poisson_distribution(mean: float, lowest: int) -> None:
    assert fewest_by_chance(mean) == lowest
