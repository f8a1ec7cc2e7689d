"""What one phone remembers: the size of type, and which chat is its own."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

from web.forms import Form, read_form
from web.guard import check_origin
from web.rendering import BIG_TYPE
from web.sessions import COOKIE
from web.site import site_of

_YEAR: Final = 365 * 24 * 3600


async def set_size(request: Request) -> RedirectResponse:
    """POST /size: remember whether this phone wants big type, and go back to the page."""
    form = await _own_form(request)
    response = RedirectResponse(_local(form.text("back")), status_code=303)
    size = "big" if form.text("size") == "big" else "normal"
    response.set_cookie(BIG_TYPE, size, max_age=_YEAR, httponly=True, samesite="lax")
    return response


async def forget(request: Request) -> RedirectResponse:
    """POST /forget: let this phone forget its chat; what was reported stays and is found by its number."""
    await _own_form(request)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


async def _own_form(request: Request) -> Form:
    """Return the form when this phone's own page posted it.

    Raises:
        HTTPException: 403.
    """
    site = site_of(request)
    check_origin(request)
    form = await read_form(request)
    session = site.sessions.of(request, site.clock())
    if session is None or not site.tickets.fits(session.chat, form.ticket):
        raise HTTPException(403)
    return form


def _local(address: str) -> str:
    """Return *address* if it is a plain path of ours, else the first page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"
