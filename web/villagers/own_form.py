"""A form that this phone's own page posted, and nobody else's."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.forms import Form, read_form
from web.guard import check_origin
from web.site import site_of


async def own_form(request: Request) -> Form:
    """Return the form of a page that was made for this phone.

    Raises:
        HTTPException: 403, for any other.
    """
    site = site_of(request)
    check_origin(request)
    form = await read_form(request)
    session = site.sessions.of(request, site.clock())
    if session is None or not site.tickets.fits(session.chat, form.ticket):
        raise HTTPException(403)
    return form
