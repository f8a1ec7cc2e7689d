"""The health check that a container or a watchdog asks."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storage import outbox
from web.site import site_of


async def healthz(request: Request) -> Response:
    """GET /healthz: 200 when the store opens and can be read; a failure shows as 500."""
    site = site_of(request)
    await run_in_threadpool(lambda: outbox.due(site.open_store(), channel="health", now=site.clock(), limit=1))
    return JSONResponse({"status": "ok"})
