"""The page behind a village's QR code: it names the village, so that people see that the code is genuine."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from web.site import Site, site_of


async def show(request: Request) -> Response:
    """GET /v/{code}: whose code it is; a tap takes the village into the talk, so that a link preview starts nothing."""
    site, code = site_of(request), str(request.path_params["code"])
    names = _names(site, code)
    if names is None:
        raise HTTPException(404)
    above, village = names
    host = urlsplit(site.settings.web.public_address).hostname or request.url.hostname
    context = {"code": code, "village": village, "above": above, "host": host}
    return site.page(request, site.session(request), "village.html", context)


def _names(site: Site, code: str) -> tuple[str, str] | None:
    """Return the names of what holds the village, and of the village; None for a code that was not made here."""
    area, gazetteer = site.village_codes.read(code), site.places.gazetteer
    if area is None or area not in gazetteer:
        return None
    *above, village = gazetteer.path(area).split("/")
    return "".join(above), village
