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


def test_events_read_back_in_order_and_the_chain_holds(chain: Store) -> None:
    assert [row.event for row in audit.rows(chain, "case:1")] == ["submitted", "acknowledged", "visited"]
    assert audit.first_broken(chain) is None


def test_rows_can_be_neither_changed_nor_deleted(chain: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        chain.db.execute("UPDATE audit SET event = 'x' WHERE seq = 2")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        chain.db.execute("DELETE FROM audit WHERE seq = 2")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET event = 'declined' WHERE seq = 2",
        "UPDATE audit SET commitment = 'x' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
    ],
)
def test_tampering_behind_the_triggers_is_found_where_it_happened(chain: Store, tampering: str) -> None:
    chain.db.execute("DROP TRIGGER audit_is_append_only_update")
    chain.db.execute("DROP TRIGGER audit_is_append_only_delete")
    chain.db.execute(tampering)
    assert audit.first_broken(chain) == 2


def test_details_leave_only_a_commitment(chain: Store) -> None:
    for row in chain.db.query("SELECT * FROM audit"):
        assert not any("马秀兰" in str(value) for value in row.values())
