"""Answers that were given and questions that found none, and what people thought of them."""

from __future__ import annotations

import json
from datetime import datetime

from knowledge.answer import Answer
from knowledge.unanswered import Unanswered
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, to_text


def keep_answer(  # noqa: PLR0913 - one row, its columns named by keyword
    store: Store, answer_id: str, answer: Answer, *, question: str, area: str | None, chat_key: str, now: datetime
) -> None:
    """Remember an answer with its question, sealed, the documents that it rests on and the words it quotes."""
    check_in_transaction(store)
    quotes = list(dict.fromkeys((one.document, one.section, one.quote) for one in answer.citations))
    documents = list(dict.fromkeys(citation.document for citation in answer.citations))
    store.db.execute(
        "INSERT INTO answers_given (id, chat_key, kind, question, area_code, confidence, documents, at, answer, quotes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            answer_id,
            chat_key,
            answer.kind.value,
            store.vault.seal(question, table="answers_given", row=answer_id, column="question"),
            area,
            answer.confidence,
            json.dumps(documents, ensure_ascii=False),
            to_text(now),
            answer.text,
            json.dumps(quotes, ensure_ascii=False),
        ],
    )


def load_unanswered(store: Store, *, limit: int) -> list[Unanswered]:
    """
    Return the latest questions that found no answer and that nobody settled since, as they were asked.

    The caller masks what he shows.
    """
    rows = store.db.execute(
        "SELECT id, question, at FROM answers_given WHERE kind <> 'answer'"
        " AND id NOT IN (SELECT answer_id FROM questions_settled) ORDER BY at DESC, id LIMIT ?",
        [limit],
    ).fetchall()
    return [
        Unanswered(
            answer_id,
            store.vault.open_text(sealed, table="answers_given", row=answer_id, column="question"),
            from_text(at),
        )
        for answer_id, sealed, at in rows
    ]


def keep_feedback(store: Store, answer_id: str, *, useful: bool, chat_key: str, now: datetime) -> bool:
    """Remember what the chat thinks of an answer that it was given; the last word counts.

    Return False when this chat was never given that answer.
    """
    check_in_transaction(store)
    given = store.db.query("SELECT 1 FROM answers_given WHERE id = ? AND chat_key = ?", [answer_id, chat_key])
    if next(given, None) is None:
        return False
    store.db.execute(
        "INSERT INTO feedback (answer_id, chat_key, useful, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (answer_id, chat_key) DO UPDATE SET useful = excluded.useful, at = excluded.at",
        [answer_id, chat_key, int(useful), to_text(now)],
    )
    return True
