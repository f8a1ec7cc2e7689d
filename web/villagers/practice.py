"""Practice: a cadre shows a villager how it works, and nothing of it reaches anybody."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.sessions import PRACTICE_COOKIE
from web.site import site_of
from web.villagers.own_form import own_form


async def show(request: Request) -> Response:
    """GET /practice: what practising is, and the button that begins or ends it."""
    site = site_of(request)
    return site.page(request, site.session(request), "practice.html")


async def begin(request: Request) -> Response:
    """POST /practice: a chat for trying things out, until it is ended or the browser is closed."""
    site = site_of(request)
    await own_form(request)
    response = RedirectResponse("/", status_code=303)
    site.sessions.attach(response, site.sessions.mint(practice=True), request, site.clock())
    return response


async def end(request: Request) -> Response:
    """POST /practice/end: back to the phone's own chat."""
    await own_form(request)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(PRACTICE_COOKIE, httponly=True, samesite="lax")
    return response
