"""Lists that an officer looks at often: the filters of the queue under a name of his."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cases.actors import Officer
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text

MOST_VIEWS: Final = 20
LONGEST_NAME: Final = 30


class TooManyViewsError(Exception):
    """An officer has as many lists as a page can show."""


@dataclass(frozen=True)
class View:
    """A saved list. ``query`` is the address behind /desk/queue."""

    id: str
    name: str
    query: str


def views_of(store: Store, officer: Officer) -> list[View]:
    """Return an officer's lists in the order in which he saved them."""
    rows = store.db.query("SELECT * FROM desk_views WHERE officer = ? ORDER BY saved_at", [officer.id])
    return [
        View(
            row["id"],
            store.vault.open_text(row["name"], table="desk_views", row=row["id"], column="name"),
            row["query"],
        )
        for row in rows
    ]


def keep_view(store: Store, officer: Officer, name: str, query: str, *, now: datetime) -> None:
    """Save a list, in place of the officer's own of that name. Needs an open transaction.

    Raises:
        TooManyViewsError: he has ``MOST_VIEWS`` others.
    """
    check_in_transaction(store)
    kept = views_of(store, officer)
    for one in (view for view in kept if view.name == name):
        drop_view(store, officer, one.id)
    if sum(view.name != name for view in kept) >= MOST_VIEWS:
        raise TooManyViewsError
    row_id = new_id()
    sealed = store.vault.seal(name, table="desk_views", row=row_id, column="name")
    store.db.execute(
        "INSERT INTO desk_views (id, officer, name, query, saved_at) VALUES (?, ?, ?, ?, ?)",
        [row_id, officer.id, sealed, query, to_text(now)],
    )


def drop_view(store: Store, officer: Officer, view: str) -> None:
    """Forget a list of this officer; another's is left alone."""
    store.db.execute("DELETE FROM desk_views WHERE id = ? AND officer = ?", [view, officer.id])
