"""The fitted figures as a readable file: the ranker's weights, the confidence, and where they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.choosing import choose
from knowledge.confidence import Logistic, beside, signs
from knowledge.ranking import Ranker
from knowledge.retrieval import Found, Rival

BUNDLED = Path(__file__).parent / "calibration" / "fitted.json"
OWN_FILE = "calibration.json"
"""The file in the data folder that a refit writes; it is used when it fits the model in use."""


@dataclass(frozen=True)
class Calibration:
    """
    A ranker and a confidence, fitted for one embedding model.

    Below ``threshold`` nothing is answered; from ``clarify`` on it is asked back instead. ``questions`` counts
    those written by people, ``provenance`` says in words and figures what the fit was made from.
    """

    model_id: str
    fitted_on: date
    questions: int
    threshold: float
    clarify: float
    ranker: Ranker
    confidence_model: Logistic
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def confidence(self, found: Found) -> float:
        """Return the probability that what would be answered is right; 0 when there is nothing."""
        if not found.candidates:
            return 0.0
        sure = self.confidence_model.probability(signs(found, choose(found)))
        return sure if found.rival is None else beside(sure, found.rival.confidence)

    def surest(self, ways: Sequence[Found]) -> Found:
        """Return what was found for the way to take a question that is surest to be answered, with its rival."""
        ranked = sorted(((self.confidence(way), way) for way in ways), key=lambda pair: pair[0], reverse=True)
        _, first = ranked[0]
        for sure, other in ranked[1:]:
            if first.candidates and other.candidates:
                leading, meant = choose(other).best, choose(first).best
                if other.subject(leading) != first.subject(meant):
                    return replace(first, rival=Rival(leading, sure))
        return first


def load_calibration(data_dir: Path, model_id: str) -> Calibration:
    """
    Return the refitted calibration of the data folder where it fits the model in use, else the bundled one.

    A model that was never calibrated gets the bundled figures, which were fitted for the built-in model.
    """
    own = data_dir / OWN_FILE
    if own.is_file():
        calibration = read_calibration(own)
        if calibration is not None and calibration.model_id == model_id:
            return calibration
    bundled = read_calibration(BUNDLED)
    assert bundled is not None, "the bundled figures are of this edition"
    return bundled


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write a calibration as JSON."""
    content = asdict(calibration) | {"fitted_on": calibration.fitted_on.isoformat()}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_calibration(path: Path) -> Calibration | None:
    """Read what ``write_calibration`` wrote; None where an older edition of the program wrote it."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if "ranker" not in content:
        return None
    return Calibration(
        **content
        | {
            "fitted_on": date.fromisoformat(content["fitted_on"]),
            "ranker": Ranker(**content["ranker"]),
            "confidence_model": Logistic(**content["confidence_model"]),
        }
    )
