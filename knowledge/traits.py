"""What speaks for each unit that a search found, beyond the two scores it was found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from knowledge.answer_types import asked_types, bits
from knowledge.applicability import Nearness, Standing, Timing
from knowledge.lexical import Scores, query_terms
from knowledge.search import Search
from knowledge.snapshot import Snapshot
from knowledge.standing import Authority
from language.normalise import fold

Matrix: TypeAlias = "npt.NDArray[np.float64]"
Values: TypeAlias = "npt.NDArray[np.floating]"

TRAITS = (
    "dense",
    "lexical",
    "meaning",
    "meaning_gap",
    "best_meaning",
    "answer_meaning",
    "best_words",
    "answer_words",
    "likeness",
    "cover",
    "rare_miss",
    "asks_same",
    "gives",
    "authority",
    "elsewhere",
    "named_here",
    "named_elsewhere",
    "ended",
    "year_fits",
    "year_misses",
    "formerly",
    "own_meaning",
    "own_cover",
)
"""The names of the columns, in order."""

_AUTHORITY = {Authority.OFFICIAL: 0.0, Authority.MEDIA: 1.0, Authority.UNKNOWN: 1.0, Authority.TEMPLATE: 3.0}
_RARE = 0.75


@dataclass(frozen=True)
class Rows:
    """
    The rows of the units that were found, ordered by unit: how near each is to the question.

    ``starts`` are the places where a new unit begins, ``units`` the units in that order. ``cosines`` and
    ``scores`` are the best over the ways to read the question.
    """

    rows: npt.NDArray[np.int64]
    units: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    cosines: Scores
    scores: Scores


@dataclass(frozen=True)
class Own:
    """A question's own words, without those before it, and how near in meaning each row is to them."""

    text: str
    cosines: Scores


def weigh(
    snapshot: Snapshot, search: Search, forms: Sequence[str], found: Rows, parts: Matrix, own: Own | None = None
) -> Matrix:
    """
    Return a row of traits for each unit found; ``parts`` are its two z-scores.

    ``own`` tells of a question that goes on from another; without it these traits are 0.
    """
    asking = snapshot.asks[found.rows] > 0
    nearest = _greatest(found, found.cosines)
    second = _second(found, found.cosines)
    answer = _greatest(found, np.where(asking, -1.0, found.cosines))
    answer = np.where(answer < 0, nearest, answer)
    covers, likeness, miss = zip(*(_shared(snapshot, form, found) for form in forms), strict=True)
    greatest = max(max(_greatest_score(snapshot, form) for form in forms), 1e-6)
    words = _greatest(found, found.scores) / greatest
    own_words = _greatest(found, np.where(asking, 0.0, found.scores)) / greatest
    columns = [
        parts[:, 0],
        parts[:, 1],
        10 * (0.5 * (nearest + second) - 0.85),
        10 * (nearest - float(nearest.max(initial=0.0))),
        10 * (nearest - 0.85),
        10 * (answer - 0.85),
        words,
        own_words,
        np.max(likeness, axis=0),
        np.max(covers, axis=0),
        np.min(miss, axis=0),
        *_types(snapshot, forms, found).T,
        *np.array([_standing_traits(snapshot.standings[unit], search) for unit in found.units.tolist()]).T,
        10 * (_greatest(found, own.cosines) - 0.85) if own else np.zeros(len(found.units)),
        _shared(snapshot, own.text, found)[0] if own else np.zeros(len(found.units)),
    ]
    return np.column_stack(columns).astype(np.float64)


def _shared(snapshot: Snapshot, form: str, found: Rows) -> tuple[Values, Values, Values]:
    """
    Return for each unit which share of the question's terms it holds (weighed by rarity), how like its likest
    wording is to the question, and whether it lacks the question's rarest word.
    """
    lexical = snapshot.lexical
    terms = list(dict.fromkeys(query_terms(form)))
    rarity = np.array([lexical.rarity(term) for term in terms])
    total = rarity.sum()
    size = len(found.units)
    if not terms or not total:
        return np.zeros(size), np.zeros(size), np.ones(size)
    holds = lexical.holds(terms, found.rows)
    by_unit = np.maximum.reduceat(holds, found.starts, axis=0)
    shared = holds @ rarity
    weights = snapshot.row_weights[found.rows]
    alike = np.where(snapshot.asks[found.rows] > 0, shared / (total + weights - shared + 1e-9), 0.0)
    known = np.array([term in lexical.holders and len(term) > 1 for term in terms])
    telling = known & (rarity >= _RARE * rarity.max(initial=0.0))
    miss = 1 - by_unit[:, telling].mean(axis=1) if telling.any() else np.zeros(size)
    return by_unit @ rarity / total, _greatest(found, alike), miss


def _greatest_score(snapshot: Snapshot, form: str) -> float:
    return sum(map(snapshot.lexical.rarity, query_terms(form)))


def _types(snapshot: Snapshot, forms: Sequence[str], found: Rows) -> Matrix:
    """Return for each unit how far its wordings ask, and its text gives, the sort of thing that is wanted."""
    wanted = bits(asked_types(fold(forms[-1])))
    if not wanted:
        return np.zeros((len(found.units), 2))
    asks = np.bitwise_or.reduceat(snapshot.asks[found.rows], found.starts)
    gives = np.bitwise_or.reduceat(snapshot.gives[found.rows], found.starts)
    whole = wanted.bit_count()
    share = [[(int(one) & wanted).bit_count() / whole - 0.5 for one in bits_] for bits_ in (asks, gives)]
    return np.array(share).T


def _standing_traits(standing: Standing | None, search: Search) -> tuple[float, ...]:
    """Return what a unit's standing says: authority, place and time against those asked about."""
    assert standing is not None, "units that left the store are masked"
    nearness = standing.nearness(search.area)
    named = search.named is not None
    reaches = nearness not in (Nearness.ELSEWHERE, Nearness.NATION)
    ended = standing.timing(search.as_of) is Timing.ENDED
    held = standing.timing(search.day_meant)
    dated = standing.valid_from is not None or standing.valid_to is not None
    return (
        _AUTHORITY[standing.authority],
        float(search.area is not None and nearness is Nearness.ELSEWHERE),
        float(named and reaches),
        float(named and nearness is Nearness.ELSEWHERE),
        float(ended and not search.looks_back),
        float(search.year is not None and dated and held in (Timing.IN_FORCE, Timing.STAGE_OVER)),
        float(search.year is not None and held in (Timing.ENDED, Timing.NOT_YET)),
        float(search.formerly and ended),
    )


def _greatest(found: Rows, values: Values) -> Values:
    return np.asarray(np.maximum.reduceat(values, found.starts))


def _second(found: Rows, values: Values) -> Values:
    """Return the second greatest value of each unit, the greatest where it has one row only."""
    order = np.lexsort((-values, np.repeat(np.arange(len(found.starts)), _sizes(found))))
    ordered = values[order]
    return np.asarray(ordered[np.minimum(found.starts + 1, found.starts + _sizes(found) - 1)])


def _sizes(found: Rows) -> npt.NDArray[np.int64]:
    return np.diff(np.append(found.starts, len(found.rows)))
