"""The last word on the order of what was found: traits, weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.traits import TRAITS, Matrix


@dataclass(frozen=True)
class Ranker:
    """Weights by trait, one set for entries and one for passages, which have one row and no questions."""

    entry: Mapping[str, float]
    passage: Mapping[str, float]

    def score(self, traits: Matrix, is_passage: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return a score for each row of traits: the logarithm of how likely it is, up to what all share."""
        entry, passage = (
            np.array([weights.get(name, 0.0) for name in TRAITS]) for weights in (self.entry, self.passage)
        )
        constant = np.where(is_passage, self.passage.get("constant", 0.0), self.entry.get("constant", 0.0))
        return np.asarray(constant + np.where(is_passage, traits @ passage, traits @ entry))


def plain_ranker(dense_weight: float) -> Ranker:
    """Return the ranker that knows the two scores only, less what counts against a unit."""
    weights = {
        "dense": dense_weight,
        "lexical": 1 - dense_weight,
        "authority": -0.15,
        "elsewhere": -0.5,
        "ended": -0.25,
    }
    return Ranker(weights, weights)
