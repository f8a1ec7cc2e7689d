"""Fits the second ear of the conversation, and hears every saying with a fit that never saw it."""

from __future__ import annotations

import hashlib
import itertools
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.optimize

import bot.conversation.ear
from app.evaluation.drafts.reports import load_reports
from app.evaluation.lanes.sayings import Saying, load_sayings
from app.evaluation.split import Half
from bot.conversation.danger import find_alarm
from bot.conversation.ear.clues import CLUES, find_clues
from bot.conversation.ear.ear import DANGER, VIOLENCE, windows
from bot.conversation.ear.fit import Fit, Numbers, design
from bot.conversation.hearing import listen
from bot.conversation.lanes import Lane
from bot.conversation.routing import Route, find_route
from cases.report import Danger
from knowledge import training
from knowledge.embedder import Embedder
from knowledge.entries import load_starter
from knowledge.noise import Noise, noisy
from knowledge.training import Labelled, read_labelled
from language.sounds import spell
from places.gazetteer import Gazetteer

Flat: TypeAlias = "npt.NDArray[np.float64]"

PARTS: Final = 5
"""Parts of the cross-validation; wordings of one topic are in one part."""

_TOLD: Final = Path(bot.conversation.ear.__file__).parent / "told.toml"
_RIDGE: Final = 1.0
# Chosen on the cross-validation: a danger that is not heard costs more than one that is heard in vain.
_ALARM: Final = 0.2
_LEAVE: Final = 0.45
_WORDINGS: Final = 5
_SHORT: Final = 8  # what anybody would type in pinyin
_LIGHT: Final = 0.3  # of sayings that come in swarms: wordings of one entry, fillings of one template
# Where the labelled sayings name a danger by the way in which it is told.
_KINDS: Final = {
    "suicide": Danger.SUICIDE,
    "suicide_typo": Danger.SUICIDE,
    "hunger": Danger.HUNGER,
    "water": Danger.NO_WATER,
    "shelter": Danger.HOMELESS,
    "alone": Danger.UNATTENDED,
}
# Entries about what takes a lane of its own: their wordings are no questions to look up.
_ELSEWHERE: Final = frozenset(
    {"danger-first", "violence-at-home", "fraud-notice", "no-fee", "feeling-hopeless", "check-progress"}
)
_ALARMING: Final = (DANGER, VIOLENCE)
_SLIPPED: Final = (*_ALARMING, Lane.REPORT.value)
_DRAFTS: Final = {"report": Lane.HARDSHIP.value, "question": Lane.QUESTION.value, "complaint": Lane.COMPLAINT.value}


@dataclass(frozen=True)
class Told:
    """A saying with its label. ``group``: what belongs together stays on one side of the cross-validation."""

    text: str
    label: str
    group: str
    weight: float = 1.0


@dataclass(frozen=True)
class Heard:
    """A saying of the tuning half with the probabilities of a fit that never saw it; None of what was told else."""

    told: Told
    shares: dict[str, float]


def gather(gazetteer: Gazetteer) -> list[Told]:
    """Return all that the ear may be fitted on: nothing of a half that is reported."""
    told = tomllib.loads(_TOLD.read_text(encoding="utf-8"))
    sayings = [one for one in map(_of_saying, load_sayings(Half.TUNE)) if one is not None]
    written = [Told(text, label, text) for label, texts in told.items() for text in texts]
    entries = [
        Told(wording, Lane.QUESTION.value, entry.topic, _LIGHT)
        for entry in load_starter()
        if entry.topic not in _ELSEWHERE
        for wording in (entry.question, *entry.variants)[:_WORDINGS]
    ]
    asked = [
        Told(line.question, Lane.QUESTION.value, line.question, _LIGHT)
        for line in read_labelled(training.FOLDER / "tune.jsonl")
        if not _goes_elsewhere(line)
    ]
    drafts = [
        Told(report.text, _DRAFTS[report.truth.kind], report.id.rpartition("-")[0], _LIGHT)
        for report in load_reports(Half.TUNE, gazetteer)
        if report.truth.kind in _DRAFTS and not report.truth.danger
    ]
    # Danger is weighed part by part: what a part of an ordinary report sounds like must be known.
    parts = [
        replace(one, text=part)
        for one in (*drafts, *written)
        if not one.label.startswith(_ALARMING)
        for part in [*windows(listen(one.text))][1:]
    ]
    spelled = [
        replace(one, text=" ".join(spell(one.text)), weight=_LIGHT)
        for one in (*written, *entries)
        if one.label.startswith(_SLIPPED) or (one.group != one.text and len(one.text) <= _SHORT)
    ]
    slipped = [
        replace(one, text=noisy(one.text, Noise.SOUND, "ear"), weight=_LIGHT)
        for one in (*written, *sayings)
        if one.label.startswith(_SLIPPED)
    ]
    told_in_order = (*parts, *drafts, *asked, *entries, *spelled, *slipped, *written, *sayings)
    return list({one.text: one for one in told_in_order}.values())


