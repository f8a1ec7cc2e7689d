"""The words that people use, as files of patterns: what is heard as danger, complaint, cause, kin and so on.

A file has a table ``[words]`` of fragments, which patterns name as ``<fragment>``, and tables of named lists of
patterns. Patterns are matched against folded text (see ``language.normalise.fold``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

Patterns: TypeAlias = "Mapping[str, re.Pattern[str]]"

_FOLDER: Final = Path(__file__).parent
_NAMED: Final = re.compile(r"<([a-z_]+)>")


@cache
def load_patterns(file: str, table: str) -> Patterns:
    """Return the named patterns of one table of ``<file>.toml``, the alternatives of each joined into one."""
    content = _load(file)
    words = {name: "|".join(parts) for name, parts in content.get("words", {}).items()}
    return {name: re.compile("|".join(_fill(part, words) for part in parts)) for name, parts in content[table].items()}


@cache
def load_table(file: str, table: str) -> Mapping[str, Any]:
    """Return one table of ``<file>.toml`` as it is written."""
    found: Mapping[str, Any] = _load(file)[table]
    return found


@cache
def _load(file: str) -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / f"{file}.toml").read_text(encoding="utf-8"))


def _fill(pattern: str, words: Mapping[str, str]) -> str:
    while (filled := _NAMED.sub(lambda name: f"(?:{words[name.group(1)]})", pattern)) != pattern:
        pattern = filled
    return pattern
