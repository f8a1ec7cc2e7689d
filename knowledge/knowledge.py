"""The door to this room: questions answered, passages found, the index kept ready."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

import structlog

from knowledge import phrases
from knowledge.answer import Answer, AnswerKind, Asker, Hit, Question
from knowledge.answering import Answering
from knowledge.applicability import may_see
from knowledge.asking import LONGEST, readings, settle, shortened
from knowledge.calibration_file import Calibration, load_calibration
from knowledge.documents import find_passages, load_documents
from knowledge.embedder import Embedder, load_embedder
from knowledge.entry_store import find_entries
from knowledge.generations import live_generation
from knowledge.indexing import Built, Progress, build_generation, needs_building
from knowledge.language_model import LanguageModel, reworded
from knowledge.lexicon import BUNDLED, OWN_FILE, Lexicon
from knowledge.models.reranker import Reranker
from knowledge.plain_words import simplified
from knowledge.remembering import Remembering
from knowledge.reranking import load_reranker, reranked
from knowledge.retrieval import Found, Retriever
from knowledge.search import Search
from knowledge.snapshot import Snapshot, open_snapshot
from knowledge.splitting import joined_answer, split_questions
from places.gazetteer import Gazetteer, load_gazetteer
from settings.schema import Settings
from storage.areas import areas_folder
from storage.store import Store

_WORTH_SORTING = 2

_log = structlog.get_logger()


class NoIndexError(Exception):
    """Nothing was indexed yet in this data folder; ``refresh`` does it."""


class Knowledge:
    """
    Answers and finds. One for the process; threads share it, each with its own store.

    Loading is lazy: the model is read at the first use, the live generation is checked for every query.
    """

    def __init__(self, settings: Settings, gazetteer: Gazetteer | None = None) -> None:
        self._settings = settings
        self._gazetteer = gazetteer or load_gazetteer(areas_folder(settings.data_path))
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    @cached_property
    def embedder(self) -> Embedder:
        """
        The configured model, which remembers the questions it was asked last.

        Raises:
            ModelMissingError: If it is not there.
        """
        return Remembering(load_embedder(self._settings))

    @cached_property
    def reranker(self) -> Reranker | None:
        """
        The cross-encoder that ``[knowledge]`` names, or None.

        Raises:
            ModelMissingError: If it is not there.
        """
        return load_reranker(self._settings)

    @cached_property
    def retriever(self) -> Retriever:
        """The search over any snapshot."""
        lexicon = Lexicon(BUNDLED, self._settings.data_path / OWN_FILE)
        return Retriever(self.embedder, lexicon)

    @cached_property
    def language_model(self) -> LanguageModel | None:
        """The model that ``[llm]`` names, or None when it is off."""
        if not self._settings.llm.base_url:
            return None
        # Takes a second to import: only for those who use it.
        from knowledge.langchain import OpenAiModel  # noqa: PLC0415

        return OpenAiModel(self._settings.llm, self._settings.secrets.llm_key)

    def needs_building(self, store: Store) -> bool:
        """Tell, quickly, whether there is no index that this program, model and bundled knowledge can use."""
        return needs_building(store, self.embedder)

    def refresh(self, store: Store, *, now: datetime, progress: Progress | None = None) -> Built:
        """Bring the index up to date with documents and entries; quick when nothing changed."""
        built = build_generation(store, self.embedder, now=now, progress=progress)
        _log.info(
            "knowledge.indexed",
            generation=built.generation.number,
            size=built.generation.size,
            embedded=built.embedded,
            changed=built.changed,
        )
        return built

    def answer(self, store: Store, question: Question) -> Answer:
        """
        Return what is known, with its proof, or that nothing is.

        Raises:
            NoIndexError: If nothing was indexed yet.
        """
        if question.area is None:
            question = replace(question, area=self.service_area)
        read = replace(question, text=shortened(question.text))
        answer = simplified(self._extract(store, read), self._gazetteer)
        if len(question.text) > LONGEST:
            answer = replace(answer, notices=(*answer.notices, phrases.TOO_LONG))
        model = self.language_model
        return answer if model is None else reworded(answer, model, self._gazetteer)

    def _extract(self, store: Store, question: Question) -> Answer:
        """
        Answer each of the questions in a message, else the message as a whole.

        Where not all can be answered, and the whole only gets what one of them gets, the others are said to be open.
        """
        calibration = self.calibration(store)
        answering = Answering(store, calibration, self._gazetteer, self._settings.contacts, question.as_of)
        parts = split_questions(question.text)
        answers: list[Answer] = []
        if len(parts) > 1:
            asked = [replace(question, text=part, history=tuple(parts[:place])) for place, part in enumerate(parts)]
            answers = [answering.answer(self._find_with_history(store, one, calibration)) for one in asked]
            together = joined_answer(parts, answers)
            if together is not None:
                return together
        whole = answering.answer(self._find_with_history(store, question, calibration))
        adds = whole.kind is AnswerKind.ANSWER and all(_grounds(whole) != _grounds(one) for one in answers)
        return whole if adds else joined_answer(parts, answers, partly=True) or whole

    def settled(self, store: Store, question: Question) -> Search:
        """Return what is looked for when a question is asked: its text, place and day made plain."""
        if question.area is None:
            question = replace(question, area=self.service_area)
        return settle(question, self._gazetteer, self.snapshot(store).areas)

    def search(
        self,
        store: Store,
        query: str,
        *,
        as_of: date,
        k: int = 10,
        asker: Asker = Asker.VILLAGER,
        area: str | None = None,
    ) -> list[Hit]:
        """
        Return the best passages and entries for a query, best first.

        Raises:
            NoIndexError: If nothing was indexed yet.
        """
        search = settle(Question(query, as_of, area, asker), self._gazetteer, self.snapshot(store).areas)
        return self.hits(store, search, k=k)

    def hits(self, store: Store, search: Search, *, k: int = 10) -> list[Hit]:
        """Return the best passages and entries for what is settled, best first."""
        return _hits(store, self.find(store, search), k)

    def snapshot(self, store: Store) -> Snapshot:
        """Return the live generation, opened; it is opened again only when another one went live."""
        live = live_generation(store)
        if live is None:
            raise NoIndexError
        with self._lock:
            if self._snapshot is None or self._snapshot.generation.number != live.number:
                self._snapshot = open_snapshot(store, live, exact_limit=self._settings.knowledge.exact_limit)
            return self._snapshot

    def calibration(self, store: Store) -> Calibration:
        """Return the confidence that fits the model in use."""
        return load_calibration(store.data_dir, self.embedder.model_id)

    @cached_property
    def service_area(self) -> str | None:
        """The code of the area that ``config.toml`` names, or None."""
        area = self._gazetteer.by_path(self._settings.area) if self._settings.area else None
        return area.code if area is not None else None

    def _find_with_history(self, store: Store, question: Question, calibration: Calibration) -> Found:
        """Find for a question taken as it is surest to be answered: by itself, or behind the message before it."""
        ways = readings(question, self._gazetteer, self.snapshot(store).areas)
        return calibration.surest([self.find(store, way) for way in ways])

    def find(self, store: Store, search: Search) -> Found:
        """Return all candidates for what is settled, best first, with what speaks for each."""
        found = self.retriever.find(self.snapshot(store), search, self.calibration(store).ranker)
        if self.reranker is None or len(found.candidates) < _WORTH_SORTING:
            return found
        return reranked(found, store, self.reranker, top=self._settings.knowledge.reranker_top)


def _grounds(answer: Answer) -> frozenset[str]:
    return frozenset(citation.document for citation in answer.citations)


def _hits(store: Store, found: Found, k: int) -> list[Hit]:
    """Return the first ``k`` candidates that the store still holds and the asker may still see."""
    units = [found.snapshot.units[candidate.unit] for candidate in found.candidates]
    entries, passages = find_entries(store, units), find_passages(store, units)
    audiences = {document.id: document.audience for document in load_documents(store)}
    hits: list[Hit] = []
    for unit, candidate in zip(units, found.candidates, strict=True):
        if len(hits) == k:
            break
        entry, passage = entries.get(unit), passages.get(unit)
        if entry is not None:
            hits.append(Hit(entry.id, entry.question, entry.answer.strip(), candidate.score))
        elif passage is not None and may_see(found.search.asker, audiences[passage.document]):
            hits.append(Hit(passage.document, " > ".join(passage.section), passage.text, candidate.score))
    return hits
