"""Calibrated confidence: fitting, choosing the file that fits the model, and the questions it was fitted on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.calibrating import FOLDER, calibrate, judge, read_labelled, run_questions
from knowledge.confidence import FEATURES, OWN_FILE, features, fit_logistic, load_calibration, write_calibration
from knowledge.entries import load_starter
from knowledge.models.onnx_embedder import OnnxEmbedder
from language.normalise import fold
from tests.knowledge.conftest import Small
from tests.knowledge.corpus import HUINING

TUNE, REPORT = (read_labelled(FOLDER / name) for name in ("tune.jsonl", "report.jsonl"))


def pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[place : place + 2] for place in range(len(folded) - 1)} or {folded}


def test_a_fit_finds_the_probability_behind_drawn_labels() -> None:
    draw = np.random.default_rng(5)
    rows = draw.normal(size=(4000, 2)) * [1.0, 10.0] + [3.0, -5.0]
    truth = 1 / (1 + np.exp(-(2 * (rows[:, 0] - 3) - 0.5)))
    model = fit_logistic(rows, (draw.random(4000) < truth).astype(float))
    for row, expected in zip(rows[:200], truth[:200], strict=True):
        assert model.probability(tuple(row)) == pytest.approx(expected, abs=0.08)


def test_a_fit_of_separable_labels_stays_finite() -> None:
    rows = np.array([[0.0], [0.1], [0.9], [1.0]])
    model = fit_logistic(rows, np.array([0.0, 0.0, 1.0, 1.0]))
    assert 0 < model.probability((0.0,)) < 0.5 < model.probability((1.0,)) < 1


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


def test_the_threshold_keeps_the_share_of_wrong_answers_bounded(small: Small) -> None:
    lines = [
        {"question": "公示多少天", "topics": ["notice"]},
        {"question": "名单贴在外面几天", "topics": ["notice"]},
        {"question": "住校生补多少钱", "topics": ["grant"]},
        {"question": "会宁监测线是啥", "topics": ["line"]},
        {"question": "天气怎么样", "topics": []},
        {"question": "苹果几块钱一斤", "topics": []},
    ]
    path = small.store.data_dir / "questions.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    snapshot = small.snapshot()
    outcomes = run_questions(small.retriever(), snapshot, read_labelled(path), area=HUINING, as_of=date(2026, 3, 10))
    assert all(len(features(outcome.found)) == len(FEATURES) for outcome in outcomes)
    fitted = calibrate(outcomes, outcomes, model_id="hashing-1", fitted_on=date(2026, 3, 10))
    quality = judge(fitted, outcomes)
    assert quality.risk <= 0.06
    assert quality.coverage > 0
    assert quality.refused == 1
