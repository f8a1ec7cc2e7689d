"""What officers do about questions that found no answer and answers that were of no use; askers are told once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.conversation.kinds import Say
from knowledge import phrases
from knowledge.answering import entry_citations
from knowledge.applicability import Nearness
from knowledge.entries import Entry
from knowledge.snapshot import entry_standing
from knowledge.standing import Audience
from knowledge.unanswered import Unanswered
from storage import outbox
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, local_date, to_text


@dataclass(frozen=True)
class Quoted:
    """What an answer rested on: the document or entry, where in it, and the words."""

    document: str
    section: str
    quote: str


@dataclass(frozen=True)
class Disliked:
    """An answer that its asker found of no use. ``question`` is as it was asked: the caller masks what he shows."""

    id: str
    question: str
    answer: str
    quoted: tuple[Quoted, ...]
    area: str | None
    confidence: float
    at: datetime
    settled: bool


def settle_questions(store: Store, answers: Iterable[str], *, entry: str, officer: str, now: datetime) -> None:
    """Take questions off the list of the unanswered: answered by ``entry``, or put aside ("")."""
    check_in_transaction(store)
    for answer in answers:
        store.db.execute(
            "INSERT OR IGNORE INTO questions_settled (answer_id, entry, officer, at)"
            " SELECT id, ?, ?, ? FROM answers_given WHERE id = ?",
            [entry, officer, to_text(now), answer],
        )


def load_questions(store: Store, answers: Sequence[str]) -> list[Unanswered]:
    """Return the questions of these answers that are still kept, in this order, as they were asked."""
    rows = store.db.query(
        "SELECT id, question, at FROM answers_given WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(answers))],
    )
    found = {row["id"]: Unanswered(row["id"], _question(store, row), from_text(row["at"])) for row in rows}
    return [found[answer] for answer in answers if answer in found]


def tell_askers(store: Store, answers: Iterable[str], entry: Entry, area: str, *, now: datetime) -> int:
    """
    Tell each chat once that what it asked has an answer now, in the open transaction; return how many are told.

    ``area`` is the code of the entry's place. Not told are chats elsewhere, chats that somebody hid since, all but
    the public's business, and whoever was told of one of these questions before.
    """
    check_in_transaction(store)
    if entry.audience is not Audience.PUBLIC:
        return 0
    rows = store.db.query(
        "SELECT chat_key, max(area_code) AS area_code FROM answers_given"
        " WHERE id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT answer_id FROM questions_settled)"
        " AND chat_key NOT IN (SELECT chat_key FROM hidden_chats) GROUP BY chat_key ORDER BY min(at)",
        [json.dumps(list(answers))],
    )
    told = 0
    for row in list(rows):
        address = outbox.address_of(store, row["chat_key"])
        if address is not None and _reaches(entry, area, row["area_code"]):
            channel, chat = address
            params = _params(entry, area, now)
            outbox.put(store, channel=channel, chat=chat, kind=Say.ANSWERED_LATER, params=params, notice=True, now=now)
            told += 1
    return told


def load_disliked(store: Store, *, settled: bool, limit: int) -> list[Disliked]:
    """Return the answers that were found of no use, the newest first: those that wait, or those dealt with."""
    rows = store.db.query(
        "SELECT a.*, s.answer_id IS NOT NULL AS settled FROM feedback f JOIN answers_given a ON a.id = f.answer_id"
        " LEFT JOIN feedback_settled s ON s.answer_id = a.id"
        " WHERE f.useful = 0 AND (s.answer_id IS NOT NULL) = ? ORDER BY f.at DESC, a.id LIMIT ?",
        [int(settled), limit],
    )
    return [_disliked(store, row) for row in rows]


def settle_feedback(store: Store, answer: str, *, officer: str, now: datetime) -> bool:
    """Mark an answer that was of no use as dealt with, in the open transaction; False where there is no such one."""
    check_in_transaction(store)
    return bool(
        store.db.execute(
            "INSERT OR IGNORE INTO feedback_settled (answer_id, officer, at)"
            " SELECT answer_id, ?, ? FROM feedback WHERE answer_id = ? AND useful = 0 LIMIT 1",
            [officer, to_text(now), answer],
        ).rowcount
    )


def _reaches(entry: Entry, area: str, asker: str | None) -> bool:
    """Tell whether an entry's rule holds where the asker is; who did not say where he is, is told."""
    return asker is None or entry_standing(entry, area).nearness(asker) >= Nearness.NATION


def _params(entry: Entry, area: str, now: datetime) -> dict[str, Any]:
    timing = entry_standing(entry, area).timing(local_date(now))
    return {
        "question": entry.question,
        "text": f"{entry.answer.strip()}\n{phrases.entry_provenance(entry)}",
        "notices": list(phrases.entry_notices(entry, timing, elsewhere=False)),
        "citations": [asdict(citation) for citation in entry_citations(entry)],
    }


def _disliked(store: Store, row: dict[str, Any]) -> Disliked:
    return Disliked(
        id=row["id"],
        question=_question(store, row),
        answer=row["answer"],
        quoted=tuple(Quoted(*one) for one in json.loads(row["quotes"])),
        area=row["area_code"],
        confidence=row["confidence"],
        at=from_text(row["at"]),
        settled=bool(row["settled"]),
    )


def _question(store: Store, row: dict[str, Any]) -> str:
    return store.vault.open_text(row["question"], table="answers_given", row=row["id"], column="question")
