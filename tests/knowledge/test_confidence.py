"""Calibrated confidence: fitting, choosing the file that fits the model, and the questions it was fitted on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.answer import Asker, Question
from knowledge.answering import Answering
from knowledge.asking import readings
from knowledge.calibrating import Ground, refit
from knowledge.calibration_file import OWN_FILE, load_calibration, write_calibration
from knowledge.confidence import SIGNS
from knowledge.entries import load_starter
from knowledge.entry_store import find_entries, load_entries
from knowledge.fitting import Judged, clarify_for, fit_logistic, threshold_for
from knowledge.models.onnx_embedder import OnnxEmbedder
from knowledge.retrieval import Found
from knowledge.training import FOLDER, Labelled, read_labelled
from language.normalise import fold
from places.gazetteer import load_gazetteer
from settings.schema import Contacts
from tests.knowledge.conftest import Opened, Small

DAY = date(2026, 6, 1)

TUNE, REPORT = (read_labelled(FOLDER / name) for name in ("tune.jsonl", "report.jsonl"))


def pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[place : place + 2] for place in range(len(folded) - 1)} or {folded}


def test_a_fit_finds_the_probability_behind_drawn_labels() -> None:
    draw = np.random.default_rng(5)
    rows = draw.normal(size=(4000, 2)) * [1.0, 10.0] + [3.0, -5.0]
    truth = 1 / (1 + np.exp(-(2 * (rows[:, 0] - 3) - 0.5)))
    model = fit_logistic(rows, (draw.random(4000) < truth).astype(float), np.ones(4000), ("told", "idle"))
    for (told, idle), expected in zip(rows[:200], truth[:200], strict=True):
        assert model.probability({"told": told, "idle": idle}) == pytest.approx(expected, abs=0.08)


def test_a_fit_of_separable_labels_stays_finite() -> None:
    rows = np.array([[0.0], [0.1], [0.9], [1.0]])
    model = fit_logistic(rows, np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4), ("told",))
    assert 0 < model.probability({"told": 0.0}) < 0.5 < model.probability({"told": 1.0}) < 1


def test_the_bundled_calibration_belongs_to_the_bundled_model(tmp_path: Path, model: OnnxEmbedder) -> None:
    calibration = load_calibration(tmp_path, model.model_id)
    assert calibration.model_id == model.model_id
    assert calibration.questions > 200
    assert 0.5 <= calibration.threshold < 1


def test_a_refit_of_the_office_is_used_only_for_its_own_model(tmp_path: Path, model: OnnxEmbedder) -> None:
    bundled = load_calibration(tmp_path, model.model_id)
    own = replace(bundled, threshold=0.9, fitted_on=date(2026, 12, 1))
    write_calibration(own, tmp_path / OWN_FILE)
    assert load_calibration(tmp_path, model.model_id) == own
    assert load_calibration(tmp_path, "another-model") == bundled


def test_questions_fitted_on_and_reported_on_are_apart() -> None:
    assert not {fold(one.question) for one in TUNE} & {fold(one.question) for one in REPORT}


@pytest.mark.parametrize("questions", [TUNE, REPORT], ids=["tune", "report"])
def test_labelled_questions_name_real_topics_and_are_no_copies_of_variants(questions: list[object]) -> None:
    entries = load_starter()
    known = {name for entry in entries for name in (entry.id, entry.topic)}
    variants = [pairs(spoken) for entry in entries for spoken in (entry.question, *entry.variants)]
    for labelled in questions:
        assert not labelled.topics or labelled.topics & known, labelled.question  # type: ignore[attr-defined]
        own = pairs(labelled.question)  # type: ignore[attr-defined]
        likeness = max(len(own & other) / len(own | other) for other in variants)
        assert likeness < 0.8 or len(own) <= 5, labelled.question  # type: ignore[attr-defined]


def test_the_threshold_is_the_lowest_that_keeps_the_share_of_wrong_answers_bounded() -> None:
    judged = [Judged(0.9, right=True, answerable=True, near=True)] * 19
    judged += [
        Judged(0.5, right=False, answerable=True, near=True),
        Judged(0.4, right=False, answerable=True, near=True),
    ]
    assert threshold_for(judged, 0.1) == 0.5
    assert threshold_for(judged, 0.05) == 0.9
    assert threshold_for(judged, 0.01) == 1.0, "so few questions promise nothing"


def test_the_bound_on_wrong_answers_holds_on_average_over_further_questions() -> None:
    draw = np.random.default_rng(7)

    def questions(number: int) -> list[Judged]:
        sure, luck = draw.random(number), draw.random(number)
        # More often right than it believes, or less: the bound must not depend on it.
        return [
            Judged(one, right=bool(two < one**0.3), answerable=True, near=True)
            for one, two in zip(sure, luck, strict=True)
        ]

    wrong = [
        np.mean([one.confidence >= threshold and not one.right for one in questions(400)])
        for threshold in (threshold_for(questions(200), 0.05) for _ in range(200))
    ]
    assert np.mean(wrong) == pytest.approx(0.048, abs=0.006)


def test_asking_back_ends_where_it_no_longer_offers_what_is_right() -> None:
    judged = [Judged(1 - place / 100, right=False, answerable=True, near=place < 50) for place in range(100)]
    assert 0.35 < clarify_for(judged) < 0.6


def test_a_refit_learns_to_answer_what_is_there_and_to_refuse_what_is_not(small: Small) -> None:
    questions = [
        Labelled("公示多少天", frozenset({"notice"})),
        Labelled("名单贴在外面几天", frozenset({"notice"})),
        Labelled("住校生补多少钱", frozenset({"grant"})),
        Labelled("会宁监测线是啥", frozenset({"line"})),
        Labelled("天气怎么样"),
        Labelled("苹果几块钱一斤"),
    ]
    ground = Ground(small.retriever(), small.snapshot(), load_entries(small.store), load_gazetteer(), questions)
    done: list[tuple[int, int]] = []
    refitted = refit(
        ground, dense_weight=0.5, as_of=date(2026, 3, 10), progress=lambda step, steps: done.append((step, steps))
    )
    calibration = refitted.calibration
    assert done[-1][0] == done[-1][1]
    assert calibration.clarify <= calibration.threshold
    assert set(calibration.confidence_model.weights) == set(SIGNS)
    assert calibration.ranker.entry["lexical"] > 0
    assert refitted.tuned.refused > 0.9
    assert calibration.provenance["entries"] == len(ground.entries)


def ways_of(bundled: Opened, question: Question) -> list[Found]:
    snapshot = bundled.knowledge.snapshot(bundled.store)
    ways = readings(question, load_gazetteer(), snapshot.areas)
    return [bundled.knowledge.find(bundled.store, way) for way in ways]


def test_two_ways_to_take_a_question_that_lead_apart_make_each_other_less_sure(
    open_bundled: Callable[..., Opened],
) -> None:
    bundled = open_bundled()
    calibration = bundled.knowledge.calibration(bundled.store)
    ways = ways_of(bundled, Question("公示得几天", DAY, None, Asker.OFFICER, ("消除风险是啥程序",)))
    alone = max(map(calibration.confidence, ways))
    found = calibration.surest(ways)
    assert found.rival is not None
    assert found.subject(found.rival.candidate) != found.subject(found.candidates[0])
    assert calibration.confidence(found) < alone
    unsure = replace(calibration, threshold=1.0, clarify=0.0)
    asked_back = Answering(bundled.store, unsure, load_gazetteer(), Contacts(), DAY).answer(found)
    rival = find_entries(bundled.store, [found.snapshot.units[found.rival.candidate.unit]])
    assert asked_back.options[1] in {entry.question for entry in rival.values()}, "both ways are offered"


def test_two_ways_that_lead_to_the_same_subject_leave_it_as_sure(open_bundled: Callable[..., Opened]) -> None:
    bundled = open_bundled()
    calibration = bundled.knowledge.calibration(bundled.store)
    ways = ways_of(bundled, Question("那贴几天？", DAY, None, Asker.OFFICER, ("评上以后名单要公示吧",)))
    assert len(ways) == 2
    found = calibration.surest(ways)
    assert found.rival is None
    assert calibration.confidence(found) == max(map(calibration.confidence, ways))
