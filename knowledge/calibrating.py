"""Fitting the ranker and the confidence anew, and reporting them on questions that they were not fitted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.calibration_file import Calibration
from knowledge.entries import Entry
from knowledge.fitting import (
    PARTS,
    Judged,
    clarify_for,
    cross_validate,
    fit_confidence,
    fit_ranker,
    judge_examples,
    threshold_for,
)
from knowledge.ranking import plain_ranker
from knowledge.retrieval import Retriever
from knowledge.snapshot import Snapshot
from knowledge.training import FOLDER, Example, Labelled, Trainer, read_labelled
from places.gazetteer import Gazetteer

GREATEST_RISK = 0.03
"""
At most this share of all that is asked may get a wrong answer (``fitting.threshold_for``): the least at which, on
the tuning questions judged by fits that did not see their topics, 85 % of what can be answered still is.
"""

_ONE_OF = 3
"""Of so many wordings one is asked: an entry has a dozen and more, and what people wrote must weigh as well."""


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
    """A new calibration with its quality, cross-validated by topic and on questions kept apart."""

    calibration: Calibration
    tuned: Quality
    reported: Quality


@dataclass(frozen=True)
class Ground:
    """What is fitted on: one corpus, opened, and the questions that people wrote for it."""

    retriever: Retriever
    snapshot: Snapshot
    entries: Sequence[Entry]
    gazetteer: Gazetteer
    questions: Sequence[Labelled]
    every: int = 1
    """Only one question and wording in so many is used: for a quick look."""


def refit(ground: Ground, *, dense_weight: float, as_of: date, progress: Callable[[int, int], None]) -> Refit:
    """
    Fit on the bundled tuning questions, those given, and all wordings; report on the bundled report questions.

    The line above which it is answered is drawn by the given questions alone, which are like what is asked: many of
    the bundled ones were written to teach what is not known here. Without any the bundled ones draw it.
    ``progress`` is called with the steps done and their number.
    """
    trainer = Trainer(ground.retriever, ground.gazetteer, ground.entries, plain_ranker(dense_weight), as_of)
    steps = _Steps(progress, PARTS + 5)
    given = list(ground.questions)[:: ground.every]
    questions = [*given, *read_labelled(FOLDER / "tune.jsonl")[:: ground.every]]
    measured = [
        replace(example, taught=bool(given) and place >= len(given))
        for place, example in enumerate(trainer.labelled(ground.snapshot, questions))
    ]
    steps.done()
    wordings = list(trainer.wordings(ground.snapshot, every=_ONE_OF * ground.every))
    steps.done()
    turned = trainer.as_passages(ground.snapshot)
    steps.done()
    passages = [*trainer.unmeasured(turned, questions), *trainer.wordings(turned, every=3 * _ONE_OF * ground.every)]
    steps.done()
    examples = [*measured, *wordings, *passages]
    judged = cross_validate(examples, dense_weight, steps.done)
    ranker = fit_ranker(examples, dense_weight)
    asked = [one for one in judged if not one.taught]
    threshold = round(threshold_for(asked, GREATEST_RISK), 3)
    calibration = Calibration(
        model_id=ground.snapshot.generation.model_id,
        fitted_on=as_of,
        questions=len(measured),
        threshold=threshold,
        clarify=round(min(clarify_for(judged), threshold), 3),
        ranker=ranker,
        confidence_model=fit_confidence(examples, ranker),
        provenance=_provenance(ground, measured, wordings, passages),
    )
    kept_apart = list(trainer.labelled(ground.snapshot, read_labelled(FOLDER / "report.jsonl")[:: ground.every]))
    reported = judge_examples(kept_apart, ranker, calibration.confidence_model)
    steps.done()
    return Refit(calibration, quality(asked, threshold), quality(reported, threshold))


def quality(judged: Sequence[Judged], threshold: float) -> Quality:
    """Return the figures of judged examples at a threshold."""
    answered = [one for one in judged if one.confidence >= threshold]
    answerable = [one for one in judged if one.answerable]
    hopeless = [one for one in judged if not one.answerable]
    return Quality(
        questions=len(judged),
        coverage=_share(sum(one.answerable for one in answered), len(answerable)),
        risk=_share(sum(not one.right for one in answered), len(answered)),
        refused=_share(sum(one.confidence < threshold for one in hopeless), len(hopeless)),
        brier=_share(sum((one.confidence - one.right) ** 2 for one in judged), len(judged)),
    )


def _provenance(
    ground: Ground, measured: Sequence[Example], wordings: Sequence[Example], passages: Sequence[Example]
) -> dict[str, str | int]:
    return {
        "corpus": ground.snapshot.generation.fingerprint[:12],
        "entries": len(ground.entries),
        "written_questions": len(measured),
        "wordings_and_slips": len(wordings),
        "asked_of_passages": len(passages),
        "cross_validation_parts": PARTS,
    }


def _share(part: float, whole: int) -> float:
    return float(part) / whole if whole else 0.0


class _Steps:
    """Counts the steps that are done."""

    def __init__(self, progress: Callable[[int, int], None], number: int) -> None:
        self._progress, self._number, self._done = progress, number, 0

    def done(self) -> None:
        """Note that one more is done."""
        self._done += 1
        self._progress(self._done, self._number)
