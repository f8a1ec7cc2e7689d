"""Answering without a language model: an entry's digest or a document's own words, or an honest refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from knowledge import phrases
from knowledge.answer import Answer, AnswerKind, Basis, Citation
from knowledge.applicability import Nearness, Standing, Timing, may_see
from knowledge.calibration_file import Calibration
from knowledge.choosing import Choice, choose
from knowledge.documents import Document, Passage, find_document, find_passages, load_documents
from knowledge.entries import Contact, Entry
from knowledge.entry_store import find_entries
from knowledge.plain_words import next_step_of
from knowledge.retrieval import Candidate, Found
from knowledge.search import Search
from knowledge.second_hand import cited_in, is_among
from knowledge.spans import choose_quote
from knowledge.standing import Authority, DocumentKind
from language.normalise import fold
from places.gazetteer import Gazetteer
from settings.schema import Contacts
from storage.store import Store

NATION = "全国"
# A refusal names the office of the nearest topic only when that topic is at least this likely.
_LIKELY_TOPIC = 0.2
_OPTIONS = 3


@dataclass(frozen=True)
class Answering:
    """
    Composes answers from what was found.

    ``today`` is the asker's day, by which an answer is marked as past even when the question was about the past.
    """

    store: Store
    calibration: Calibration
    gazetteer: Gazetteer
    contacts: Contacts
    today: date

    def answer(self, found: Found) -> Answer:
        """Return the answer of the best candidate that may ground one, ask back, or say that none is known."""
        admissible = _admissible(found)
        confidence = self.calibration.confidence(admissible)
        if not admissible.candidates:
            return self._abstain(confidence)
        options = self._options(admissible)
        meant = next((one for one, question in options.items() if _same_words(question, found.text)), None)
        choice = choose(admissible if meant is None else replace(admissible, candidates=(meant, *found.candidates)))
        if meant is None and (untold := found.asks_only_untold) is not None:
            return self._abstain(confidence, lead=phrases.nothing_about(untold))
        if meant is None and confidence < self.calibration.threshold:
            return self._unsure(admissible, choice, options, confidence)
        if admissible.standing(choice.best).topic is not None:
            return self._from_topic(admissible, choice, confidence)
        return self._from_passage(admissible, choice.best, confidence)

    def _unsure(self, found: Found, choice: Choice, options: Mapping[Candidate, str], confidence: float) -> Answer:
        """Ask back what was meant, or first from where it is asked where that decides it; or say that none is known."""
        if confidence >= self.calibration.clarify and len(options) > 1:
            if found.search.area is None and all(_depends_on_place(found, one) for one in options):
                return Answer(AnswerKind.CLARIFY, phrases.ASK_FOR_PLACE, confidence)
            text = phrases.ask_which(list(options.values()), phrases.whom_to_ask(self.contacts))
            return Answer(AnswerKind.CLARIFY, text, confidence, options=tuple(options.values()))
        if found.search.named:
            lead = phrases.nothing_of(self.gazetteer.path(found.search.named))
        else:
            lead = phrases.nothing_about(found.asks_untold) if found.asks_untold else ""
        return self._abstain(confidence, self._contact(found, choice.best, confidence), lead=lead)

    def _options(self, found: Found) -> dict[Candidate, str]:
        """Return the questions of the likeliest topics, one each; none where a passage of a document leads."""
        first = {found.subject(one): one for one in reversed(found.candidates[: 4 * _OPTIONS])}
        leading = sorted(first.values(), key=lambda one: -one.score)[:_OPTIONS]
        if found.is_passage(leading[0]):
            return {}
        if found.rival is not None:
            others = [one for one in leading[1:] if found.subject(one) != found.subject(found.rival.candidate)]
            leading = [leading[0], found.rival.candidate, *others][:_OPTIONS]
        units = {one: found.snapshot.units[one.unit] for one in leading}
        entries = find_entries(self.store, units.values())
        return {one: entries[unit].question for one, unit in units.items() if unit in entries}

    def _from_topic(self, found: Found, choice: Choice, confidence: float) -> Answer:
        """Answer from the entry of the topic that fits the place and the day."""
        units = found.snapshot.units
        entries = find_entries(self.store, (units[unit] for unit in choice.others))
        entry = entries.get(units[choice.unit]) if choice.unit is not None else None
        if entry is not None and choice.unit is not None:
            standing = found.snapshot.standings[choice.unit]
            assert standing is not None
            digest = _digest(entry, standing.timing(self.today), confidence, elsewhere=False)
            return replace(digest, notices=(*self._other_than_asked(found.search, standing), *digest.notices))
        places = list(dict.fromkeys(other.area for other in entries.values()))
        area = found.search.area
        if area is not None:
            here = self.gazetteer.path(area)
            return self._abstain(confidence, _hotline(entries.values()), lead=phrases.withheld(here, places[:3]))
        if len(places) > 1:
            return Answer(AnswerKind.CLARIFY, phrases.ASK_FOR_PLACE, confidence)
        entry = entries.get(units[choice.best.unit])
        if entry is None:
            return self._abstain(confidence)
        return _digest(entry, found.standing(choice.best).timing(self.today), confidence, elsewhere=True)

    def _other_than_asked(self, search: Search, standing: Standing) -> tuple[str, ...]:
        """Return the warnings that a rule is not of the place or of the year that the question names."""
        notices = []
        if search.named is not None and standing.nearness(search.named) is Nearness.NATION:
            notices.append(phrases.not_local(self.gazetteer.path(search.named)))
        dated = standing.valid_from is not None or standing.valid_to is not None
        past = search.year is not None and standing.timing(search.day_meant) in (Timing.ENDED, Timing.NOT_YET)
        if search.year is not None and dated and past:
            notices.append(phrases.not_that_year(search.year))
        if search.ahead is not None and (standing.valid_to is None or standing.valid_to.year < search.ahead):
            notices.append(phrases.not_that_year(search.ahead))
        return tuple(notices)

    def _from_passage(self, found: Found, best: Candidate, confidence: float) -> Answer:
        """Answer with a document's own words."""
        passage = find_passages(self.store, [found.snapshot.units[best.unit]]).get(found.snapshot.units[best.unit])
        document = find_document(self.store, passage.document) if passage is not None else None
        if passage is None or document is None or not may_see(found.search.asker, document.audience):
            return self._abstain(confidence)
        standing = found.standing(best)
        place = self.place_of(document)
        quote = choose_quote(passage.text, found.text, found.snapshot.lexical)
        elsewhere = standing.nearness(found.search.area) < Nearness.NATION
        return Answer(
            AnswerKind.ANSWER,
            f"“{quote}”\n{phrases.document_provenance(document, place)}",
            confidence,
            citations=(passage_citation(document, passage, place, quote),),
            notices=(
                *phrases.passage_notices(passage.speaker, place or "当地"),
                *self._handed_on(document, passage, quote),
                *phrases.document_notices(
                    document, standing.timing(self.today), place or "不详地方", elsewhere=elsewhere
                ),
            ),
        )

    def _handed_on(self, document: Document, passage: Passage, quote: str) -> tuple[str, ...]:
        """Return the warning that a quote hands on what another paper says, and whether that paper is here."""
        cited = cited_in(quote, document.title) if not passage.speaker else None
        if cited is None:
            return ()
        return (phrases.handed_on(*cited, here=is_among(cited, load_documents(self.store))),)

    def place_of(self, document: Document) -> str:
        """Return the path of a document's area, 全国 for the nation, nothing when it is not known."""
        return "" if document.area is None else self.gazetteer.path(document.area)

    def _contact(self, found: Found, best: Candidate, confidence: float) -> Contact:
        unit = found.snapshot.units[best.unit]
        entries = find_entries(self.store, [unit]) if confidence >= _LIKELY_TOPIC else {}
        return _hotline(entries.values())

    def _abstain(self, confidence: float, contact: Contact = Contact.TOWNSHIP, lead: str = "") -> Answer:
        text = (lead or phrases.NOTHING_FOUND) + phrases.whom_to_ask(self.contacts, contact)
        return Answer(AnswerKind.ABSTAIN, text, confidence)


