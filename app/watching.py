"""Doing something again whenever files below some folders change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import Change, watch

from ingest.litter import is_litter


def keep_up(again: Callable[[], object], paths: Sequence[Path]) -> None:
    """
    Call ``again`` after each change below ``paths``, until Ctrl-C.

    Changes that come close together count as one; those that come while ``again`` runs are done next.
    """
    for _ in watch(*paths, watch_filter=_is_content, raise_interrupt=False):
        again()


def _is_content(_change: Change, path: str) -> bool:
    return not is_litter(Path(path).name)
