"""The labelled sayings: a lane and what people say who belong in it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.evaluation.split import Half
from bot.conversation.lanes import Lane

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True)
class Saying:
    """One message on fresh state. ``lanes``: any of them is right, the first is the one it was written for."""

    text: str
    lanes: tuple[Lane, ...]
    manner: str


def load_sayings(half: Half) -> list[Saying]:
    """Return the sayings of one half, in the order of the file."""
    tables = tomllib.loads((_FOLDER / f"{half.value}.toml").read_text(encoding="utf-8"))
    return [
        Saying(text, tuple(map(Lane, lanes.split("|"))), manner)
        for lanes, manners in tables.items()
        for manner, texts in manners.items()
        for text in texts
    ]
