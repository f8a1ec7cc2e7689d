"""Which document is the newer version of which, by an officer's word. It outlives every new reading of the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import check_in_transaction
from storage.store import Store
from storage.times import from_text, to_text


@dataclass(frozen=True)
class Succession:
    """``successor`` takes the place of ``predecessor``; ``by`` is the number of the officer who said so."""

    predecessor: str
    successor: str
    by: str
    at: datetime


class SuccessionError(ValueError):
    """A document cannot be the newer version of itself, nor of one that takes its place."""


def succeed(store: Store, successor: str, predecessor: str, *, by: str, now: datetime) -> None:
    """
    Record that a document takes the place of another, in the open transaction; the newest word counts.

    Raises:
        SuccessionError: If that would close a circle.
    """
    known, follower = load_successions(store), successor
    while follower != predecessor and follower in known:
        follower = known[follower].successor
    if follower == predecessor:
        raise SuccessionError(successor)
    _append(store, Succession(predecessor, successor, by, now), withdrawn=False)


def part(store: Store, predecessor: str, *, by: str, now: datetime) -> None:
    """Record that no document takes the place of this one by anybody's word, in the open transaction."""
    known = load_successions(store).get(predecessor)
    if known is not None:
        _append(store, Succession(predecessor, known.successor, by, now), withdrawn=True)


def load_successions(store: Store) -> dict[str, Succession]:
    """Return the successions that count, by the document whose place is taken."""
    rows = store.db.execute(
        "SELECT predecessor, successor, said_by, said_at, withdrawn FROM document_successions ORDER BY seq"
    ).fetchall()
    last = {predecessor: (successor, by, at, withdrawn) for predecessor, successor, by, at, withdrawn in rows}
    return {
        predecessor: Succession(predecessor, successor, by, from_text(at))
        for predecessor, (successor, by, at, withdrawn) in last.items()
        if not withdrawn
    }


def _append(store: Store, said: Succession, *, withdrawn: bool) -> None:
    check_in_transaction(store)
    store.db.execute(
        "INSERT INTO document_successions (predecessor, successor, withdrawn, said_by, said_at) VALUES (?, ?, ?, ?, ?)",
        [said.predecessor, said.successor, int(withdrawn), said.by, to_text(said.at)],
    )
