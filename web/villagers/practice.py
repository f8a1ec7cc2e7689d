"""Practice: a cadre shows a villager how it works, and nothing of it reaches anybody."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.forms import read_form
from web.guard import check_origin
from web.sessions import PRACTICE_COOKIE
from web.site import site_of


async def show(request: Request) -> Response:
    """GET /practice: what practising is, and the button that begins or ends it."""
    site = site_of(request)
    return site.page(request, site.session(request), "practice.html")


async def begin(request: Request) -> Response:
    """POST /practice: a chat for trying things out, until it is ended or the browser is closed."""
    site = site_of(request)
    await _check(request)
    response = RedirectResponse("/", status_code=303)
    site.sessions.attach(response, site.sessions.mint(practice=True), request, site.clock())
    return response


async def end(request: Request) -> Response:
    """POST /practice/end: back to the phone's own chat."""
    await _check(request)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(PRACTICE_COOKIE, httponly=True, samesite="lax")
    return response


async def _check(request: Request) -> None:
    """Let only a form of our own pages through.

    Raises:
        HTTPException: 403.
    """
    site = site_of(request)
    check_origin(request)
    form = await read_form(request)
    session = site.sessions.of(request, site.clock())
    if session is None or not site.tickets.fits(session.chat, form.ticket):
        raise HTTPException(403)
