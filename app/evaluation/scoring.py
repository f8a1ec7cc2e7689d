"""Holding one response against what was expected of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.evaluation.acceptable import intents_of
from app.evaluation.golden import Golden
from app.evaluation.responses import DEPTH, Response
from bot.conversation.once import AskKind
from knowledge.documents import load_passages
from knowledge.entries import Entry
from knowledge.entry_store import load_entries
from language.normalise import normalise
from storage.store import Store


@dataclass(frozen=True)
class Corpus:
    """What answers are made of: entries, and the texts that a quote may be taken from, by document."""

    entries: tuple[Entry, ...]
    texts: Mapping[str, Sequence[str]]

    @property
    def topic_of(self) -> dict[str, str]:
        """Return each entry's topic."""
        return {entry.id: entry.topic for entry in self.entries}

    @property
    def wordings(self) -> list[str]:
        """Return every way to ask that is indexed."""
        return [wording for entry in self.entries for wording in (entry.question, *entry.variants)]


@dataclass(frozen=True)
class Score:
    """
    How one response fares.

    ``ranks`` has one place for each thing that was asked: that of its first acceptable hit, None when it is not
    among the first ten; empty when nothing in the corpus is expected. ``missing`` are the facts that the reply
    lacks, of ``facts`` that it should have. ``cited`` says of an answer whether all it cites is among the
    expected and every quote is real; None when there is nothing to judge. ``best_is_right`` says whether the
    candidate that retrieval would answer with is acceptable, be it answered or not. ``offered`` says that it was asked
    back, and that one of the questions to choose from has an acceptable answer.
    """

    golden: Golden
    response: Response
    action_right: bool
    ranks: tuple[int | None, ...]
    facts: int
    missing: tuple[str, ...]
    cited: bool | None
    forbidden: tuple[str, ...]
    best_is_right: bool
    offered: bool = False

    @property
    def answerable(self) -> bool:
        """Tell whether the question must be answered: abstaining would be wrong."""
        return AskKind.ANSWER in self.golden.expect.kind and AskKind.ABSTAIN not in self.golden.expect.kind

    @property
    def answered(self) -> bool:
        """Tell whether an answer was given."""
        return self.response.kind is AskKind.ANSWER

    @property
    def asked_back(self) -> bool:
        """Tell whether it was asked back what was meant."""
        return self.response.kind is AskKind.CLARIFY

    @property
    def looked_up(self) -> bool:
        """Tell whether retrieval was asked at all."""
        return self.response.confidence > 0


def load_corpus(store: Store) -> Corpus:
    """Read what a data folder answers from."""
    entries = tuple(load_entries(store))
    texts: dict[str, list[str]] = {entry.id: [entry.answer.strip()] for entry in entries}
    for passage in load_passages(store):
        texts.setdefault(passage.document, []).append(passage.text)
    return Corpus(entries, texts)


def score(golden: Golden, response: Response, corpus: Corpus) -> Score:
    """Hold a response against what was expected."""
    expect = golden.expect
    intents = intents_of(golden, corpus.entries)
    wanted = frozenset[str]().union(*intents)
    facts = expect.facts if _needs_facts(golden, response) else ()
    forbidden = tuple(text for text in expect.forbidden if _holds(response.text, text))
    return Score(
        golden=golden,
        response=response,
        action_right=response.kind in expect.kind,
        ranks=tuple(rank_of(response.hits, intent) for intent in intents),
        facts=len(facts),
        missing=tuple(fact for fact in facts if not _holds(response.text, fact)),
        cited=_cites_right(response, wanted, corpus),
        forbidden=forbidden,
        best_is_right=not forbidden and _best_is_right(golden, response, wanted, corpus.topic_of),
        offered=any(entry.id in wanted for entry in corpus.entries if entry.question in response.options),
    )


def rank_of(hits: Sequence[str], wanted: Iterable[str]) -> int | None:
    """Return the place, from 1, of the first wanted hit among the first ten."""
    acceptable = frozenset(wanted)
    return next((place for place, hit in enumerate(hits[:DEPTH], start=1) if hit in acceptable), None)


def _needs_facts(golden: Golden, response: Response) -> bool:
    """Tell whether the reply should hold the facts: not when it rightly did something else than answer."""
    wanted = golden.expect.kind
    return response.kind not in wanted or response.kind is AskKind.ANSWER or AskKind.ANSWER not in wanted


def _holds(text: str, fact: str) -> bool:
    said = normalise(text)
    return any(normalise(either) in said for either in fact.split("|"))


def _cites_right(response: Response, wanted: frozenset[str], corpus: Corpus) -> bool | None:
    if response.kind is not AskKind.ANSWER or not wanted:
        return None
    return bool(response.citations) and all(
        citation.document in wanted and any(citation.quote in text for text in corpus.texts.get(citation.document, ()))
        for citation in response.citations
    )


def _best_is_right(golden: Golden, response: Response, wanted: frozenset[str], topic_of: Mapping[str, str]) -> bool:
    if AskKind.ANSWER not in golden.expect.kind:
        return False
    if not wanted:
        return True
    if response.kind is AskKind.ANSWER:
        return bool(response.citations) and response.citations[0].document in wanted
    # Which entry of the topic would have been chosen is not known: the topic decides.
    topics = {topic_of[id_] for id_ in wanted}
    return bool(response.hits) and topic_of.get(response.hits[0]) in topics
