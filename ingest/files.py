"""Files and folders named on the command line become a list of files to read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.intake import folder_name, known_folders
from ingest.litter import is_litter
from ingest.refusal import Reason, RefusedError
from storage.store import Store

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class SourceFile:
    """A file to read; see ``ingest.intake.FileRecord`` for ``source`` and ``folder``."""

    path: Path
    source: str
    folder: str


@dataclass(frozen=True)
class Found:
    """
    The files below some paths.

    ``whole`` names the places that were searched through, as the beginnings of sources: what is missing
    there is gone. ``missing`` are paths that do not exist.
    """

    files: tuple[SourceFile, ...]
    whole: tuple[str, ...]
    missing: tuple[Path, ...]


def find_files(store: Store, paths: Sequence[Path]) -> Found:
    """
    Return the files that ``paths`` name, each once, in order; folders are searched through.

    Hidden files, editors' lock files and linked folders are passed over. Names new folders in the store, so
    it runs in the open transaction.
    """
    files: dict[str, SourceFile] = {}
    whole: list[str] = []
    missing: list[Path] = []
    for path in (Path(os.path.abspath(path)) for path in paths):
        if not os.path.lexists(path):
            missing.append(path)
            continue
        folder, base = _folder_of(store, path)
        if path.is_dir():
            whole.append(_source(folder, path, base))
        for file in _below(path) if path.is_dir() else [path]:
            source = _source(folder, file, base)
            files.setdefault(source, SourceFile(file, source, folder))
    return Found(tuple(files.values()), tuple(whole), tuple(missing))


def read_bytes(path: Path, max_megabytes: int) -> bytes:
    """
    Return a file's bytes.

    Raises:
        RefusedError: ``UNREADABLE``, ``EMPTY`` or ``TOO_LARGE``; nothing of a too large file is read.
    """
    try:
        state = path.lstat()
        if stat.S_ISDIR(state.st_mode):
            os.scandir(path).close()  # it says why it could not be searched through
        if not stat.S_ISREG(state.st_mode):
            raise RefusedError(Reason.UNREADABLE, "不是普通文件")
        if state.st_size == 0:
            raise RefusedError(Reason.EMPTY)
        if state.st_size > max_megabytes * MEGABYTE:
            raise too_large(state.st_size, max_megabytes)
        with path.open("rb") as file:
            return file.read(max_megabytes * MEGABYTE)
    except OSError as error:
        raise RefusedError(Reason.UNREADABLE, _why(error)) from error


def too_large(size: int, max_megabytes: int) -> RefusedError:
    """Return the refusal of a file of ``size`` bytes."""
    return RefusedError(Reason.TOO_LARGE, f"{size / MEGABYTE:.0f} MB，上限 {max_megabytes} MB")


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def _folder_of(store: Store, path: Path) -> tuple[str, Path]:
    """Return the known folder around a path, the innermost one, or a new one: itself, or its parent if a file."""
    around = [(known, name) for name, known in known_folders(store).items() if path == known or known in path.parents]
    if around:
        known, name = max(around, key=lambda pair: len(pair[0].parts))
        return name, known
    base = path if path.is_dir() else path.parent
    return folder_name(store, base), base


def _source(folder: str, path: Path, base: Path) -> str:
    """Return a path as people read it; a name that is not UTF-8 is taken for GB18030, as old archives leave them."""
    source = "/".join((folder, *path.relative_to(base).parts))
    return source if source.isprintable() else os.fsencode(source).decode("gb18030", errors="replace")


def _below(folder: Path) -> list[Path]:
    """Return the files below a folder. One that cannot be opened stands for what is in it."""
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        parent = waiting.pop()
        try:
            with os.scandir(parent) as entries:
                inside = sorted((entry for entry in entries if not is_litter(entry.name)), key=lambda entry: entry.name)
        except OSError:
            found.append(parent)
            continue
        found += [Path(entry) for entry in inside if not entry.is_dir()]
        folders = [Path(entry) for entry in inside if entry.is_dir(follow_symlinks=False)]
        waiting += reversed(folders)
    return found


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有读的权限"
    return "读的时候不见了" if isinstance(error, FileNotFoundError) else "读盘出错"
