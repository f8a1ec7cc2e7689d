"""Where the pages of a data folder are served just now, told to other processes."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_FILE: Final = "serving"


@contextmanager
def announced(folder: Path, address: str) -> Iterator[None]:
    """
    Let other processes know, for the block, that the pages of this data folder are served at *address*.

    A lock says so: it goes with the process, however that ends. Of two that serve one folder the first is told of.
    """
    with (folder / _FILE).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield
            return
        file.truncate(0)
        file.write(address)
        file.flush()
        yield


def serving_at(folder: Path) -> str | None:
    """Return the address at which a process serves the pages of this data folder, None when none does."""
    try:
        with (folder / _FILE).open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read() or None
            return None
    except FileNotFoundError:
        return None