def passage_citation(document: Document, passage: Passage, place: str, quote: str) -> Citation:
    """Return the citation of a quote from a passage."""
    return Citation(
        document=document.id,
        title=document.title,
        publisher=document.publisher,
        number=document.number,
        date=document.dated.isoformat() if document.dated else "",
        area=place,
        section=" > ".join(passage.section),
        basis=Basis.ORIGINAL,
        quote=quote,
        url=document.url if document.authority is not Authority.TEMPLATE else "",
    )


def entry_citations(entry: Entry) -> tuple[Citation, ...]:
    """Return one citation per source of an entry, each quoting the entry's digest."""
    return tuple(
        Citation(
            document=entry.id,
            title=source.title,
            publisher=source.publisher,
            number=source.number,
            date=source.date,
            area=source.area or entry.area,
            section=entry.question,
            basis=Basis.DIGEST,
            quote=entry.answer.strip(),
            url=source.url,
        )
        for source in entry.sources
    )


def _digest(entry: Entry, timing: Timing, confidence: float, *, elsewhere: bool) -> Answer:
    return Answer(
        AnswerKind.ANSWER,
        f"{entry.answer.strip()}\n{phrases.entry_provenance(entry)}",
        confidence,
        citations=entry_citations(entry),
        notices=phrases.entry_notices(entry, timing, elsewhere=elsewhere),
        next_step=next_step_of(entry),
    )


def _admissible(found: Found) -> Found:
    """Drop the candidates that may not ground an answer to this asker."""
    kept = tuple(one for one in found.candidates if may_ground(found.standing(one), found.search.area))
    return replace(found, candidates=kept)


def may_ground(standing: Standing, area: str | None) -> bool:
    """
    Tell whether a unit may be the ground of an answer.

    Entries are weighed against the others of their topic later. A template never grounds an answer. One
    place's report speaks only for that place, a foreign rule not for the asker's.
    """
    if standing.topic is not None:
        return True
    if standing.authority is Authority.TEMPLATE or standing.kind is DocumentKind.SAMPLE:
        return False
    nearness = standing.nearness(area)
    if not standing.is_policy:
        return nearness not in (Nearness.ELSEWHERE, Nearness.NATION)
    return area is None or nearness is not Nearness.ELSEWHERE or standing.area is None


def _same_words(question: str, text: str) -> bool:
    """Tell whether two questions are made of the same characters, in whatever order, marks aside."""
    one, other = (sorted(filter(str.isalnum, fold(said))) for said in (question, text))
    return one == other


def _depends_on_place(found: Found, candidate: Candidate) -> bool:
    """Tell whether the topic of a candidate has rules of several places only."""
    units = found.snapshot.topics[found.standing(candidate).topic or ""]
    areas = {standing.area for unit in units if (standing := found.snapshot.standings[unit]) is not None}
    return len(areas) > 1 and "" not in areas


def _hotline(entries: Iterable[Entry]) -> Contact:
    return next((entry.hotline for entry in entries), Contact.TOWNSHIP)
