"""How sure retrieval may be that its best candidate is right: a calibrated probability."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.lexical import query_terms
from knowledge.retrieval import Candidate, Found
from knowledge.units import RowKind

BUNDLED = Path(__file__).parent / "calibration" / "fitted.json"
OWN_FILE = "calibration.json"
"""The file in the data folder that a refit writes; it is used when it fits the model in use."""

FEATURES = ("cosine", "fused", "margin", "bm25_share", "length")


@dataclass(frozen=True)
class Logistic:
    """A logistic regression over standardised features."""

    intercept: float
    weights: tuple[float, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability for one row of features."""
        scaled = (np.asarray(features) - np.asarray(self.means)) / np.asarray(self.deviations)
        return float(1 / (1 + np.exp(-(self.intercept + scaled @ np.asarray(self.weights)))))


@dataclass(frozen=True)
class Calibration:
    """
    Probabilities fitted for one embedding model.

    ``entry`` judges candidates that are entries (question against question), ``passage`` those that are pieces
    of documents. Below ``threshold`` nothing is answered.
    """

    model_id: str
    fitted_on: date
    questions: int
    threshold: float
    entry: Logistic
    passage: Logistic

    def confidence(self, found: Found) -> float:
        """Return the probability that the best candidate answers the question; 0 when there is none."""
        if not found.candidates:
            return 0.0
        best = found.candidates[0]
        kind = found.snapshot.rows[best.row].kind
        model = self.passage if kind is RowKind.PASSAGE else self.entry
        return model.probability(features(found))


def features(found: Found) -> tuple[float, ...]:
    """Return what speaks for the best candidate, in the order of ``FEATURES``."""
    best = found.candidates[0]
    subject = _subject(found, best)
    rival = next((other for other in found.candidates[1:] if _subject(found, other) != subject), None)
    terms = query_terms(found.text)
    greatest = sum(map(found.snapshot.lexical.rarity, terms))
    return (
        best.cosine,
        best.fused,
        best.score - rival.score if rival is not None else best.score,
        best.bm25 / greatest if greatest else 0.0,
        float(np.log1p(len(terms))),
    )


def fit_logistic(rows: npt.NDArray[np.float64], labels: npt.NDArray[np.float64]) -> Logistic:
    """Fit by iteratively reweighted least squares with a light ridge, so that small sets stay finite."""
    means, deviations = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(rows)), (rows - means) / deviations])
    ridge = np.diag([0.0] + [1.0] * rows.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (labels - probability) - ridge @ weights
        curvature = design.T @ (design * (probability * (1 - probability))[:, None]) + ridge
        weights = weights + np.linalg.solve(curvature, gradient)
    numbers = [round(float(weight), 5) for weight in weights]
    return Logistic(
        numbers[0],
        tuple(numbers[1:]),
        tuple(round(float(mean), 6) for mean in means),
        tuple(round(float(deviation), 6) for deviation in deviations),
    )


def load_calibration(data_dir: Path, model_id: str) -> Calibration:
    """
    Return the refitted calibration of the data folder where it fits the model in use, else the bundled one.

    A model that was never calibrated gets the bundled figures, which were fitted for the built-in model.
    """
    own = data_dir / OWN_FILE
    if own.is_file():
        calibration = _read(own)
        if calibration.model_id == model_id:
            return calibration
    return _read(BUNDLED)


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write a calibration as JSON."""
    content = asdict(calibration) | {"fitted_on": calibration.fitted_on.isoformat(), "features": FEATURES}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _read(path: Path) -> Calibration:
    content = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(
        model_id=content["model_id"],
        fitted_on=date.fromisoformat(content["fitted_on"]),
        questions=content["questions"],
        threshold=content["threshold"],
        entry=_logistic(content["entry"]),
        passage=_logistic(content["passage"]),
    )


def _logistic(content: dict[str, list[float] | float]) -> Logistic:
    intercept, weights = content["intercept"], content["weights"]
    means, deviations = content["means"], content["deviations"]
    assert isinstance(intercept, float | int)
    assert isinstance(weights, list)
    assert isinstance(means, list)
    assert isinstance(deviations, list)
    return Logistic(float(intercept), tuple(weights), tuple(means), tuple(deviations))


def _subject(found: Found, candidate: Candidate) -> str:
    """Return what a candidate belongs to: others of the same topic or document do not speak against it."""
    standing = found.standing(candidate)
    return standing.topic or standing.document or found.snapshot.units[candidate.unit]
