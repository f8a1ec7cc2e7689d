"""What must hold before an entry is published: its form, its place among the others, and the proof of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.documents import Document, load_documents, load_passages
from knowledge.entries import Entry, Finding, bundled_entry, check_entries
from knowledge.entries.checks import NUMBERS_KNOWN_TO_ALL
from knowledge.entry_conflicts import Conflict, find_conflicts
from knowledge.entry_store import load_entries
from knowledge.evidence.checker import Claim, Untraced, find_untraced
from knowledge.evidence.clauses import read_clauses
from knowledge.knowledge import Knowledge
from knowledge.ties import number_key, title_key
from places.gazetteer import Gazetteer
from storage.store import Store

_KNOWN: Final = re.compile(rf"(?<!\d)(?:{'|'.join(NUMBERS_KNOWN_TO_ALL)})(?!\d)")


@dataclass(frozen=True)
class Proof:
    """
    Whether an answer says nothing that its sources do not.

    ``documents`` are the sources that are in use here, ``untraced`` what neither they nor the quoted words carry.
    ``unproved`` are the figures of an answer none of whose sources is at hand. ``unchanged``: the words are in force
    already, ``bundled``: they came with the program, so nothing was looked up.
    """

    documents: tuple[Document, ...] = ()
    untraced: tuple[Untraced, ...] = ()
    unproved: tuple[str, ...] = ()
    unchanged: bool = False
    bundled: bool = False


@dataclass(frozen=True)
class Candidate:
    """An entry that is to be published, with the words of its sources that its author quotes."""

    entry: Entry
    grounds: str


@dataclass(frozen=True)
class Examined:
    """
    What is wrong with an entry that is to be published: by form, against the others, by its proof.

    ``conflicts`` are for a person to decide: which of the two holds.
    """

    findings: tuple[Finding, ...]
    proof: Proof
    conflicts: tuple[Conflict, ...] = ()

    @property
    def fit(self) -> bool:
        """Tell whether it may be published: a figure that cannot be traced may not, other words are for people."""
        figures = any(one.claim in (Claim.NUMBER, Claim.QUANTITY) for one in self.proof.untraced)
        return not self.findings and not figures and not self.proof.unproved


def examine(store: Store, knowledge: Knowledge, candidate: Candidate, gazetteer: Gazetteer, *, day: date) -> Examined:
    """Hold an entry against the rules, the others in use, its sources, and the documents in force on a day."""
    entry, known = candidate.entry, load_entries(store)
    others = [one for one in known if one.id != entry.id]
    before = set(check_entries(others, gazetteer))
    findings = tuple(one for one in check_entries([*others, entry], gazetteer) if one not in before)
    proof = _prove(store, entry, known, candidate.grounds, gazetteer)
    conflicts = () if proof.unchanged else find_conflicts(knowledge, store, entry, gazetteer, day=day)
    return Examined(findings, proof, conflicts)


def _prove(store: Store, entry: Entry, known: Sequence[Entry], grounds: str, gazetteer: Gazetteer) -> Proof:
    answer = entry.answer.strip()
    if any(one.id == entry.id and one.answer.strip() == answer for one in known):
        return Proof(unchanged=True)
    bundled = bundled_entry(entry.id)
    if bundled is not None and bundled.answer.strip() == answer:
        return Proof(bundled=True)
    documents = _sources_here(store, entry)
    texts = [one.text for document in documents for one in load_passages(store, document.id)]
    texts += [grounds.strip()] if grounds.strip() else []
    said = _KNOWN.sub("", answer)
    if not texts:
        figures = [placed.figure.words for clause in read_clauses(said) for placed in clause.figures]
        return Proof(unproved=tuple(dict.fromkeys(figures)))
    return Proof(documents, find_untraced(said, texts, gazetteer))


def _sources_here(store: Store, entry: Entry) -> tuple[Document, ...]:
    """Return the documents in use that an entry names as its sources, by 文号 or by title."""
    numbers = _keys(number_key(source.number) for source in entry.sources)
    titles = _keys(title_key(source.title) for source in entry.sources)
    return tuple(
        document
        for document in load_documents(store)
        if number_key(document.number) in numbers or title_key(document.title) in titles
    )


def _keys(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(keys) - {""}
