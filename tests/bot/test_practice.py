"""Practice: every step is as it would be, and nothing of it reaches anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases.actors import Role
from tests.bot.conftest import VILLAGE, Person
from tests.bot.test_report_form import report

TABLES = ("cases", "calls", "audit", "answers_given", "attachments")


def rows(person: Person) -> dict[str, int]:
    """Return how many rows there are of what others would see."""
    return {table: next(person.store.db.query(f"SELECT count(*) AS n FROM {table}"))["n"] for table in TABLES}


@pytest.fixture
def learner(villager: Person, officer: Callable[..., Person]) -> Person:
    """Return somebody who practises where an officer would hear of a real report."""
    officer("马志远", Role.VILLAGE, VILLAGE)
    return villager


def test_a_practised_report_is_understood_and_read_back_but_makes_no_case(learner: Person) -> None:
    before = rows(learner)
    learner.practises = True
    report(learner)
    learner.tap("都对")
    assert learner.tap("同意并提交") == ["report.practised"]
    assert "什么都没有报上去" in learner.text
    assert rows(learner) == before


def test_danger_in_practice_gives_the_numbers_and_calls_nobody(learner: Person) -> None:
    before = rows(learner)
    learner.practises = True
    learner.say("我不想活了")
    assert "120" in learner.text or "110" in learner.text
    assert rows(learner) == before


def test_without_practice_the_same_words_make_a_case(learner: Person) -> None:
    before = rows(learner)
    report(learner)
    learner.tap("都对")
    learner.tap("同意并提交")
    assert rows(learner)["cases"] == before["cases"] + 1
