"""What reading costs: pages a second and the most memory, each format in a process of its own."""

from __future__ import annotations

import multiprocessing
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus.printing import Printed, opened
from ingest.parsing import parse
from ingest.refusal import RefusedError

_PAGE = 1000


@dataclass(frozen=True)
class Cost:
    """``pages`` are thousands of characters before cleaning, ``megabytes`` the process's peak."""

    files: int
    pages: float
    seconds: float
    megabytes: float


def cost_of(files: Sequence[Printed]) -> Cost:
    """Read files of one format in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_read, (list(files),))


def _read(files: list[Printed]) -> Cost:
    parse(files[0].written.title.encode() * 20, "warm.txt", 2026)  # tables of characters are loaded once
    characters = 0
    begun = time.perf_counter()
    for printed in files:
        try:
            characters += len(parse(*opened(printed), 2026).raw)
        except RefusedError:
            characters += len(printed.data) // 3
    seconds = time.perf_counter() - begun
    return Cost(len(files), characters / _PAGE, seconds, _peak())


def _peak() -> float:
    """Return the most memory this process held, in MB. What ``getrusage`` tells starts with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024  # type: ignore[union-attr]
