import sqlite3
from datetime import datetime

import pytest

from storage import audit
from storage.database import transaction
from storage.store import Store


@pytest.fixture
def chain(store: Store, now: datetime) -> Store:
    for event in ("submitted", "acknowledged", "visited"):
        with transaction(store):
            audit.append(
                store,
                actor="officer:7",
                event=event,
                subject="case:1",
                now=now,
                facts={"to": event},
                details={"reason": "户主马秀兰"},
            )
    return store


def test_events_read_back_in_order(chain: Store) -> None:
    assert [row.event for row in audit.rows(chain, "case:1")] == ["submitted", "acknowledged", "visited"]


def test_rows_can_be_neither_changed_nor_deleted(chain: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        chain.db.execute("UPDATE audit SET event = 'x' WHERE seq = 2")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        chain.db.execute("DELETE FROM audit WHERE seq = 2")


def test_details_leave_only_a_commitment(chain: Store) -> None:
    for row in chain.db.query("SELECT * FROM audit"):
        assert not any("马秀兰" in str(value) for value in row.values())
