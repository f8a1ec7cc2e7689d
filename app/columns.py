"""Rows of text in columns, Chinese characters counted as two."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def shorten(text: str, columns: int) -> str:
    """Return ``text`` cut to so many columns, with … at the cut."""
    if width(text) <= columns:
        return text
    while width(text) > columns - 2:
        text = text[:-1]
    return text + "…"


def in_columns(rows: Sequence[Sequence[str]], *, gap: int = 2) -> list[str]:
    """Return one line a row, each column as wide as its widest cell; the last column is left ragged."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    return [
        "".join(cell + " " * (wide - width(cell) + gap) for cell, wide in zip(row[:-1], widths, strict=False)) + row[-1]
        for row in rows
    ]
