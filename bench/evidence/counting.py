"""Counting what went right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """How many of how many went right."""

    right: int
    all: int

    def __str__(self) -> str:
        return f"{self.right}/{self.all}（{100 * self.right / self.all:.1f}%）" if self.all else "—"

    @classmethod
    def total(cls, counts: Iterable[Count]) -> Count:
        """Return the sum of some counts."""
        summed = list(counts)
        return cls(sum(one.right for one in summed), sum(one.all for one in summed))
