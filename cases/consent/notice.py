"""The versions of the notice of use. A version that was shown is never changed: it says what people agreed to."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "notices"


@dataclass(frozen=True)
class ConsentNotice:
    """One version: from which day it is shown, and what it says, a line a point."""

    version: str
    since: date
    lines: tuple[str, ...]


@cache
def consent_notices() -> tuple[ConsentNotice, ...]:
    """Return every version, oldest first."""
    return tuple(sorted((_read(path) for path in _FOLDER.glob("*.toml")), key=lambda notice: notice.since))


def current_notice() -> ConsentNotice:
    """Return the version that is shown now."""
    return consent_notices()[-1]


def find_notice(version: str) -> ConsentNotice | None:
    """Return one version, None when there never was one of that name."""
    return next((notice for notice in consent_notices() if notice.version == version), None)


def _read(path: Path) -> ConsentNotice:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return ConsentNotice(path.stem, content["since"], tuple(content["lines"]))
