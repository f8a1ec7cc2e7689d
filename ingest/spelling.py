"""The plain form of a line, in which rules look for their words whatever script the line is written in."""

from __future__ import annotations

from functools import lru_cache

from language.normalise import normalise


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return ``normalise(text)``; every rule asks for it again, so it is worked out once a line."""
    return normalise(text)
