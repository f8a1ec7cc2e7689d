"""Files of a chat: shown decrypted to that chat only, and never kept by a cache."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from storage import attachments
from storage.errors import AttachmentMissingError, KeyErasedError
from web.site import site_of
from web.villagers.history import owns_file

_SMALL: Final = 320
_SHOWN: Final = ("image/jpeg", "image/png")


async def show(request: Request) -> Response:
    """GET /file/{id}: a photo to look at (``?small`` for the talk), anything else to download.

    Not found unless it is this chat's.
    """
    site = site_of(request)
    session = site.sessions.of(request, site.clock())
    attachment_id = request.path_params["id"]
    if session is None:
        raise HTTPException(404)

    def load() -> tuple[bytes, str] | None:
        store = site.open_store()
        if not owns_file(store, session.chat, site.word, attachment_id):
            return None
        try:
            return attachments.load(store, attachment_id), attachments.describe(store, attachment_id).media_type
        except (AttachmentMissingError, KeyErasedError):
            return None

    found = await run_in_threadpool(load)
    if found is None:
        raise HTTPException(404)
    data, media_type = found
    if media_type in _SHOWN:
        small = "small" in request.query_params
        return Response(await run_in_threadpool(_smaller, data) if small else data, media_type=media_type)
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"})


def _smaller(data: bytes) -> bytes:
    """Return a stored photo small enough for a thumb on a slow line, in its own format."""
    with Image.open(io.BytesIO(data)) as image:
        kind = image.format or "JPEG"
        image.thumbnail((_SMALL, _SMALL))
        out = io.BytesIO()
        image.save(out, kind)
        return out.getvalue()
