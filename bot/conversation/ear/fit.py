"""The fit of the second ear: a multinomial logistic regression over a sentence's vector and the rules' clues."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = "npt.NDArray[np.float32]"

FITTED: Final = Path(__file__).parent / "fitted.json"
# How much a standardised number of the vector weighs beside a clue.
_VECTOR_SCALE: Final = 0.4
_CLUE_SCALE: Final = 0.7


@dataclass(frozen=True)
class Fit:
    """
    Weights by label, over the vector and the clues, the first of each the constant.

    ``model_id`` names the embedding model whose vectors it understands. ``sayings`` counts what it was fitted on.
    ``alarm`` and ``leave`` are the probabilities from which on danger is heard, and a message leaves the lane that
    the rules chose.
    """

    model_id: str
    fitted_on: str
    sayings: int
    alarm: float
    leave: float
    mean: list[float]
    spread: float
    clues: list[str]
    weights: dict[str, list[float]]

    def shares(self, vectors: Numbers, clues: Numbers) -> dict[str, Numbers]:
        """Return for each label its probability in every row."""
        rows = design(vectors, clues, np.array(self.mean, np.float32), self.spread)
        scores = rows @ np.array(list(self.weights.values()), np.float32).T
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return dict(zip(self.weights, (odds / odds.sum(axis=1, keepdims=True)).T, strict=True))


def design(vectors: Numbers, clues: Numbers, mean: Numbers, spread: float) -> Numbers:
    """Return the rows that the weights are laid on."""
    constant = np.ones((len(vectors), 1), np.float32)
    return np.hstack([constant, (vectors - mean) / spread * _VECTOR_SCALE, clues * _CLUE_SCALE]).astype(np.float32)


@cache
def load_fit() -> Fit:
    """Return the fit that comes with the program."""
    return Fit(**json.loads(FITTED.read_text(encoding="utf-8")))


def write_fit(fit: Fit, path: Path = FITTED) -> None:
    """Write a fit, a label a line."""
    record = {**asdict(fit), "weights": None}
    head = json.dumps(record, ensure_ascii=False)[: -len('"weights": null}')]
    rows = ",\n".join(f"{json.dumps(label, ensure_ascii=False)}: {row}" for label, row in fit.weights.items())
    path.write_text(f'{head}\n"weights": {{\n{rows}\n}}}}\n', encoding="utf-8")
