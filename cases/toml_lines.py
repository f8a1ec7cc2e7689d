"""Where the keys of a TOML text stand, so that a complaint can name the line."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, TypeAlias

Key: TypeAlias = tuple[str | int, ...]

_HEADER: Final = re.compile(r"(\[{1,2})([\w.-]+)\]{1,2}\s*(?:#.*)?")
_KEY: Final = re.compile(r"([\w-]+)\s*=")


def key_lines(text: str) -> dict[Key, int]:
    """Return the line of every table header and of every key at the start of a line.

    The n-th ``[[table]]`` has the key ``("table", n)``, counted from 0.
    """
    lines: dict[Key, int] = {}
    table: Key = ()
    counts: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line.strip()):
            brackets, name = header.groups()
            table = (name, counts[name]) if brackets == "[[" else tuple(name.split("."))
            counts[name] += 1
            lines[table] = number
        elif key := _KEY.match(line):
            lines[(*table, key[1])] = number
    return lines
