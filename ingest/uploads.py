"""Files that officers bring one by one: read and held back, looked at and put right, then taken in or dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any, Final

from ingest.files import SourceFile
from ingest.intake import folder_name, forget_file, load_files
from ingest.placing import Placer
from ingest.run import Brought, Outcome, take_brought
from knowledge.documents import Document, load_documents
from knowledge.retiring import restore
from settings.schema import Ingest
from storage.audit import append
from storage.database import check_in_transaction, transaction
from storage.store import Store
from storage.times import from_text, to_text

_FOLDER: Final = "办件台上传"
_LONGEST_NAME: Final = 80
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


class UploadState(StrEnum):
    """What came of an upload. ``SAME``: its text is in use already; ``HELD``: read, and nobody has decided yet."""

    READING = "reading"
    HELD = "held"
    SAME = "same"
    REFUSED = "refused"
    TAKEN = "taken"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Upload:
    """One file that an officer (by id) brought. ``reason`` says why it did not go in, or what to look at."""

    number: int
    source: str
    officer: str
    at: datetime
    state: UploadState
    reason: str

    @property
    def name(self) -> str:
        """Return the file's name as people read it."""
        return PurePath(self.source).name


class UploadDecidedError(Exception):
    """This upload was taken in or dropped before, or was never read."""


def plain_name(name: str) -> str:
    """Return a file's name without folders and without what is no part of a name; it is shown, and never opened."""
    last = re.split(r"[/\\]", name)[-1]
    words = _UNFIT.sub(" ", last).strip(" .")
    stem, dot, ending = words.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" if stem else words[:_LONGEST_NAME] or "文件"


def open_upload(store: Store, name: str, *, officer: str, now: datetime) -> Upload:
    """Enter a new upload in the open transaction."""
    check_in_transaction(store)
    row = store.db.execute("SELECT coalesce(max(number), 0) + 1 FROM uploads").fetchone()
    source = f"{_FOLDER}/{row[0]}/{plain_name(name)}"
    store.db.execute(
        "INSERT INTO uploads (number, source, officer, at, outcome) VALUES (?, ?, ?, ?, ?)",
        [row[0], source, officer, to_text(now), UploadState.READING],
    )
    append(store, actor=f"officer:{officer}", event="document.uploaded", subject=str(row[0]), now=now)
    return load_upload(store, row[0])


def read_upload(store: Store, upload: Upload, data: bytes, limits: Ingest, placer: Placer, *, now: datetime) -> None:
    """Read the bytes of an upload within the sandbox and hold its documents back; opens its own transactions."""
    with transaction(store):
        folder = folder_name(store, store.data_dir / _FOLDER)
    file = SourceFile(Path(upload.name), upload.source, folder)
    results = take_brought(store, Brought(file, data, upload.officer), limits, placer, now=now)
    refused = [one for one in results if one.outcome in (Outcome.FAILED, Outcome.SET_ASIDE)]
    same = [one for one in results if one.outcome is Outcome.UNCHANGED]
    held = any(one.documents for one in results)
    state = UploadState.HELD if held else UploadState.REFUSED if refused else UploadState.SAME
    told = [
        one.reason if one.source == upload.source else f"{PurePath(one.source).name}：{one.reason}" for one in results
    ]
    with transaction(store):
        for one in (*refused, *same):
            forget_file(store, one.source)
        _settle(store, upload.number, state, "\n".join(line for line in told if line.strip("：")))


def take_in(store: Store, number: int, *, officer: str, now: datetime) -> list[str]:
    """
    Put the documents of an upload into use, in the open transaction, and return their ids.

    Raises:
        UploadDecidedError: If it is not waiting for that.
    """
    upload = _held(store, number)
    documents = [document.id for document in documents_of(store, upload)]
    for document in documents:
        restore(store, document)
    _settle(store, number, UploadState.TAKEN, upload.reason)
    append(
        store,
        actor=f"officer:{officer}",
        event="document.taken_in",
        subject=str(number),
        now=now,
        facts={"documents": documents},
    )
    return documents


def drop(store: Store, number: int, *, officer: str, now: datetime) -> None:
    """
    Leave an upload out for good, in the open transaction; it may be brought again.

    Raises:
        UploadDecidedError: If it is not waiting for that.
    """
    upload = _held(store, number)
    for file in load_files(store):
        if file.source == upload.source or file.source.startswith(upload.source + "/"):
            forget_file(store, file.source)
    _settle(store, number, UploadState.DROPPED, upload.reason)
    append(store, actor=f"officer:{officer}", event="document.dropped", subject=str(number), now=now)


def documents_of(store: Store, upload: Upload) -> list[Document]:
    """Return the documents of an upload: those held back until it is taken in, those in use from then on."""
    every = load_documents(store, retired=upload.state is not UploadState.TAKEN)
    return [one for one in every if one.source == upload.source or one.source.startswith(upload.source + "/")]


def load_uploads(store: Store) -> list[Upload]:
    """Return the uploads, the newest first."""
    return [_upload(row) for row in store.db.query("SELECT * FROM uploads ORDER BY number DESC")]


def load_upload(store: Store, number: int) -> Upload:
    """
    Return one upload.

    Raises:
        LookupError: If there is none of this number.
    """
    row = next(store.db.query("SELECT * FROM uploads WHERE number = ?", [number]), None)
    if row is None:
        raise LookupError(number)
    return _upload(row)


def upload_of(store: Store, source: str) -> Upload | None:
    """Return the upload that a document's source lies in, None when it came out of a folder."""
    parts = PurePath(source).parts
    row = store.db.query("SELECT * FROM uploads WHERE source = ?", ["/".join(parts[:3])])
    return next(map(_upload, row), None)


def _held(store: Store, number: int) -> Upload:
    check_in_transaction(store)
    upload = load_upload(store, number)
    if upload.state is not UploadState.HELD:
        raise UploadDecidedError(number)
    return upload


def _settle(store: Store, number: int, state: UploadState, reason: str) -> None:
    store.db.execute("UPDATE uploads SET outcome = ?, reason = ? WHERE number = ?", [state, reason, number])


def _upload(row: dict[str, Any]) -> Upload:
    at, state = from_text(row["at"]), UploadState(row["outcome"])
    return Upload(row["number"], row["source"], row["officer"], at, state, row["reason"])
