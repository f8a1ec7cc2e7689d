"""What one document says of another: it repeals it, takes its place, or amends it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from storage.database import check_in_transaction
from storage.store import Store

_WRAPPED: Final = re.compile(r"关于(?:印发|发布|公布|转发|下发)《(.+)》的?(?:通知|公告|函|决定)")


class Tie(StrEnum):
    """How a document bears on the one it names."""

    REPEALS = "废止"
    REPLACES = "替代"
    AMENDS = "修订"


ENDING: Final = frozenset({Tie.REPEALS, Tie.REPLACES})


@dataclass(frozen=True)
class Relation:
    """
    A document's statement about another one, named by 文号, by title or by both.

    ``evidence`` are the words, ``start`` their offset in the edition's text.
    """

    tie: Tie
    number: str = ""
    title: str = ""
    evidence: str = ""
    start: int = -1
    confidence: float = 1.0


@dataclass(frozen=True)
class Stated:
    """A relation with the document that states it."""

    document: str
    relation: Relation


def write_relations(store: Store, document: str, relations: Sequence[Relation]) -> None:
    """Replace what a document states of others, in the open transaction."""
    check_in_transaction(store)
    store.db.execute("DELETE FROM document_relations WHERE document = ?", [document])
    for position, one in enumerate(relations):
        store.db.execute(
            "INSERT INTO document_relations (document, position, tie, number, title, title_key, evidence, start,"
            " confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [document, position, one.tie, number_key(one.number), one.title, title_key(one.title), one.evidence,
             one.start, one.confidence],
        )  # fmt: skip


def load_relations(store: Store, document: str | None = None) -> list[Stated]:
    """Return what documents in use state of others: one document's statements, or all."""
    rows = store.db.execute(
        f"SELECT {_COLUMNS} FROM document_relations r JOIN documents d ON d.id = r.document"  # noqa: S608 - constant
        " WHERE d.retired_at IS NULL AND (? IS NULL OR r.document = ?) ORDER BY r.document, r.position",
        [document, document],
    ).fetchall()
    return [_stated(row) for row in rows]


def relations_naming(store: Store, number: str, title: str) -> list[Stated]:
    """Return what documents in use state of a document of this 文号 or, where they name none, of this title."""
    rows = store.db.execute(
        f"SELECT {_COLUMNS} FROM document_relations r JOIN documents d ON d.id = r.document"  # noqa: S608 - constant
        " WHERE d.retired_at IS NULL AND ((r.number <> '' AND r.number = ?) OR (r.title_key <> '' AND r.title_key = ?))"
        " ORDER BY r.document, r.position",
        [number_key(number), title_key(title)],
    ).fetchall()
    return [one for one in map(_stated, rows) if names(one.relation, number, title)]


def names(relation: Relation, number: str, title: str) -> bool:
    """Tell whether a relation means the document of this 文号 and title; two different numbers never do."""
    if relation.number and number:
        return number_key(relation.number) == number_key(number)
    return bool(relation.title) and title_key(relation.title) == title_key(title)


def by_name(relations: Iterable[Stated]) -> dict[str, list[Stated]]:
    """Return relations by every key under which a document may find itself named."""
    found: dict[str, list[Stated]] = {}
    for one in relations:
        for key in {number_key(one.relation.number), title_key(one.relation.title)} - {""}:
            found.setdefault(key, []).append(one)
    return found


def number_key(number: str) -> str:
    """Return a 文号 in one spelling: 会政发[2024]第16号 is 会政发〔2024〕16号."""
    bare = re.sub(r"\s", "", number)
    return re.sub(r"[\[(（【〔](\d{4})[\])）】〕]第?(\d+)号", r"〔\1〕\2号", bare)


def title_key(title: str) -> str:
    """Return a title without the notice that carries it: 关于印发《办法》的通知 is 办法."""
    wrapped = _WRAPPED.search(title)
    return re.sub(r"[\s《》“”\"]", "", wrapped.group(1) if wrapped else title)


_COLUMNS: Final = "r.document, r.tie, r.number, r.title, r.evidence, r.start, r.confidence"


def _stated(row: Sequence[str]) -> Stated:
    document, tie, number, title, evidence, start, confidence = row
    return Stated(document, Relation(Tie(tie), number, title, evidence, int(start), float(confidence)))
