"""What every page works with, put together once by ``web.app`` and found again from a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import cast

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response

from bot.delivery import Word
from bot.pace import Pace
from bot.worker import Workers
from knowledge.knowledge import Knowledge
from knowledge.rehearsal import Examination
from settings.schema import Settings
from storage.store import Store
from storage.village_codes import VillageCodes
from web.background import Background
from web.officers.labels import Places
from web.officers.sessions import Limits
from web.rendering import Templates
from web.sessions import Session, Sessions
from web.tickets import Tickets


@dataclass(frozen=True)
class Knowing:
    """What the knowledge desk works with: the room that answers, and what asks it the golden questions, if any are."""

    knowledge: Knowledge
    examination: Examination | None = None


@dataclass(frozen=True)
class Site:
    """Settings, doors to the data, and the guards of the pages.

    ``open_store`` gives the calling thread's store, ``word`` makes sentences, ``waiting`` bounds how many threads
    wait for answers, ``hashing`` how many passwords are checked at once.
    """

    settings: Settings
    open_store: Callable[[], Store]
    workers: Workers
    word: Word
    clock: Callable[[], datetime]
    sessions: Sessions
    tickets: Tickets
    templates: Templates
    places: Places
    village_codes: VillageCodes
    chat_pace: Pace
    address_pace: Pace
    lookup_pace: Pace
    waiting: CapacityLimiter
    desk_limits: Limits
    desk_pace: Pace
    hashing: CapacityLimiter
    knowing: Knowing
    background: Background

    @property
    def knowledge(self) -> Knowledge:
        """What answers."""
        return self.knowing.knowledge

    def session(self, request: Request) -> Session:
        """Return the request's session, or a new one when it proves none."""
        return self.sessions.of(request, self.clock()) or self.sessions.mint()

    def page(
        self,
        request: Request,
        session: Session,
        template: str,
        context: Mapping[str, object] = MappingProxyType({}),
        *,
        status: int = 200,
    ) -> Response:
        """Render a page with a fresh form ticket, and renew the session cookie where it is due."""
        shared = {"ticket": self.tickets.mint(session.chat), "practises": session.practises}
        response = self.templates.page(request, template, {**shared, **context}, status=status)
        if session.stale:
            self.sessions.attach(response, session, request, self.clock())
        return response


def site_of(request: Request) -> Site:
    """Return the site that the request's application serves."""
    return cast(Site, request.app.state.site)
