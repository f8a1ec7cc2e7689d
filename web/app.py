"""The ASGI application: routes, fences, and the site that every page works with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from os import PathLike, stat_result
from typing import Final

from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.delivery import Word
from bot.pace import Pace
from bot.worker import Workers, utc_now
from knowledge.knowledge import Knowledge
from settings.schema import Settings
from storage.areas import gazetteer_of
from storage.store import Store
from storage.village_codes import village_codes
from web import health
from web.background import Background
from web.bodies import BodyLimit
from web.errors import fail, refuse
from web.headers import SecurityHeaders
from web.knowledge_desk import routes as knowledge_desk
from web.knowledge_desk.routes import UPLOAD
from web.officers import routes as officers
from web.officers.labels import Places
from web.officers.sessions import Limits
from web.rendering import STATIC, Templates
from web.sessions import Sessions
from web.site import Knowing, Site
from web.tickets import Tickets
from web.villagers import about, chat, device, files, objection, practice, progress, report, sources, village

# A whole village may share one address; a person looking up progress seldom errs often.
_PEOPLE_PER_ADDRESS: Final = 20
_LOOKUPS: Final = 30
_SECONDS_PER_LOOKUP: Final = 20.0
# A whole township office may share one address. A password takes 64 MB and a quarter of a second to check.
_SIGN_INS: Final = 30
_SECONDS_PER_SIGN_IN: Final = 6.0
_HASHED_AT_ONCE: Final = 2
_PHOTOS_PER_POST: Final = 3
_REST_OF_BODY: Final = 2 * 1024 * 1024
_MOST_WAITING: Final = 24


def build_app(
    settings: Settings,
    open_store: Callable[[], Store],
    workers: Workers,
    word: Word,
    *,
    clock: Callable[[], datetime] = utc_now,
    knowing: Knowing | None = None,
) -> Starlette:
    """Return the web application over this store and these workers; *word* makes the sentences that are shown.

    ``knowing`` is what the knowledge desk works with; without it the desk opens a room of its own.

    ``open_store`` returns the calling thread's own store; it is called once here, for the keys that sign cookies
    and forms.
    """
    web = settings.web
    store = open_store()
    vault, places = store.vault, Places(gazetteer_of(store))
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(GZipMiddleware, minimum_size=800, compresslevel=6),
            Middleware(
                BodyLimit,
                limit=_PHOTOS_PER_POST * web.photo_megabytes * 1024 * 1024 + _REST_OF_BODY,
                wider={UPLOAD: settings.ingest.max_megabytes * 1024 * 1024 + _REST_OF_BODY},
            ),
        ],
        exception_handlers={HTTPException: refuse, Exception: fail},
    )
    app.state.site = Site(
        settings=settings,
        open_store=open_store,
        workers=workers,
        word=word,
        clock=clock,
        sessions=Sessions(vault, timedelta(days=web.session_days)),
        tickets=Tickets(vault),
        templates=Templates(places),
        places=places,
        village_codes=village_codes(settings),
        chat_pace=Pace(burst=web.burst, every=web.seconds_per_message),
        address_pace=Pace(burst=web.burst * _PEOPLE_PER_ADDRESS, every=web.seconds_per_message / _PEOPLE_PER_ADDRESS),
        lookup_pace=Pace(burst=_LOOKUPS, every=_SECONDS_PER_LOOKUP),
        waiting=CapacityLimiter(_MOST_WAITING),
        desk_limits=Limits(
            idle=timedelta(minutes=settings.desk.idle_minutes), longest=timedelta(hours=settings.desk.longest_hours)
        ),
        desk_pace=Pace(burst=_SIGN_INS, every=_SECONDS_PER_SIGN_IN),
        hashing=CapacityLimiter(_HASHED_AT_ONCE),
        knowing=knowing or Knowing(Knowledge(settings)),
        background=Background(),
    )
    return app


def _routes() -> list[BaseRoute]:
    return [
        Route("/", chat.show),
        Route("/say", chat.say, methods=["POST"]),
        Route("/news", chat.news),
        Route("/file/{id}", files.show),
        Route("/size", device.set_size, methods=["POST"]),
        Route("/forget", device.forget, methods=["POST"]),
        Route("/report", report.show),
        Route("/r/{code}", report.resume),
        Route("/v/{code}", village.show),
        Route("/o/{code}", objection.show),
        Route("/o/{code}", objection.send, methods=["POST"]),
        Route("/progress", progress.show),
        Route("/progress", progress.look_up, methods=["POST"]),
        Route("/cited/{answer}/{number:int}", sources.follow),
        Route("/source/{id}", sources.show),
        Route("/about", about.show),
        Route("/practice", practice.show),
        Route("/practice", practice.begin, methods=["POST"]),
        Route("/practice/end", practice.end, methods=["POST"]),
        Route("/healthz", health.healthz),
        *officers.routes(),
        *knowledge_desk.routes(),
        Mount("/static", _Static(directory=STATIC)),
    ]


class _Static(StaticFiles):
    """Static files whose address carries their fingerprint: a browser asks for each one once."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return the file with leave to keep it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
