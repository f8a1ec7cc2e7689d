"""Objections to a public notice: numbered, sealed under the key of the case, answered by a date."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from cases.case import Case, load_case
from cases.errors import PaperNotFoundError
from cases.public_notice.notice import PublicNotice
from storage.case_keys import case_vault
from storage.ids import new_id
from storage.store import Store


class Means(StrEnum):
    """How an objection reached the village. Its values are what people type."""

    MOUTH = "当面"
    PHONE = "电话"
    LETTER = "书面"
    CODE = "扫码"


@dataclass(frozen=True)
class NewObjection:
    """What somebody objects. ``objector`` may be empty: nobody has to give a name."""

    means: Means
    raised_on: date
    text: str
    objector: str = ""


@dataclass(frozen=True)
class Objection:
    """An objection as it is kept, without its words. ``upheld`` is None until it is answered."""

    id: str
    number: int
    receipt: str
    means: Means
    raised_on: date
    answer_by: date
    answered_on: date | None
    upheld: bool | None


@dataclass(frozen=True)
class ObjectionText:
    """The words of an objection and of its answer."""

    objector: str
    text: str
    answer: str


def keep_objection(
    store: Store, notice: PublicNotice, case: Case, new: NewObjection, *, answer_by: date, row_id: str | None = None
) -> int:
    """Store an objection and return its number within the notice."""
    row_id = row_id or new_id()
    body = json.dumps({"objector": new.objector, "text": new.text}, ensure_ascii=False)
    number: int = store.db.execute(
        "INSERT INTO objections (id, notice, number, case_id, means, raised_on, answer_by, body)"
        " SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM objections WHERE notice = ? RETURNING number",
        [
            row_id,
            notice.number,
            case.id,
            new.means.value,
            new.raised_on.isoformat(),
            answer_by.isoformat(),
            case_vault(store, case.id).seal(body, table="objections", row=row_id, column="body"),
            notice.number,
        ],
    ).fetchone()[0]
    return number


def keep_answer(store: Store, objection: Objection, case: Case, text: str, *, upheld: bool, on: date) -> None:
    """Store the answer to an objection."""
    sealed = case_vault(store, case.id).seal(text, table="objections", row=objection.id, column="answer")
    store.db.execute(
        "UPDATE objections SET answered_on = ?, upheld = ?, answer = ? WHERE id = ?",
        [on.isoformat(), upheld, sealed, objection.id],
    )


def objections_to(store: Store, notice: PublicNotice) -> list[Objection]:
    """Return the objections to a notice in the order in which they were raised."""
    rows = store.db.query("SELECT * FROM objections WHERE notice = ? ORDER BY number", [notice.number])
    return [_objection(store, row) for row in rows]


def objection_of(store: Store, row_id: str) -> Objection | None:
    """Return the objection with this id, None when there is none."""
    row = next(store.db.query("SELECT * FROM objections WHERE id = ?", [row_id]), None)
    return _objection(store, row) if row else None


def has_open_objection(store: Store, case_id: str) -> bool:
    """Tell whether an objection against a case waits for its answer."""
    found = store.db.query("SELECT 1 FROM objections WHERE case_id = ? AND answered_on IS NULL LIMIT 1", [case_id])
    return next(found, None) is not None


def find_objection(store: Store, notice: PublicNotice, number: int) -> Objection:
    """Return one objection to a notice.

    Raises:
        PaperNotFoundError: there is none of that number.
    """
    for objection in objections_to(store, notice):
        if objection.number == number:
            return objection
    raise PaperNotFoundError


def read_objection(store: Store, objection: Objection) -> ObjectionText:
    """Return the words of an objection, decrypted; whoever shows them writes down that they were seen."""
    row = next(store.db.query("SELECT * FROM objections WHERE id = ?", [objection.id]))
    cipher = case_vault(store, row["case_id"])
    body = json.loads(cipher.open_text(row["body"], table="objections", row=row["id"], column="body"))
    answer = row["answer"] and cipher.open_text(row["answer"], table="objections", row=row["id"], column="answer")
    return ObjectionText(body["objector"], body["text"], answer or "")


def _objection(store: Store, row: dict[str, Any]) -> Objection:
    return Objection(
        id=row["id"],
        number=row["number"],
        receipt=load_case(store, row["case_id"]).receipt,
        means=Means(row["means"]),
        raised_on=date.fromisoformat(row["raised_on"]),
        answer_by=date.fromisoformat(row["answer_by"]),
        answered_on=date.fromisoformat(row["answered_on"]) if row["answered_on"] else None,
        upheld=None if row["upheld"] is None else bool(row["upheld"]),
    )
