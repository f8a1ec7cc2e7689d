"""Fitting the confidence on questions written for it, and reporting it on others."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from knowledge.answer import Asker
from knowledge.confidence import Calibration, features, fit_logistic
from knowledge.dense import ExactIndex
from knowledge.embedder import Embedder
from knowledge.entries import Entry
from knowledge.entry_store import load_entries
from knowledge.generations import IndexedRow
from knowledge.indexing import embed_rows
from knowledge.lexical import build_lexical
from knowledge.retrieval import Found, Retriever, Search
from knowledge.snapshot import Snapshot
from knowledge.units import RowKind, entry_rows
from storage.store import Store

FOLDER = Path(__file__).parent / "calibration"
ASKED_FROM = "甘肃省/白银市/会宁县"
"""Where the bundled questions are asked, unless the installation serves another place."""

GREATEST_RISK = 0.05
"""At most this share of the answered tuning questions may be answered wrongly at the threshold."""

_LOWEST_THRESHOLD = 0.5


@dataclass(frozen=True)
class Labelled:
    """A question with the topics (or entry ids) that answer it; none when nothing in the corpus does."""

    question: str
    topics: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What retrieval made of a labelled question."""

    labelled: Labelled
    found: Found
    right: bool


@dataclass(frozen=True)
class Quality:
    """
    How a calibration fares on a set of questions.

    ``coverage`` is the share of answerable questions that are answered, ``risk`` the share of answers that are
    wrong, ``refused`` the share of unanswerable questions that are refused, ``brier`` the mean squared error of
    the confidence.
    """

    questions: int
    coverage: float
    risk: float
    refused: float
    brier: float


@dataclass(frozen=True)
class Refit:
    """A new calibration with its quality on the questions it was fitted on and on those it was not."""

    calibration: Calibration
    tuned: Quality
    reported: Quality


def refit(retriever: Retriever, snapshot: Snapshot, store: Store, *, area: str, as_of: date) -> Refit:
    """Fit on the bundled tuning questions, asked from ``area``, and report on the bundled report questions."""
    tune, report = (read_labelled(FOLDER / name) for name in ("tune.jsonl", "report.jsonl"))
    passages = entries_as_passages(snapshot, load_entries(store), retriever.embedder)
    fitted, as_passages, held_out = (
        run_questions(retriever, where, questions, area=area, as_of=as_of)
        for where, questions in ((snapshot, tune), (passages, tune), (snapshot, report))
    )
    model_id = snapshot.generation.model_id
    calibration = calibrate(fitted, as_passages, model_id=model_id, fitted_on=as_of)
    return Refit(calibration, judge(calibration, fitted), judge(calibration, held_out))


def read_labelled(path: Path) -> list[Labelled]:
    """Read a file of labelled questions: one JSON object with ``question`` and ``topics`` a line."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Labelled(line["question"], frozenset(line["topics"])) for line in lines]


def run_questions(
    retriever: Retriever, snapshot: Snapshot, questions: Sequence[Labelled], *, area: str, as_of: date
) -> list[Outcome]:
    """Ask every question as an officer of ``area`` and note whether the best candidate is right."""
    outcomes = []
    for labelled in questions:
        search = Search(labelled.question, as_of, Asker.OFFICER, area)
        found = retriever.find(snapshot, search)
        if found.candidates:
            outcomes.append(Outcome(labelled, found, _is_right(found, labelled)))
    return outcomes


def calibrate(
    entry_outcomes: Sequence[Outcome], passage_outcomes: Sequence[Outcome], *, model_id: str, fitted_on: date
) -> Calibration:
    """Fit both probabilities, and set the threshold to the lowest that keeps the risk on entries bounded."""
    entry, passage = (
        fit_logistic(
            np.array([features(outcome.found) for outcome in outcomes]),
            np.array([float(outcome.right) for outcome in outcomes]),
        )
        for outcomes in (entry_outcomes, passage_outcomes)
    )
    draft = Calibration(model_id, fitted_on, len(entry_outcomes), 1.0, entry, passage)
    return replace(draft, threshold=_threshold(entry_outcomes, draft.confidence))


def judge(calibration: Calibration, outcomes: Sequence[Outcome]) -> Quality:
    """Measure a calibration on outcomes that it was not fitted on (or was, for comparison)."""
    confidences = np.array([calibration.confidence(outcome.found) for outcome in outcomes])
    right = np.array([outcome.right for outcome in outcomes])
    answerable = np.array([bool(outcome.labelled.topics) for outcome in outcomes])
    answered = confidences >= calibration.threshold
    return Quality(
        questions=len(outcomes),
        coverage=_share(answered & answerable, answerable),
        risk=_share(answered & ~right, answered),
        refused=_share(~answered & ~answerable, ~answerable),
        brier=float(np.mean((confidences - right) ** 2)),
    )


def entries_as_passages(snapshot: Snapshot, entries: Sequence[Entry], embedder: Embedder) -> Snapshot:
    """
    Return a snapshot in which entries can be found by their answers only, below their question as a heading, as
    passages of documents are.

    It stands in for labelled documents, which differ from one office to the next.
    """
    known = dict(zip(snapshot.units, snapshot.standings, strict=True))
    texts = [next(row.text for row in entry_rows(entry) if row.kind is RowKind.ANSWER) for entry in entries]
    vectors = embed_rows(embedder, texts)
    return Snapshot(
        generation=snapshot.generation,
        rows=tuple(IndexedRow(entry.id, RowKind.PASSAGE, entry.id) for entry in entries),
        units=tuple(entry.id for entry in entries),
        groups=np.arange(len(entries)),
        standings=tuple(known.get(entry.id) for entry in entries),
        vectors=vectors,
        lexical=build_lexical(texts),
        dense=ExactIndex(vectors),
    )


def _threshold(outcomes: Sequence[Outcome], confidence: Callable[[Found], float]) -> float:
    """Return the lowest confidence (at least one half) above which few enough answers are wrong."""
    judged = sorted(((confidence(outcome.found), outcome.right) for outcome in outcomes), reverse=True)
    threshold, wrong = judged[0][0], 0
    for answered, (value, right) in enumerate(judged, start=1):
        wrong += not right
        if wrong / answered <= GREATEST_RISK:
            threshold = value
    return round(max(threshold, _LOWEST_THRESHOLD), 3)


def _is_right(found: Found, labelled: Labelled) -> bool:
    best = found.candidates[0]
    return bool(labelled.topics & {found.snapshot.units[best.unit], found.standing(best).topic})


def _share(
    part: np.ndarray[tuple[int], np.dtype[np.bool_]], whole: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else 0.0
