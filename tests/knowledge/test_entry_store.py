"""Bundled entries follow the files; an officer's edit is never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.entries import load_starter
from knowledge.entry_store import EntryPlaceError, find_entries, load_entries, load_entries_with_areas, sync_starter
from places.gazetteer import load_gazetteer
from storage.database import transaction
from storage.store import Store
from tests.knowledge.corpus import HUINING, NOW, STARTER, write_starter

Sync = Callable[[str], int]


@pytest.fixture
def sync(store: Store, tmp_path: Path) -> Sync:
    def run(text: str) -> int:
        entries = load_starter(write_starter(tmp_path / "starter", text))
        with transaction(store):
            return sync_starter(store, entries, load_gazetteer(), now=NOW)

    return run


def test_bundled_entries_are_stored_whole_with_the_code_of_their_place(
    store: Store, sync: Sync, tmp_path: Path
) -> None:
    assert sync(STARTER) == 7
    assert sorted(load_entries(store), key=lambda entry: entry.id) == sorted(
        load_starter(tmp_path / "starter"), key=lambda entry: entry.id
    )
    areas = {entry.id: area for entry, area in load_entries_with_areas(store)}
    assert (areas["notice"], areas["line-huining"]) == ("", HUINING)


def test_syncing_twice_changes_nothing(sync: Sync) -> None:
    sync(STARTER)
    assert sync(STARTER) == 0


def test_a_changed_entry_is_brought_up_to_date_and_a_missing_one_retired(store: Store, sync: Sync) -> None:
    sync(STARTER)
    without_quota = STARTER[: STARTER.rindex("[[entries]]")].replace("不少于5天", "不少于7天")
    assert sync(without_quota) == 2
    assert "不少于7天" in find_entries(store, ["notice"])["notice"].answer
    assert find_entries(store, ["quota"]) == {}
    assert sync(STARTER) == 2
    assert "quota" in find_entries(store, ["quota"])


def test_an_officers_edit_survives_an_upgrade(store: Store, sync: Sync) -> None:
    sync(STARTER)
    with transaction(store):
        store.db.execute(
            "UPDATE entries SET edited_by = 'o1', body = replace(body, '不少于5天', '不少于9天') WHERE id = 'notice'"
        )
    assert sync(STARTER.replace("不少于5天", "不少于7天")) == 0
    assert "不少于9天" in find_entries(store, ["notice"])["notice"].answer


def test_an_entry_of_an_unknown_place_is_refused_by_name(store: Store, sync: Sync) -> None:
    with pytest.raises(EntryPlaceError, match="line-dehua"):
        sync(STARTER.replace("福建省/泉州市/德化县", "福建省/泉州市/德花县"))
    assert load_entries(store) == []
