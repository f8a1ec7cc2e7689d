"""A reranker puts the first candidates into its own order and touches nothing else."""

from __future__ import annotations

from datetime import date

from knowledge.answer import Question
from knowledge.documents import Passage, find_passages
from knowledge.entries import Entry
from knowledge.entry_store import find_entries
from knowledge.reranking import reranked
from tests.contracts.test_reranker import Longest
from tests.knowledge.test_knowledge import Open


def test_the_first_candidates_follow_the_reranker_and_the_rest_stay(open_bundled: Open) -> None:
    bundled = open_bundled()
    store, plain = bundled.store, bundled.knowledge
    search = plain.settled(store, Question("公示要贴几天？", date(2026, 3, 10)))
    found = plain.retriever.find(plain.snapshot(store), search, plain.calibration(store).ranker)
    moved = reranked(found, store, Longest(), top=5)
    assert {one.unit for one in moved.candidates[:5]} == {one.unit for one in found.candidates[:5]}
    assert moved.candidates[5:] == found.candidates[5:]
    assert [one.score for one in moved.candidates] == [one.score for one in found.candidates]
    first = moved.snapshot.units[moved.candidates[0].unit]
    texts = {**find_entries(store, moved.snapshot.units), **find_passages(store, moved.snapshot.units)}
    longest = max(
        (moved.snapshot.units[one.unit] for one in found.candidates[:5]), key=lambda unit: _length(texts[unit])
    )
    assert _length(texts[first]) == _length(texts[longest])


def _length(unit: Entry | Passage) -> int:
    return len(f"{unit.question}\n{unit.answer}") if isinstance(unit, Entry) else len(unit.text)
