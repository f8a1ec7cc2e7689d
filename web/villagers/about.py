"""The page that says what is kept, who sees it, and that nothing costs anything."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from web.contacts import filled_in
from web.site import site_of


async def show(request: Request) -> Response:
    """GET /about."""
    site = site_of(request)
    context: dict[str, object] = {
        "days": site.settings.web.session_days,
        "contacts": filled_in(site.settings.contacts),
    }
    return site.page(request, site.session(request), "about.html", context)
