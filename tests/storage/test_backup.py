import tarfile
from datetime import datetime
from pathlib import Path

import pytest

from storage import attachments, inbox
from storage.backup import back_up, restore
from storage.database import open_store
from storage.errors import BackupError
from storage.store import Store


@pytest.fixture
def archive(store: Store, tmp_path: Path, now: datetime) -> Path:
    inbox.receive(store, channel="web", chat="c1", update="u1", payload="我叫马秀兰", now=now)
    attachments.save(store, b"photo", media_type="image/jpeg", now=now)
    file = tmp_path / "backup.tar"
    assert back_up(store, file).attachments == 1
    return file


def test_a_restored_folder_holds_what_was_stored(archive: Path, tmp_path: Path, key: bytes) -> None:
    restore(archive, tmp_path / "new")
    store = open_store(tmp_path / "new", key)
    (item,) = inbox.for_chat(store, channel="web", chat="c1")
    (row,) = store.db.query("SELECT id FROM attachments")
    assert item.payload == "我叫马秀兰"
    assert attachments.load(store, row["id"]) == b"photo"


def test_a_backup_holds_neither_keys_nor_clear_text(archive: Path, store: Store) -> None:
    with tarfile.open(archive) as tar:
        assert {Path(name).parts[0] for name in tar.getnames()} == {"bangfu.db", "attachments"}
    assert "马秀兰".encode() not in archive.read_bytes()


def test_neither_an_older_backup_nor_a_folder_in_use_is_overwritten(archive: Path, store: Store) -> None:
    with pytest.raises(BackupError, match="exists"):
        back_up(store, archive)
    with pytest.raises(BackupError, match="holds a database"):
        restore(archive, store.data_dir)


def test_a_foreign_or_broken_archive_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar"
    broken.write_bytes(b"garbage" * 100)
    with pytest.raises(BackupError) as caught:
        restore(broken, tmp_path / "new")
    assert caught.value.code == "backup.unreadable"
    foreign = tmp_path / "foreign.tar"
    with tarfile.open(foreign, "w") as tar:
        tar.add(broken, "../escape.bin")
        tar.add(broken, "bangfu.db")
    with pytest.raises(BackupError) as caught:
        restore(foreign, tmp_path / "new")
    assert caught.value.code == "backup.foreign"
    assert not (tmp_path / "new").exists()


def test_an_unwritable_place_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupError) as caught:
        back_up(store, tmp_path / "no" / "such" / "folder.tar")
    assert caught.value.code == "backup.unwritable"
