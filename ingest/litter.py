"""What systems and editors leave in folders and archives, told by its name."""

from __future__ import annotations

from typing import Final

_NAMES: Final = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is hidden, an editor's lock, or a system's own."""
    return name.startswith((".", "~$")) or name in _NAMES
