"""A new master key opens what the old one sealed, the old one opens nothing any more, and no kill locks us out."""

from __future__ import annotations

import base64
from datetime import datetime
from pathlib import Path

import pytest

from storage import data_key
from storage.case_keys import case_vault, create_case_key
from storage.database import FILE_NAME, open_store, transaction
from storage.errors import SealBrokenError, WrongKeyError
from storage.keys import load_or_create_key, load_or_create_next_key, next_key_file, take_next_key
from storage.rekeying import admit_new_key, change_key_file, finish_change
from storage.store import Store
from storage.vault import Vault, new_key

CANARY = "慕容翠花"
PLACE = {"table": "people", "row": "1", "column": "name"}


@pytest.fixture
def folder(tmp_path: Path, now: datetime) -> Path:
    """Return a data folder with its key in a file, a case, and what was sealed under both keys."""
    store = open_store(tmp_path, load_or_create_key(tmp_path, None))
    with transaction(store):
        cipher = create_case_key(store, "case-1", now=now)
    (tmp_path / "by-case").write_bytes(cipher.seal(CANARY, **PLACE))
    (tmp_path / "by-folder").write_bytes(store.vault.seal(CANARY, **PLACE))
    (tmp_path / "hash").write_text(store.vault.fingerprint("name", CANARY))
    store.db.close()
    return tmp_path


def reads(store: Store, folder: Path) -> bool:
    """Tell whether *store* reads everything that was sealed at first, and finds it by its hash."""
    by_case = case_vault(store, "case-1").open_text((folder / "by-case").read_bytes(), **PLACE)
    by_folder = store.vault.open_text((folder / "by-folder").read_bytes(), **PLACE)
    found = store.vault.fingerprint("name", CANARY) == (folder / "hash").read_text()
    return by_case == by_folder == CANARY and found


def test_new_key_opens_everything_and_the_old_one_nothing(folder: Path, now: datetime) -> None:
    old = load_or_create_key(folder, None)
    assert not change_key_file(folder, old, now=now).same_seal
    new = load_or_create_key(folder, None)
    assert new != old
    assert reads(open_store(folder, new), folder)
    with pytest.raises(WrongKeyError):
        open_store(folder, old)
    with pytest.raises(SealBrokenError):
        Vault(old).open_text((folder / "by-folder").read_bytes(), **PLACE)


def test_no_key_and_no_dismissed_wrapping_lies_in_the_database(folder: Path, now: datetime) -> None:
    old = load_or_create_key(folder, None)
    store = open_store(folder, old)
    wrapped = next(store.db.query("SELECT wrapped FROM data_keys"))["wrapped"]
    store.db.close()
    change_key_file(folder, old, now=now)
    files = [path.read_bytes() for path in folder.glob(f"{FILE_NAME}*")]
    assert not any(old in data or wrapped in data or load_or_create_key(folder, None) in data for data in files)


@pytest.mark.parametrize("steps", range(4))
def test_killed_after_any_step_it_opens_and_a_second_run_finishes(folder: Path, now: datetime, steps: int) -> None:
    old = load_or_create_key(folder, None)
    if steps > 0:
        new = load_or_create_next_key(folder)
    if steps > 1:
        admit_new_key(folder, old, new, now=now)
    if steps > 2:
        take_next_key(folder)
    assert reads(open_store(folder, load_or_create_key(folder, None)), folder)

    change_key_file(folder, load_or_create_key(folder, None), now=now)
    store = open_store(folder, load_or_create_key(folder, None))
    assert reads(store, folder)
    assert not data_key.is_changing(store)
    assert not next_key_file(folder).exists()
    with pytest.raises(WrongKeyError):
        open_store(folder, old)


def test_wrong_key_changes_nothing(folder: Path, now: datetime) -> None:
    with pytest.raises(WrongKeyError):
        admit_new_key(folder, new_key(), new_key(), now=now)
    assert reads(open_store(folder, load_or_create_key(folder, None)), folder)


def test_both_keys_open_until_the_change_is_finished(folder: Path, now: datetime) -> None:
    old, new = load_or_create_key(folder, None), new_key()
    admit_new_key(folder, old, new, now=now)
    assert data_key.is_changing(open_store(folder, old))
    assert reads(open_store(folder, new), folder)
    assert finish_change(folder, new, now=now)
    assert not finish_change(folder, new, now=now)
    with pytest.raises(WrongKeyError):
        open_store(folder, old)


def test_folder_sealed_by_its_master_key_itself_opens_and_says_so(tmp_path: Path, now: datetime) -> None:
    master = load_or_create_key(tmp_path, None)
    store = open_store(tmp_path, master)
    store.db.execute("DELETE FROM data_keys")
    sealed = Vault(master).seal("bangfu", table="key_check", row="1", column="value")
    store.db.execute("UPDATE key_check SET value = ?", [sealed])
    with pytest.raises(WrongKeyError):
        open_store(tmp_path, new_key())
    assert open_store(tmp_path, master).vault.fingerprint("a", "b") == Vault(master).fingerprint("a", "b")
    assert change_key_file(tmp_path, master, now=now).same_seal


def test_key_file_holds_base64_of_the_new_key(folder: Path, now: datetime) -> None:
    change_key_file(folder, load_or_create_key(folder, None), now=now)
    text = (folder / "keys" / "master.key").read_text()
    assert base64.b64decode(text) == load_or_create_key(folder, None)
