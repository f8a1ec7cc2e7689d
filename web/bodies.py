"""A limit on request bodies that still lets the browser show the refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A browser shows a refusal only after it has sent its body, so up to this many bytes are read and dropped.
_DRAINED: Final = 256 * 1024 * 1024


class BodyLimit:
    """
    ASGI middleware: reading a body beyond *limit* bytes raises HTTP 413, after dropping the rest of it.

    *wider* are the addresses at which more is taken, and how much.
    """

    def __init__(self, app: ASGIApp, limit: int, wider: Mapping[str, int]) -> None:
        self.app = app
        self.limit = limit
        self.wider = wider

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.wider.get(scope["path"], self.limit)
        declared = Headers(scope=scope).get("content-length", "")
        seen = 0

        async def limited() -> Message:
            nonlocal seen
            if declared.isdecimal() and int(declared) > limit:
                await _drain(receive)
                raise HTTPException(413)
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                if message.get("more_body", False):
                    await _drain(receive)
                raise HTTPException(413)
            return message

        await self.app(scope, limited, send)


async def _drain(receive: Receive) -> None:
    dropped = 0
    more = True
    while more and dropped < _DRAINED:
        message = await receive()
        dropped += len(message.get("body", b""))
        more = message.get("more_body", False)