def fit_and_check(
    embedder: Embedder, told: Sequence[Told], *, today: date, progress: Callable[[int, int], None]
) -> tuple[Fit, float]:
    """Return the fit over all that was told, and how much of it was heard right by fits that never saw it."""
    counted = itertools.count(1)
    heard = cross_validate(embedder, told, lambda: progress(next(counted), PARTS))
    right = sum(max(one.shares, key=lambda label: one.shares[label]) == one.told.label for one in heard)
    return fit_ear(embedder, told, today=today), right / len(heard)


def fit_ear(embedder: Embedder, told: Sequence[Told], *, today: date) -> Fit:
    """Return the fit over all that was told."""
    vectors, clues = _rows(embedder, told)
    mean, spread = vectors.mean(axis=0), float(vectors.std())
    labels = sorted({one.label for one in told})
    weights = _weights(design(vectors, clues, mean, spread), told, labels)
    return Fit(
        model_id=embedder.model_id,
        fitted_on=today.isoformat(),
        sayings=len(told),
        alarm=_ALARM,
        leave=_LEAVE,
        mean=[round(float(value), 5) for value in mean],
        spread=round(spread, 6),
        clues=list(CLUES),
        weights={label: [round(float(value), 3) for value in row] for label, row in zip(labels, weights, strict=True)},
    )


def cross_validate(embedder: Embedder, told: Sequence[Told], step: Callable[[], None]) -> list[Heard]:
    """Return what a fit on the other parts makes of every saying."""
    vectors, clues = _rows(embedder, told)
    mean, spread = vectors.mean(axis=0), float(vectors.std())
    rows, labels = design(vectors, clues, mean, spread), sorted({one.label for one in told})
    part = np.array([hashlib.sha256(one.group.encode()).digest()[0] % PARTS for one in told])
    heard: list[Heard] = []
    for number in range(PARTS):
        seen = np.flatnonzero(part != number).tolist()
        scores = rows[part == number] @ _weights(rows[seen], [told[index] for index in seen], labels).T
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = odds / odds.sum(axis=1, keepdims=True)
        heard.extend(
            Heard(told[index], dict(zip(labels, map(float, share), strict=True)))
            for index, share in zip(np.flatnonzero(part == number).tolist(), shares, strict=True)
        )
        step()
    return heard


def _goes_elsewhere(line: Labelled) -> bool:
    heard = listen(line.question)
    return find_route(heard) is not Route.QUESTION or find_alarm(heard).at_once


def _rows(embedder: Embedder, told: Sequence[Told]) -> tuple[Numbers, Numbers]:
    texts = [listen(one.text) for one in told]
    return embedder.embed_queries(texts), np.array([find_clues(text) for text in texts], np.float32)


def _of_saying(saying: Saying) -> Told | None:
    lane = saying.lanes[0]
    if lane in (Lane.UNREADABLE, Lane.CHILD) or Lane.CHILD in saying.lanes:
        return None
    if lane is not Lane.DANGER:
        return Told(saying.text, lane.value if lane is not Lane.VIOLENCE else VIOLENCE, saying.text)
    danger = _KINDS.get(saying.manner, Danger.BODILY_HARM)
    return Told(saying.text, f"{DANGER}{danger.value}", saying.text)


def _weights(rows: Numbers, told: Sequence[Told], labels: Sequence[str]) -> Numbers:
    """Return a row of weights a label, by maximum likelihood with a ridge."""
    right = np.array([[one.label == label for label in labels] for one in told], np.float32)
    heavy = np.array([one.weight for one in told], np.float32)[:, None]

    def cost(flat: Flat) -> tuple[float, Flat]:
        weights = flat.reshape(len(labels), -1).astype(np.float32)
        scores = rows @ weights.T
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        shares = odds / odds.sum(axis=1, keepdims=True)
        ridge = weights.copy()
        ridge[:, 0] = 0
        loss = -(heavy * right * np.log(shares + 1e-9)).sum() + _RIDGE / 2 * (ridge**2).sum()
        slope = (heavy * (shares - right)).T @ rows + _RIDGE * ridge
        return float(loss), slope.ravel().astype(np.float64)

    start = np.zeros(len(labels) * rows.shape[1])
    fitted = scipy.optimize.minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return np.asarray(fitted.reshape(len(labels), -1), np.float32)
