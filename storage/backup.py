"""One file that carries a data folder away while it is in use, and brings it back.

The archive holds the database and the attachments as they lie, sealed. It never holds the key, and not the index,
which is derived.
"""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.database import FILE_NAME
from storage.errors import BackupError
from storage.store import Store

_ATTACHMENTS: Final = "attachments"
_PAGES_PER_STEP: Final = 200


@dataclass(frozen=True)
class BackedUp:
    """What an archive holds. ``size`` is the archive's own, in bytes."""

    attachments: int
    size: int


def back_up(store: Store, archive: Path) -> BackedUp:
    """Write *archive* from the running data folder.

    The database is copied first: every attachment that its rows name is on disk by then.

    Raises:
        BackupError: *archive* exists, or cannot be written.
    """
    if archive.exists():
        raise BackupError(f"{archive} exists", code="backup.exists")
    partial = archive.with_name(archive.name + ".part")
    count = 0
    try:
        with tempfile.TemporaryDirectory(dir=archive.parent) as folder, tarfile.open(partial, "w") as tar:
            copy = Path(folder) / FILE_NAME
            target = sqlite3.connect(copy)
            with target:
                store.db.conn.backup(target, pages=_PAGES_PER_STEP)
            target.close()
            tar.add(copy, FILE_NAME)
            for file in sorted((store.data_dir / _ATTACHMENTS).glob("*.bin")):
                tar.add(file, f"{_ATTACHMENTS}/{file.name}")
                count += 1
        partial.replace(archive)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BackupError(f"{archive}: {error}", code="backup.unwritable") from error
    return BackedUp(attachments=count, size=archive.stat().st_size)


def restore(archive: Path, data_dir: Path) -> None:
    """Unpack *archive* into the empty or missing folder *data_dir*.

    Raises:
        BackupError: the folder already holds a database, or the archive is none of ours.
    """
    if (data_dir / FILE_NAME).exists():
        raise BackupError(f"{data_dir} holds a database", code="backup.not_empty")
    try:
        with tarfile.open(archive) as tar:
            names = tar.getnames()
            if FILE_NAME not in names or not all(_is_ours(name) for name in names):
                raise BackupError(f"{archive} is not a backup", code="backup.foreign")
            data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            tar.extractall(data_dir, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise BackupError(f"{archive}: {error}", code="backup.unreadable") from error


def _is_ours(name: str) -> bool:
    path = Path(name)
    return name == FILE_NAME or (path.parent == Path(_ATTACHMENTS) and path.suffix == ".bin")
