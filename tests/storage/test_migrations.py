import json
from datetime import datetime

import pytest
from sqlite_utils import Database

from storage.migrations import MIGRATIONS, NAMES
from storage.store import Store
from storage.times import from_text, local_date, to_text


def test_every_room_migrates_from_blank_and_twice_changes_nothing(store: Store) -> None:
    before = store.db.schema
    assert {applied.name for applied in MIGRATIONS.applied(store.db)} == NAMES
    MIGRATIONS.apply(store.db)
    assert store.db.schema == before


def test_migrations_run_on_an_empty_database_of_their_own() -> None:
    db = Database(memory=True)
    MIGRATIONS.apply(db)
    assert MIGRATIONS.pending(db) == []


def test_tables_are_strict(store: Store) -> None:
    loose = [table.name for table in store.db.tables if not table.strict and not table.name.startswith("_")]
    assert [name for name in loose if name != "sqlite_sequence"] == []


def test_times_keep_their_order_as_text_and_show_the_date_in_shanghai(now: datetime) -> None:
    assert from_text(to_text(now)) == now
    assert str(local_date(from_text("2026-03-10T16:30:00+00:00"))) == "2026-03-11"
    with pytest.raises(ValueError, match="naive"):
        to_text(now.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("because", "standing"), [("没有发文机关、文号或政府网站的痕迹，按最低一级处理", "unknown"), ("甘肃日报", "media")]
)
def test_a_document_of_an_unknown_issuer_leaves_the_press(because: str, standing: str) -> None:
    db = Database(memory=True)
    db.execute("PRAGMA foreign_keys = ON")
    MIGRATIONS.apply(db, stop_before="m015_unknown_issuers")
    db["documents"].insert(
        {
            "id": "d1", "source": "a", "source_hash": "h", "title": "t", "publisher": "", "number": "",
            "index_number": "", "url": "", "audience": "内部", "authority": "media", "kind": "其他", "stage": "不限",
            "fingerprint": "f", "saved_at": "",
        }
    )  # fmt: skip
    db["editions"].insert(
        {
            "document": "d1", "source_hash": "h", "original": "", "text": "", "read_at": "",
            "cleaning_report": json.dumps({"found": [{"name": "权威性", "evidence": because}]}, ensure_ascii=False),
        }
    )  # fmt: skip
    MIGRATIONS.apply(db)
    assert [row["authority"] for row in db["documents"].rows] == [standing]
    assert db.execute("SELECT count(*) FROM editions JOIN documents ON documents.id = document").fetchone() == (1,)
