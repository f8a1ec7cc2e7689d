"""Which entry of a topic answers: entries of one topic say the same thing for different places and periods."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.applicability import Nearness, Standing, Timing
from knowledge.retrieval import Candidate, Found
from knowledge.traits import TRAITS

_TIMELINESS = {Timing.IN_FORCE: 1, Timing.STAGE_OVER: 1, Timing.ENDED: 0, Timing.NOT_YET: 0}
_AS_WELL = 1.5
"""Pieces of one document that differ by less in score fit a question equally well: headings and title are shared."""

_GIVES = TRAITS.index("gives")
_CLEARLY = 1.0
"""By how much a rule of the past must fit the question better than today's to be what is asked for."""


@dataclass(frozen=True)
class Choice:
    """
    What would answer: the chosen unit, or None when every rule of the topic is another place's.

    ``best`` is the candidate that led there, ``others`` are all units of its topic that may be shown, best first.
    """

    best: Candidate
    unit: int | None
    others: tuple[int, ...]


def choose(found: Found) -> Choice:
    """Return what the best candidate leads to; a passage stands for itself."""
    best = found.candidates[0]
    if found.standing(best).topic is None:
        best = _telling_piece(found, best)
        return Choice(best, best.unit, (best.unit,))
    units = _topic_units(found, best)
    return Choice(best, _most_fitting(found, units), tuple(units))


def _telling_piece(found: Found, best: Candidate) -> Candidate:
    """Return the piece of the best one's document that gives the sort of thing asked for, where it fits as well."""
    document = found.standing(best).document
    near = [
        one
        for one in found.candidates
        if one.score >= best.score - _AS_WELL and found.standing(one).document == document
    ]
    return max(near, key=lambda one: (one.traits[_GIVES], one.score))


def _topic_units(found: Found, best: Candidate) -> list[int]:
    """Return the units of the best candidate's topic that the asker may see and that have begun, best first."""
    topic = found.standing(best).topic
    assert topic is not None
    shown = []
    for unit in found.snapshot.topics[topic]:
        standing = _standing(found, unit)
        started = standing.timing(found.search.as_of) is not Timing.NOT_YET
        if started and standing.may_be_seen_by(found.search.asker):
            shown.append(unit)
    rank = {candidate.unit: place for place, candidate in enumerate(found.candidates)}
    return sorted(shown, key=lambda unit: rank.get(unit, len(rank)))


def _most_fitting(found: Found, units: list[int]) -> int | None:
    """
    Return the unit whose rule reaches the asker's place: what holds on the day meant before what does not, the
    nearest place before the wider one, the newest before the older; None when all are other places' rules.

    A rule of the past that fits the question's words clearly better is what was asked for.
    """
    search = found.search
    scores = {candidate.unit: candidate.score for candidate in found.candidates}
    reaching = [unit for unit in units if _standing(found, unit).nearness(search.area) >= Nearness.NATION]
    if not reaching:
        return None

    def fitness(unit: int) -> tuple[bool, int, int, int]:
        standing = _standing(found, unit)
        begun = standing.valid_from.toordinal() if standing.valid_from else 0
        timely = _TIMELINESS[standing.timing(search.day_meant)]
        past = search.formerly and standing.timing(search.as_of) is Timing.ENDED
        return past, timely, standing.nearness(search.area), begun

    chosen = max(reaching, key=fitness)
    liked = max(reaching, key=lambda unit: scores.get(unit, float("-inf")))
    ended = _standing(found, liked).timing(search.as_of) is Timing.ENDED
    if ended and scores.get(liked, 0.0) >= scores.get(chosen, float("-inf")) + _CLEARLY:
        return liked
    return chosen


def _standing(found: Found, unit: int) -> Standing:
    standing = found.snapshot.standings[unit]
    assert standing is not None, "units that left the store are masked"
    return standing
