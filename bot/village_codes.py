"""The code of a village on its poster: it opens a chat or the page with the village known, and cannot be made up."""

from __future__ import annotations

import hmac
import re
from typing import Final

from storage.store import Store

_KIND: Final = "village.code"
_MARK_LENGTH: Final = 20
_TOKEN: Final = re.compile(rf"v(?P<area>\d{{6,12}})-(?P<mark>[0-9a-f]{{{_MARK_LENGTH}}})")


def village_token(store: Store, area_code: str) -> str:
    """Return the token of an area, fit for a Telegram start link and for the page's ``/r/`` address."""
    return f"v{area_code}-{_mark(store, area_code)}"


def village_of(store: Store, token: str) -> str | None:
    """Return the code of the area that a token was made for, None for one that we did not make."""
    found = _TOKEN.fullmatch(token.strip())
    if found is None or not hmac.compare_digest(found["mark"], _mark(store, found["area"])):
        return None
    return found["area"]


def _mark(store: Store, area_code: str) -> str:
    return store.vault.fingerprint(_KIND, area_code)[:_MARK_LENGTH]
