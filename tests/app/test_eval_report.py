"""The figures of reporting: drafts understood, households recognised, steps to the receipt."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.evaluation.drafts.measuring import GIVEN, measure, total
from app.evaluation.drafts.reports import load_reports
from app.evaluation.drafts.villages import Villages
from app.evaluation.duplicates.measuring import figures
from app.evaluation.duplicates.measuring import measure as compare_pairs
from app.evaluation.duplicates.pairs import make_pairs
from app.evaluation.split import Half
from app.evaluation.taps.measuring import measure as walk_all
from app.main import main
from bot.conversation.conversation import Conversation
from bot.conversation.listening import Listener
from places.gazetteer import load_gazetteer
from settings.schema import Settings
from storage.store import Store
from tests.bot.conftest import Known


def test_halves_are_large_and_share_no_text() -> None:
    gazetteer = load_gazetteer()
    tune, report = ({told.text for told in load_reports(half, gazetteer)} for half in Half)
    assert len(tune) + len(report) >= 500
    assert not tune & report


def test_same_set_is_made_every_time() -> None:
    gazetteer = load_gazetteer()
    assert load_reports(Half.TUNE, gazetteer) == load_reports(Half.TUNE, gazetteer)


def test_nothing_is_put_down_that_the_tune_half_does_not_say(settings: Settings) -> None:
    gazetteer = load_gazetteer()
    heard: list[int] = []
    reports = load_reports(Half.TUNE, gazetteer)
    scores = measure(Listener(settings, gazetteer), reports, progress=lambda done, _of: heard.append(done))
    assert heard[-1] == len(reports)
    assert [score.told.text for score in scores if score.invented] == []
    for slot in GIVEN:
        recall = total(scores, slot).recall
        assert recall is not None
        assert recall >= 0.95, slot


def test_households_are_recognised_on_the_tune_half() -> None:
    found = figures(compare_pairs(make_pairs(Half.TUNE)))
    assert found.precision >= 0.97
    assert found.recall >= 0.9


def test_every_scenario_ends_with_a_receipt(store: Store, settings: Settings) -> None:
    local = settings.model_copy(update={"area": "甘肃省/白银市/会宁县"})
    walked = walk_all(store, Conversation(local, Known(), load_gazetteer()))
    assert [one.scenario.name for one in walked if not one.reached] == []
    assert walked[0].scenario.typed + walked[0].scenario.taps <= 4


@pytest.mark.parametrize("options", [["--misses"], []])
def test_report_half_shows_no_single_report_and_only_it_is_written_down(tmp_path: Path, options: list[str]) -> None:
    half = "report" if options else "tune"
    more = options or ["--write-docs"]
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "eval-report", "draft", "--half", half, *more])
    assert result.exit_code == 2


def test_villages_of_the_halves_differ() -> None:
    gazetteer = load_gazetteer()
    drawn = [
        {Villages(gazetteer, half, "620422", random.Random(1)).named("village")[1] for _ in range(20)} for half in Half
    ]
    assert not drawn[0] & drawn[1]
