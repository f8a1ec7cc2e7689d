"""Who looked at whom, when and why, for those who answer for it."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from cases.reveals import reveals
from web.officers.door import Desk

_ROWS: Final = 100


def show(desk: Desk) -> Response:
    """GET /desk/setup/looks?before=: looks at households in the officer's areas, newest first."""
    text = desk.request.query_params.get("before", "")
    before = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
    rows = reveals(desk.store, officer=desk.officer, before=before, limit=_ROWS)
    return desk.page("looks.html", {"rows": rows, "next": rows[-1].seq if len(rows) == _ROWS else None})
