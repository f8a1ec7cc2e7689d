"""A second fence against posts from foreign pages, beside the form ticket."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

_OWN: Final = ("same-origin", "none", "")


def check_origin(request: Request) -> None:
    """Refuse a post that the browser itself says comes from elsewhere.

    Old browsers send neither header; then the ticket alone decides.

    Raises:
        HTTPException: 403.
    """
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or request.headers.get("sec-fetch-site", "") not in _OWN:
        raise HTTPException(403)
