"""Who looked at whom, when and why, for those who answer for it."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from cases.reveals import reveals
from web.forms import whole_number
from web.officers.door import Desk

_ROWS: Final = 100


def show(desk: Desk) -> Response:
    """GET /desk/setup/looks?before=: looks at households in the officer's areas, newest first."""
    before = whole_number(desk.request.query_params.get("before", ""), digits=15)
    rows = reveals(desk.store, officer=desk.officer, before=before, limit=_ROWS)
    return desk.page("looks.html", {"rows": rows, "next": rows[-1].seq if len(rows) == _ROWS else None})
