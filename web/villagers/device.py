"""What one phone remembers: the size of type, and which chat is its own."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse

from web.rendering import BIG_TYPE
from web.sessions import COOKIE
from web.villagers.own_form import own_form

_YEAR: Final = 365 * 24 * 3600


async def set_size(request: Request) -> RedirectResponse:
    """POST /size: remember whether this phone wants big type, and go back to the page."""
    form = await own_form(request)
    response = RedirectResponse(_local(form.text("back")), status_code=303)
    size = "big" if form.text("size") == "big" else "normal"
    response.set_cookie(BIG_TYPE, size, max_age=_YEAR, httponly=True, samesite="lax")
    return response


async def forget(request: Request) -> RedirectResponse:
    """POST /forget: let this phone forget its chat; what was reported stays and is found by its number."""
    await own_form(request)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _local(address: str) -> str:
    """Return *address* if it is a plain path of ours, else the first page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"
