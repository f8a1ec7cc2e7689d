"""A progress bar on stderr for long work, with rate and remaining time; silent with ``--quiet``, a mere label where
there is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that takes how much is done and how much there is."""
    with click.progressbar(
        range(1), label=label, show_pos=True, item_show_func=_rate, hidden=quiet, file=sys.stderr
    ) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            each = bar.time_per_iteration
            bar.update(done - bar.pos, round(60 / each) if each else 0)

        yield show


def _rate(each_minute: int | None) -> str:
    return f"每分钟 {each_minute}" if each_minute else ""
