"""Forms that were taken: a double click, a resend and the back button find what the first one did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

_KEPT: Final = timedelta(days=2)


@dataclass(frozen=True)
class Taken:
    """A form that was taken: the page that shows what it did, and the sentence about it, which may name colleagues."""

    address: str
    said: str


class TakenBeforeError(Exception):
    """This very form was taken before."""

    def __init__(self, taken: Taken) -> None:
        super().__init__("taken before")
        self.taken = taken


def find_taken(store: Store, turn: str, officer: str) -> Taken | None:
    """Return what the form *turn* of an officer did, if it was taken."""
    row = next(store.db.query("SELECT * FROM desk_posts WHERE turn = ? AND officer = ?", [turn, officer]), None)
    if row is None:
        return None
    said = store.vault.open_text(bytes.fromhex(row["said"]), table="desk_posts", row=turn, column="said")
    return Taken(row["address"], said)


def keep_taken(store: Store, turn: str, officer: str, taken: Taken, *, now: datetime) -> None:
    """Remember that a form was taken, in the transaction of what it did."""
    check_in_transaction(store)
    store.db.execute("DELETE FROM desk_posts WHERE at < ?", [to_text(now - _KEPT)])
    sealed = store.vault.seal(taken.said, table="desk_posts", row=turn, column="said").hex()
    store.db.execute(
        "INSERT INTO desk_posts (turn, officer, at, address, said) VALUES (?, ?, ?, ?, ?)",
        [turn, officer, to_text(now), taken.address, sealed],
    )
