"""How sure retrieval may be that what it would answer with is right: a calibrated probability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.applicability import Nearness
from knowledge.choosing import Choice
from knowledge.lexical import query_terms
from knowledge.retrieval import Found
from knowledge.traits import TRAITS

_LEADING = ("best_meaning", "cover", "likeness", "own_cover")
"""Traits of which it is also weighed by how much the best of the chosen subject has more than any other's."""

SIGNS = (
    "belief",
    "margin",
    "dense_agrees",
    "words_agree",
    "length",
    "mended",
    "led_elsewhere",
    "passage",
    "follows",
    "leans",
    "goes_on",
    "named_wider",
    "unknown",
    "untold_lead",
    "untold_cover",
    *(f"{name}_lead" for name in _LEADING),
    *(f"best.{name}" for name in TRAITS if name not in ("dense", "lexical", "meaning_gap")),
)
"""The names of what speaks for an answer, in order."""

_WIDEST = 6.0
_OTHER_WAY = 0.5


@dataclass(frozen=True)
class Logistic:
    """A logistic regression over standardised signs, by name."""

    intercept: float
    weights: Mapping[str, float]
    means: Mapping[str, float]
    deviations: Mapping[str, float]

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return the probability for one set of signs; what was not fitted says nothing."""
        total = self.intercept + sum(
            weight * (signs.get(name, self.means[name]) - self.means[name]) / self.deviations[name]
            for name, weight in self.weights.items()
        )
        return float(1 / (1 + np.exp(-total)))


def beside(sure: float, other: float) -> float:
    """
    Return how sure an answer is beside another one, so sure, that the question taken the other way would get.

    A short question behind others is not put in either way for certain; half of the other's chance counts against it.
    """
    return sure * (1 - _OTHER_WAY * other)


def signs(found: Found, choice: Choice) -> dict[str, float]:
    """
    Return what speaks for the choice: how much of the belief its topic holds, how far it leads, whether meaning
    and words agree on it, and the traits of the candidate that led to it.
    """
    scores = np.array([candidate.score for candidate in found.candidates])
    belief = np.exp(scores - scores.max())
    belief /= belief.sum()
    subject = found.subject(choice.best)
    # A wider place's rule that only its place puts behind speaks of the same thing: it is no rival.
    behind = choice.best.score - choice.best.local
    same = np.array(
        [
            found.subject(candidate) == subject or (choice.best.local > 0 and candidate.score >= behind)
            for candidate in found.candidates
        ]
    )
    held = float(belief[same].sum())
    rival = float(scores[~same].max()) if not same.all() else float(scores.max()) - _WIDEST
    best = dict(zip(TRAITS, choice.best.traits, strict=True))
    told = {
        "belief": float(np.log((held + 1e-4) / (1 - held + 1e-4))),
        "margin": min(choice.best.score - rival, _WIDEST),
        "dense_agrees": _leads(found, same, 0),
        "words_agree": _leads(found, same, 1),
        "length": float(np.log1p(len(found.text))),
        "mended": found.spelled.changes / max(len(found.text), 1),
        "led_elsewhere": float(choice.unit != choice.best.unit),
        "passage": float(found.is_passage(choice.best)),
        "follows": float(found.search.follows),
        "leans": float(found.search.leans),
        "goes_on": float(bool(found.search.own)),
        "named_wider": _named_wider(found, choice),
        "unknown": _unknown(found),
        "untold_lead": _untold_lead(found, same),
        "untold_cover": _untold_cover(found, same),
    }
    told |= {f"{name}_lead": _lead(found, same, TRAITS.index(name)) for name in _LEADING}
    return told | {f"best.{name}": value for name, value in best.items() if f"best.{name}" in SIGNS}


def _lead(found: Found, same: npt.NDArray[np.bool_], trait: int) -> float:
    """Return how much more of a trait the chosen subject has than any other."""
    values = np.array([candidate.traits[trait] for candidate in found.candidates])
    return 0.0 if same.all() else float(values[same].max() - values[~same].max())


def _untold_lead(found: Found, same: npt.NDArray[np.bool_]) -> float:
    """Return how much nearer to the question a subject is that nothing tells of than the chosen one."""
    if found.untold is None:
        return 0.0
    nearness = np.array([candidate.nearness for candidate in found.candidates])
    return 10 * (found.untold.nearness - float(nearness[same].max()))


def _untold_cover(found: Found, same: npt.NDArray[np.bool_]) -> float:
    """Return how much more of the question's words a subject has that nothing tells of than the chosen one."""
    if found.untold is None:
        return 0.0
    trait = TRAITS.index("own_cover" if found.search.own else "cover")
    covers = np.array([candidate.traits[trait] for candidate in found.candidates])
    return found.untold.cover - float(covers[same].max())


def _named_wider(found: Found, choice: Choice) -> float:
    """Tell whether the question names a place and the nation's rule would answer."""
    named = found.search.named
    return float(named is not None and found.standing(choice.best).nearness(named) is Nearness.NATION)


def _unknown(found: Found) -> float:
    """Return which share of the question's words of more than one character nothing here holds."""
    words = [term for term in query_terms(found.text) if len(term) > 1]
    known = found.snapshot.lexical.holders
    return sum(term not in known for term in words) / len(words) if words else 0.0


def _leads(found: Found, same: npt.NDArray[np.bool_], trait: int) -> float:
    """Tell whether the chosen subject leads by one of the two z-scores alone."""
    values = np.array([candidate.traits[trait] for candidate in found.candidates])
    return float(same.all() or values[same].max() >= values[~same].max())
