"""What the log may hold of an unexpected error: where it happened, never what was said."""

from __future__ import annotations

import secrets
import traceback


def new_reference() -> str:
    """Return eight random digits that a person can read out over the phone and the log carries too."""
    return f"{secrets.randbelow(10**8):08d}"


def trace(error: BaseException) -> list[str]:
    """Return type and places of *error* and its causes, outermost frame first.

    Messages are left out on purpose: an exception may quote what a person wrote.
    """
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None:
        lines.append(type(current).__qualname__)
        lines += [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or current.__context__
    return lines
