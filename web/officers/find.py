"""Finding a case by its number, a full name or a telephone. What was looked for stands in no address and no log."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from cases.queue import queue_item
from cases.search import find_cases
from web.officers.door import Desk
from web.officers.labels import officer_names


def find(desk: Desk) -> Response:
    """POST /desk/find: the one case that is meant, or a list."""
    text = desk.form.text("q")
    found = find_cases(desk.store, text, officer=desk.officer) if text else []
    if len(found) == 1:
        return RedirectResponse(f"/desk/case/{found[0].receipt}", status_code=303)
    context = {
        "items": [queue_item(desk.store, case, officer=desk.officer) for case in found],
        "names": officer_names(desk.store, (case.assignee for case in found)),
        "text": text,
    }
    return desk.page("found.html", context, status=200 if found else 404)
