"""Identifiers of rows: random, so that they tell nothing and can be made before the row exists."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """Return a fresh random identifier of 32 hexadecimal digits."""
    return secrets.token_hex(16)
