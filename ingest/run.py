"""The whole way of files into the knowledge: read, compared with what is known, saved, retired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePath

import structlog

from ingest.archives import is_archive
from ingest.files import MEGABYTE, Found, SourceFile, find_files, hash_of, read_bytes, too_large
from ingest.intake import FileRecord, FileState, forget_file, load_files, save_file
from ingest.parsing import RULES, Parsed
from ingest.placing import Placer
from ingest.refusal import RefusedError
from ingest.sandbox import Sandbox
from ingest.sandbox_server import Limits
from ingest.saving import save_parsed
from knowledge.documents import Saved, retire_missing
from knowledge.retiring import retire
from settings.schema import Ingest
from storage.database import transaction
from storage.store import Store
from storage.times import local_date

_log = structlog.get_logger()


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "新增"
    CHANGED = "有更新"
    UNCHANGED = "没有变化"
    RETIRED = "已撤下"
    SET_ASIDE = "已搁置"
    FAILED = "失败"


@dataclass(frozen=True)
class FileResult:
    """What became of one file, with the reason where it is not in use and notes for the uploader."""

    source: str
    outcome: Outcome
    reason: str = ""
    documents: tuple[str, ...] = ()
    passages: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """What became of all files, in the order they were read, retired ones last."""

    results: tuple[FileResult, ...]
    counts: Counter[Outcome] = field(default_factory=Counter)

    @property
    def is_whole(self) -> bool:
        """Whether every file went in."""
        return not self.counts[Outcome.FAILED] and not self.counts[Outcome.SET_ASIDE]


Progress = Callable[[int, int, FileResult], None]
"""Called after each file with the number done, the number of all, and the result."""


def ingest(
    store: Store,
    paths: Sequence[Path],
    limits: Ingest,
    placer: Placer,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> Summary:
    """
    Take in the files that ``paths`` name, each in a transaction of its own.

    A file that fails keeps what was known of it before; one that is set aside loses it. Files gone from a
    folder that was named are retired. The index is not touched: see ``knowledge.indexing``. Doing it again
    changes nothing.
    """
    with transaction(store):
        found = find_files(store, paths)
    results = [FileResult(str(path), Outcome.FAILED, "没有这个文件或文件夹") for path in found.missing]
    with Sandbox(_room(limits)) as sandbox:
        intake = _Intake(store, limits, placer, sandbox, found, now)
        for number, file in enumerate(found.files, 1):
            for result in intake.take(file):
                results.append(result)
                # By number, not by name: a file's name may be a person's.
                _log.debug("ingest.file", number=number, outcome=result.outcome.name, passages=result.passages)
                if progress is not None:
                    progress(number, len(found.files), result)
        results += intake.retire_gone()
    counts = Counter(result.outcome for result in results)
    _log.info("ingest.finished", **{outcome.name.lower(): count for outcome, count in counts.items()})
    return Summary(tuple(results), counts)


@dataclass(frozen=True)
class Brought:
    """
    A file that lies in no folder: its bytes, and the officer (by id) who decides about it.

    ``file.source`` tells it from every other; its path is never opened.
    """

    file: SourceFile
    data: bytes
    by: str


def take_brought(store: Store, brought: Brought, limits: Ingest, placer: Placer, *, now: datetime) -> list[FileResult]:
    """Take in one file; its documents are saved and held back from use."""
    with Sandbox(_room(limits)) as sandbox:
        intake = _Intake(store, limits, placer, sandbox, Found((), (), ()), now)
        intake.held_by = brought.by
        return list(intake.take_data(brought.file, brought.data))


def _room(limits: Ingest) -> Limits:
    return Limits(
        limits.max_seconds, limits.max_memory_megabytes, limits.max_scan_seconds, limits.max_scan_memory_megabytes
    )


class _Intake:
    """
    One run over the files found, with what is known of them from earlier runs.

    ``held_by`` is whoever decides about documents that are to be saved and not used yet.
    """

    held_by = ""

    def __init__(
        self, store: Store, limits: Ingest, placer: Placer, sandbox: Sandbox, found: Found, now: datetime
    ) -> None:
        self._store = store
        self._limits = limits
        self._placer = placer
        self._sandbox = sandbox
        self._now = now
        self._known = {file.source: file for file in load_files(store)}
        self._identities = {file.identity for file in self._known.values()}
        present = {file.source for file in found.files}
        # A member of an archive is not gone as long as the archive is there and has not been opened.
        self._gone = [
            file
            for file in self._known.values()
            if _is_below(file.source, found.whole) and present.isdisjoint(_with_parents(file.source))
        ]
        self._in_use = {
            file.hash: file.source
            for file in self._known.values()
            if file.state is FileState.TAKEN and file not in self._gone
        }

    def take(self, file: SourceFile) -> Iterator[FileResult]:
        """Read one file, or each member of an archive, and save what is in it."""
        try:
            data = read_bytes(file.path, self._limits.max_megabytes)
        except RefusedError as refused:
            yield self._refuse(file, "", refused)
            return
        yield from self.take_data(file, data)

    def take_data(self, file: SourceFile, data: bytes) -> Iterator[FileResult]:
        """Read a file's bytes, or each member of an archive, and save what is in it."""
        if is_archive(data, file.path.name):
            yield from self._take_archive(file, data)
        else:
            yield self._take(file, data)

    def _take_archive(self, archive: SourceFile, data: bytes) -> Iterator[FileResult]:
        try:
            members = self._sandbox.unpack(data, self._limits.max_unpacked_megabytes).members
        except RefusedError as refused:
            yield self._refuse(archive, hash_of(data), refused)
            return
        with transaction(self._store):
            forget_file(self._store, archive.source)  # it may have failed to open before
        files = {f"{archive.source}/{member.path}": member for member in members}
        inside = [file for file in self._known.values() if _is_below(file.source, [archive.source])]
        for gone in (file for file in inside if file.source not in files):
            self._gone.append(gone)
            self._in_use.pop(gone.hash, None)
        for source, member in files.items():
            file = SourceFile(archive.path, source, archive.folder)
            yield self._refuse(file, "", member.refused) if member.refused else self._take(file, member.data)

    def _take(self, file: SourceFile, data: bytes) -> FileResult:
        known = self._known.get(file.source)
        content = hash_of(data)
        if known and known.state is FileState.TAKEN and (known.hash, known.rules) == (content, RULES):
            return FileResult(file.source, Outcome.UNCHANGED)
        twin = self._in_use.get(content)
        if known is None and twin is not None:
            return FileResult(file.source, Outcome.UNCHANGED, f"与 {twin} 内容相同，不重复入库")
        try:
            if len(data) > self._limits.max_megabytes * MEGABYTE:
                raise too_large(len(data), self._limits.max_megabytes)
            parsed = self._sandbox.parse(data, PurePath(file.source).name, local_date(self._now).year)
        except RefusedError as refused:
            return self._refuse(file, content, refused)
        return self._save(file, content, parsed)

    def retire_gone(self) -> list[FileResult]:
        """Retire the documents of files that are gone from the folders searched through."""
        results = []
        for file in self._gone:
            with transaction(self._store):
                documents = retire_missing(self._store, folder=file.source, present=(), now=self._now)
                forget_file(self._store, file.source)
            if documents:
                results.append(FileResult(file.source, Outcome.RETIRED, "文件已不在文件夹里", tuple(documents)))
        return results

    def _save(self, file: SourceFile, content: str, parsed: Parsed) -> FileResult:
        moved = self._moved(file, content)
        identity = moved.identity if moved else self._identity(file, content)
        record = FileRecord(file.source, file.folder, identity, content, RULES, FileState.TAKEN)
        with transaction(self._store):
            saved = save_parsed(self._store, record, parsed, self._placer, now=self._now)
            retired = retire_missing(self._store, folder=file.source, present=saved.documents, now=self._now)
            save_file(self._store, record, raw=parsed.raw, now=self._now)
            for document in saved.documents if self.held_by else ():
                retire(self._store, document, by=self.held_by, now=self._now)
            if moved:
                forget_file(self._store, moved.source)
                self._gone.remove(moved)
        self._in_use[content] = file.source
        if set(saved.outcomes) == {Saved.UNCHANGED} and not retired:
            outcome = Outcome.UNCHANGED
        else:
            outcome = Outcome.ADDED if set(saved.outcomes) == {Saved.ADDED} else Outcome.CHANGED
        reason = f"原来是 {moved.source}" if moved else ""
        return FileResult(file.source, outcome, reason, saved.documents, saved.passages, saved.notes)

    def _refuse(self, file: SourceFile, content: str, refused: RefusedError) -> FileResult:
        """Record a refusal. What a file said before it failed stays in use, unless it now must stay out."""
        outcome, state = Outcome.FAILED, FileState.FAILED
        if refused.set_aside:
            outcome, state = Outcome.SET_ASIDE, FileState.SET_ASIDE
        known = self._known.get(file.source)
        retired: list[str] = []
        with transaction(self._store):
            if refused.set_aside:
                retired = retire_missing(self._store, folder=file.source, present=(), now=self._now)
            if refused.set_aside or known is None or known.state is not FileState.TAKEN:
                identity = self._identity(file, content)
                save_file(
                    self._store,
                    FileRecord(file.source, file.folder, identity, content, RULES, state, str(refused)),
                    now=self._now,
                )
        return FileResult(file.source, outcome, str(refused), tuple(retired))

    def _moved(self, file: SourceFile, content: str) -> FileRecord | None:
        """Return the record of a file that is gone from its place and has come back here."""
        if file.source in self._known:
            return None
        return next((gone for gone in self._gone if gone.hash == content and gone.state is FileState.TAKEN), None)

    def _identity(self, file: SourceFile, content: str) -> str:
        """Return the source that the documents' ids hang on, another one if a moved file took that along."""
        known = self._known.get(file.source)
        if known is not None:
            return known.identity
        return f"{file.source}#{content[:8]}" if file.source in self._identities else file.source


def _is_below(source: str, folders: Sequence[str]) -> bool:
    return any(source == folder or source.startswith(folder + "/") for folder in folders)


def _with_parents(source: str) -> Iterator[str]:
    """Yield a source and the sources of the folders and archives it lies in."""
    yield source
    yield from map(str, PurePath(source).parents)
