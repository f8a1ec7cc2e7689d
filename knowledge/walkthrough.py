"""How a question is looked up, step by step, for people who want to know why it is answered as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge.answer import Answer, Question
from knowledge.answering import may_ground
from knowledge.applicability import Nearness, Timing, may_see
from knowledge.choosing import choose
from knowledge.documents import Passage, find_passages
from knowledge.entries import Entry
from knowledge.entry_store import find_entries
from knowledge.knowledge import Knowledge
from knowledge.retrieval import Found
from knowledge.search import Search
from knowledge.spelling import Spelled
from knowledge.splitting import split_questions
from knowledge.traits import TRAITS
from storage.store import Store

SHOWN = 10
_DENSE, _LEXICAL = TRAITS.index("dense"), TRAITS.index("lexical")


@dataclass(frozen=True)
class Masked:
    """How many of the indexed units the asker may be shown, and why not the others."""

    units: int
    shown: int
    other_audience: int
    not_yet: int


@dataclass(frozen=True)
class Ranked:
    """
    One candidate: its entry, or else its passage.

    ``lexical_rank`` and ``dense_rank`` are its places by words and by meaning alone, ``lexical`` and ``dense`` the
    z-scores there, ``score`` is the ranker's. ``chosen`` is what would answer, ``admissible`` whether it may.
    """

    entry: Entry | None
    passage: Passage | None
    lexical: float
    lexical_rank: int
    dense: float
    dense_rank: int
    score: float
    nearness: Nearness
    timing: Timing
    admissible: bool
    chosen: bool


@dataclass(frozen=True)
class Steps:
    """
    One question on its way: how it was read, what was added, who may see what, what was found, how sure.

    ``untold`` is the subject that nothing tells of, where the question is nearer to it than to all that was found.
    """

    search: Search
    spelled: Spelled
    bridge: tuple[str, ...]
    masked: Masked
    ranked: tuple[Ranked, ...]
    found: int
    untold: str | None
    confidence: float


@dataclass(frozen=True)
class Walkthrough:
    """The steps of each question in a message, the two thresholds of the decision, and the answer."""

    parts: tuple[Steps, ...]
    threshold: float
    clarify: float
    answer: Answer


def walk_through(knowledge: Knowledge, store: Store, question: Question) -> Walkthrough:
    """
    Return how a question is looked up now. Nothing is stored.

    Raises:
        NoIndexError: If nothing was indexed yet.
    """
    calibration = knowledge.calibration(store)
    texts = split_questions(question.text)
    if len(texts) == 1:
        texts = [question.text]
    asked = [Question(text, question.as_of, question.area, question.asker) for text in texts]
    return Walkthrough(
        parts=tuple(_steps(knowledge, store, one) for one in asked),
        threshold=calibration.threshold,
        clarify=calibration.clarify,
        answer=knowledge.answer(store, question),
    )


def _steps(knowledge: Knowledge, store: Store, question: Question) -> Steps:
    found = knowledge.find(store, knowledge.settled(store, question))
    return Steps(
        search=found.search,
        spelled=found.spelled,
        bridge=knowledge.retriever.bridge(found.spelled),
        masked=_masked(found),
        ranked=tuple(_ranked(store, found)),
        found=len(found.candidates),
        untold=found.asks_untold,
        confidence=knowledge.calibration(store).confidence(found),
    )


def _masked(found: Found) -> Masked:
    standings = [standing for standing in found.snapshot.standings if standing is not None]
    seen = [standing for standing in standings if may_see(found.search.asker, standing.audience)]
    begun = [standing for standing in seen if standing.timing(found.search.as_of) is not Timing.NOT_YET]
    return Masked(len(standings), len(begun), len(standings) - len(seen), len(seen) - len(begun))


def _ranked(store: Store, found: Found) -> list[Ranked]:
    if not found.candidates:
        return []
    grounds = [one for one in found.candidates if may_ground(found.standing(one), found.search.area)]
    chosen = choose(Found(found.snapshot, found.search, found.spelled, tuple(grounds))).unit if grounds else None
    head = [one for one in found.candidates if one.unit == chosen]
    shown = list(dict.fromkeys([*found.candidates[:SHOWN], *head]))
    units = [found.snapshot.units[one.unit] for one in shown]
    entries, passages = find_entries(store, units), find_passages(store, units)
    dense, lexical = _ranks(found, _DENSE), _ranks(found, _LEXICAL)
    rows = []
    for unit, one in zip(units, shown, strict=True):
        standing = found.standing(one)
        row = Ranked(
            entry=entries.get(unit),
            passage=passages.get(unit),
            lexical=one.traits[_LEXICAL],
            lexical_rank=lexical[one.unit],
            dense=one.traits[_DENSE],
            dense_rank=dense[one.unit],
            score=one.score,
            nearness=standing.nearness(found.search.area),
            timing=standing.timing(found.search.as_of),
            admissible=one in grounds,
            chosen=one.unit == chosen,
        )
        rows += [row] if row.entry or row.passage else []
    return rows


def _ranks(found: Found, trait: int) -> dict[int, int]:
    """Return each candidate's place, from 1, by one trait alone."""
    values = np.array([one.traits[trait] for one in found.candidates])
    order = np.argsort(-values, kind="stable")
    return {found.candidates[place].unit: rank for rank, place in enumerate(order.tolist(), start=1)}
