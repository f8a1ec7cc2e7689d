"""A progress bar on stderr for long work; silent with ``--quiet``, a mere label where there is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that takes how much is done and how much there is."""
    with click.progressbar(range(1), label=label, show_pos=True, hidden=quiet, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show
