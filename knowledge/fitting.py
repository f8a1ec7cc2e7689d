"""Fitting the ranker and the confidence, and judging them on topics that they were not fitted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.optimize

from knowledge.choosing import choose
from knowledge.confidence import SIGNS, Logistic, beside, signs
from knowledge.ranking import Ranker, plain_ranker
from knowledge.retrieval import Found
from knowledge.training import Example, part_of
from knowledge.traits import TRAITS

Numbers: TypeAlias = "npt.NDArray[np.float64]"

PARTS = 5
"""Parts of the cross-validation; the topics of one part are judged by a fit on the others."""

_START = 1.5  # the plain ranker's z-scores, made as sharp as likelihoods are
_RIDGE = 10.0
_RIDGE_OF_CONFIDENCE = 3.0
_WEIGHT_OF_NOTHING = 0.25  # of an example whose right answer was taken away
_DEEPEST = 60
_OPTIONS = 3
_WINDOW, _MOSTLY = 30, 0.6


@dataclass(frozen=True)
class Judged:
    """
    What came of an example: how sure the answer would have been, and whether it would have been right.

    ``near`` says that what is right is among the first three subjects, ``taught`` that it was written to teach.
    """

    confidence: float
    right: bool
    answerable: bool
    near: bool
    taught: bool = False


def fit_ranker(examples: Sequence[Example], dense_weight: float) -> Ranker:
    """Fit weights under which the right units are the likeliest, kept near those of the plain ranker."""
    taken = [one for example in examples for one in example.readings]
    problems = [problem for example in taken if (problem := _problem(example)) is not None]
    start = _start(dense_weight)
    if not problems:
        return _ranker(start)
    scale = np.concatenate([rows for rows, _, _ in problems]).std(axis=0) + 1e-6

    def cost(moved: Numbers) -> tuple[float, Numbers]:
        weights = start + moved / scale
        total, slope = 0.0, np.zeros_like(weights)
        for rows, right, weight in problems:
            scores = rows @ weights
            odds = np.exp(scores - scores.max())
            share = odds[right].sum() / odds.sum()
            total -= weight * np.log(share + 1e-12)
            pulled = np.where(right, odds, 0.0) / max(odds[right].sum(), 1e-12) - odds / odds.sum()
            slope -= weight * (pulled @ rows)
        return total + _RIDGE / 2 * float(moved @ moved), slope / scale + _RIDGE * moved

    fitted = scipy.optimize.minimize(cost, np.zeros(len(start)), jac=True, method="L-BFGS-B", options={"maxiter": 80})
    return _ranker(start + fitted.x / scale)


def fit_confidence(examples: Sequence[Example], ranker: Ranker) -> Logistic:
    """Fit the probability that what would be answered is right, also where the right answer is taken away."""
    told, labels, weights = [], [], []
    for example in (one for asked in examples for one in asked.readings):
        emptied = example.without_right() if example.right else None
        for one, weight in ((example, 1.0), (emptied, _WEIGHT_OF_NOTHING)):
            if one is not None and (taken := _take(one, ranker)) is not None:
                told.append([taken.signs[name] for name in SIGNS])
                labels.append(float(taken.right))
                weights.append(weight * example.weight)
    return fit_logistic(np.array(told), np.array(labels), np.array(weights), SIGNS)


def fit_logistic(rows: Numbers, labels: Numbers, weights: Numbers, names: Sequence[str]) -> Logistic:
    """Fit by maximum likelihood with a light ridge, so that small sets stay finite."""
    means, deviations = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    design = np.column_stack([np.ones(len(rows)), (rows - means) / deviations])
    light = np.array([0.0] + [_RIDGE_OF_CONFIDENCE] * rows.shape[1])

    def cost(weighed: Numbers) -> tuple[float, Numbers]:
        score = design @ weighed
        loss = weights @ (np.logaddexp(0, score) - labels * score)
        slope = design.T @ (weights * (1 / (1 + np.exp(-score)) - labels))
        return float(loss + light @ weighed**2 / 2), slope + light * weighed

    fitted = scipy.optimize.minimize(cost, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x
    return Logistic(
        round(float(fitted[0]), 5),
        _named(names, fitted[1:]),
        _named(names, means),
        _named(names, deviations),
    )


def cross_validate(examples: Sequence[Example], dense_weight: float, step: Callable[[], None]) -> list[Judged]:
    """Return what comes of the measured examples, each judged by a fit that saw nothing of its topic."""
    judged = []
    for part in range(PARTS):
        seen = [one for one in examples if part_of(one.topic, PARTS) != part]
        ranker = fit_ranker(seen, dense_weight)
        unseen = [one for one in examples if one.measured and part_of(one.topic, PARTS) == part]
        judged.extend(judge_examples(unseen, ranker, fit_confidence(seen, ranker)))
        step()
    return judged


def judge_examples(examples: Sequence[Example], ranker: Ranker, confidence: Logistic) -> list[Judged]:
    """Return what a fit makes of examples, each taken the way that it is surest of."""
    judged = []
    for example in examples:
        ways = [
            (confidence.probability(taken.signs), taken, bool(one.right))
            for one in example.readings
            if (taken := _take(one, ranker)) is not None
        ]
        if ways:
            (sure, taken, answerable), *others = sorted(ways, key=lambda way: way[0], reverse=True)
            for other_sure, other, _ in others:
                if other.subject != taken.subject:
                    sure = beside(sure, other_sure)
            judged.append(Judged(sure, taken.right, answerable, taken.near, example.taught))
    return judged


def clarify_for(judged: Sequence[Judged]) -> float:
    """Return the lowest confidence from which on asking back offers what is right more often than not."""
    ordered = sorted(judged, key=lambda one: -one.confidence)
    lowest, near = 1.0, 0
    for place, one in enumerate(ordered):
        window = ordered[max(0, place - _WINDOW + 1) : place + 1]
        near = sum(other.near for other in window)
        if near < _MOSTLY * len(window):
            break
        lowest = one.confidence
    return lowest


def threshold_for(judged: Sequence[Judged], risk: float) -> float:
    """
    Return the lowest confidence from which on at most this share of all that is asked gets a wrong answer.

    Conformal risk control (Angelopoulos et al. 2022): the bound holds on average over further questions of the same
    sort, whatever the confidence is worth; it counts one wrong answer more than there was.
    """
    allowed = risk * (len(judged) + 1) - 1
    threshold, wrong = 1.0, 0
    for one in sorted(judged, key=lambda one: (-one.confidence, one.right)):
        wrong += not one.right
        if wrong > allowed:
            break
        threshold = one.confidence
    return threshold


def reordered(found: Found, ranker: Ranker) -> Found:
    """Return what was found in the order of another ranker."""
    traits = np.array([candidate.traits for candidate in found.candidates])
    is_passage = np.array([found.is_passage(candidate) for candidate in found.candidates])
    scores = ranker.score(traits, is_passage).tolist()
    scored = (replace(one, score=score + one.local) for one, score in zip(found.candidates, scores, strict=True))
    return replace(found, candidates=tuple(sorted(scored, key=lambda one: -one.score)))


@dataclass(frozen=True)
class _Taken:
    """One way to take an example: its signs, whether it leads to what is right, near to it, and to which subject."""

    signs: dict[str, float]
    right: bool
    near: bool
    subject: str


def _take(example: Example, ranker: Ranker) -> _Taken | None:
    if not example.found.candidates:
        return None
    found = reordered(example.found, ranker)
    choice = choose(found)
    answering = choice.unit if choice.unit is not None else choice.best.unit
    first = list(dict.fromkeys(found.subject(candidate) for candidate in found.candidates[:_DEEPEST]))[:_OPTIONS]
    near = any(found.subject(one) in first for one in found.candidates if one.unit in example.right)
    return _Taken(signs(found, choice), answering in example.right, near, found.subject(choice.best))


def _problem(example: Example) -> tuple[Numbers, npt.NDArray[np.bool_], float] | None:
    """Return an example as rows of traits (doubled, for entries and for passages), which are right, its weight."""
    candidates = example.found.candidates[:_DEEPEST]
    right = np.array([candidate.unit in example.right for candidate in candidates], np.bool_)
    if not right.any():
        return None
    traits = np.array([(1.0, *candidate.traits) for candidate in candidates])
    is_passage = np.array([example.found.is_passage(candidate) for candidate in candidates])[:, None]
    return np.hstack([np.where(is_passage, 0.0, traits), np.where(is_passage, traits, 0.0)]), right, example.weight


def _start(dense_weight: float) -> Numbers:
    plain = plain_ranker(dense_weight)
    halves = [[0.0, *(_START * one.get(name, 0.0) for name in TRAITS)] for one in (plain.entry, plain.passage)]
    return np.array([*halves[0], *halves[1]])


def _ranker(weights: Numbers) -> Ranker:
    names = ("constant", *TRAITS)
    return Ranker(_named(names, weights[: len(names)]), _named(names, weights[len(names) :]))


def _named(names: Sequence[str], values: Numbers) -> dict[str, float]:
    return {name: round(float(value), 5) for name, value in zip(names, values, strict=True)}
