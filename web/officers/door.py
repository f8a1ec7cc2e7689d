"""The door of the console: every page knows its officer, every form is his own and is taken once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, TypeAlias
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.wording.refusals import refusal
from cases.actors import Officer, Role
from cases.errors import CaseNotFoundError, CasesError, PaperNotFoundError
from cases.officers import load_officer
from cases.set_back import check_clock
from storage.audit import append
from storage.database import transaction
from storage.store import Store
from storage.times import local_date
from web.forms import Form, read_form
from web.guard import check_origin
from web.officers.held import hold, show_sign_in
from web.officers.notices import unread_count
from web.officers.posts import Taken, TakenBeforeError, find_taken, keep_taken
from web.officers.ringing import Ringing, ringing
from web.officers.sessions import COOKIE, DeskSession, find_session, keep_alive
from web.site import Site, site_of

HOME: Final = "/desk"
_MOST_FIELDS: Final = 600
_MAY: Final = 204
_NOTHING: Final = Form(fields={}, files=())

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Desk:
    """One request of an officer. ``form`` is empty unless he posted one."""

    request: Request
    site: Site
    store: Store
    session: DeskSession
    officer: Officer
    now: datetime
    form: Form = _NOTHING

    @property
    def today(self) -> date:
        """The day in Asia/Shanghai."""
        return local_date(self.now)

    @property
    def may_act(self) -> bool:
        """Tell whether this officer does more than look: an inspector only looks."""
        return any(grant.role is not Role.INSPECTOR for grant in self.officer.grants)

    @property
    def unheard(self) -> list[Ringing]:
        """The alarms that nobody turned to yet and this officer may."""
        return [one for one in ringing(self.store, self.officer) if not one.holder] if self.may_act else []

    def page(
        self, template: str, context: Mapping[str, object] = MappingProxyType({}), *, status: int = 200
    ) -> Response:
        """Return a page of the console, with a fresh ticket for its forms."""
        done = find_taken(self.store, self.request.query_params.get("done", ""), self.officer.id)
        shared = {
            "officer": self.officer,
            "ticket": self.site.tickets.mint(self.officer.id),
            "today": self.today,
            "now": self.now,
            "may_act": self.may_act,
            "unheard": self.unheard,
            "unread": unread_count(self.store, self.officer),
            "said": done.said if done else "",
            "problem": "",
        }
        return self.site.templates.page(self.request, f"desk/{template}", {**shared, **context}, status=status)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the transaction of what this form does.

        Raises:
            TakenBeforeError: it was done by the same form a moment ago.
        """
        check_clock(self.store, self.now)
        with transaction(self.store):
            taken = find_taken(self.store, self.form.ticket.turn, self.officer.id)
            if taken is not None:
                raise TakenBeforeError(taken)
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold a transaction for a page that leaves a trace of its being read."""
        check_clock(self.store, self.now)
        with transaction(self.store):
            yield

    def record(self, event: str, subject: str, **facts: object) -> None:
        """Write down in the audit trail what this officer did. Call it while writing."""
        append(self.store, actor=f"officer:{self.officer.id}", event=event, subject=subject, now=self.now, facts=facts)

    def done(self, address: str, said: str) -> Response:
        """Remember that this form was taken, and lead to *address*, where *said* is shown. Call it while writing."""
        taken = Taken(address, said)
        keep_taken(self.store, self.form.ticket.turn, self.officer.id, taken, now=self.now)
        return _lead(self.form.ticket.turn, taken)


View: TypeAlias = Callable[[Desk], Response]


def page(view: View) -> Endpoint:
    """Return the endpoint of a page: who is not signed in signs in first and then comes back."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_show, view, request)

    return endpoint


def act(view: View, *, before_reading: View | None = None) -> Endpoint:
    """
    Return the endpoint of a form: posted from our page, by its officer, once; typed text outlives a session.

    ``before_reading`` is asked, with nothing of the form read yet, whether this officer may send it (204), or what he
    is answered instead: a stranger's large file is never held in memory.
    """

    async def endpoint(request: Request) -> Response:
        check_origin(request)
        if before_reading is not None:
            stranger = await run_in_threadpool(_show, before_reading, request)
            if stranger.status_code != _MAY:
                async for _ in request.stream():  # a browser shows an answer only when it has sent everything
                    pass
                return stranger
        form = await read_form(request, most=_MOST_FIELDS)
        return await run_in_threadpool(_take, view, request, form)

    return endpoint


def refusal_text(error: CasesError) -> str:
    """Return the sentence for a refusal of the cases room."""
    return refusal({"code": error.code, "fields": error.params}).text


def _show(view: View, request: Request) -> Response:
    desk = _sit_down(request, _NOTHING)
    if isinstance(desk, Response):
        return desk
    return _answer(view, desk)


def _take(view: View, request: Request, form: Form) -> Response:
    desk = _sit_down(request, form)
    if isinstance(desk, Response):
        return desk
    if not desk.site.tickets.fits(desk.officer.id, form.ticket):
        raise HTTPException(403)
    taken = find_taken(desk.store, form.ticket.turn, desk.officer.id)
    if taken is not None:
        return _lead(form.ticket.turn, taken)
    try:
        return _answer(view, desk)
    except TakenBeforeError as error:
        return _lead(form.ticket.turn, error.taken)


def _answer(view: View, desk: Desk) -> Response:
    try:
        return view(desk)
    except (CaseNotFoundError, PaperNotFoundError) as error:
        raise HTTPException(404) from error
    except CasesError as error:
        return desk.page("refused.html", {"sentence": refusal_text(error)}, status=409)


def _sit_down(request: Request, form: Form) -> Desk | Response:
    """Return the officer's desk, or the page on which he signs in."""
    site = site_of(request)
    store, now = site.open_store(), site.clock()
    token = request.cookies.get(COOKIE, "")
    session = find_session(store, token, site.desk_limits, now=now) if token else None
    if session is None or not session.live:
        if session is not None and form.pairs and site.tickets.fits(session.officer, form.ticket):
            return show_sign_in(request, held=hold(store, session.officer, request.url.path, form), status=401)
        if _is_poll(request):
            return Response(status_code=204)
        back = request.url.path if request.method == "GET" else HOME
        return RedirectResponse(f"{HOME}/sign-in?next={quote(back)}", status_code=303)
    if not _is_poll(request):
        keep_alive(store, session, now=now)
    return Desk(request, site, store, session, load_officer(store, session.officer), now, form)


def _is_poll(request: Request) -> bool:
    """Tell whether an open page asks for news by itself: nobody needs to sit before it, and it may hold typed text."""
    return request.method == "GET" and bool(request.headers.get("hx-request"))


def _lead(turn: str, taken: Taken) -> Response:
    path, _, anchor = taken.address.partition("#")
    joint = "&" if "?" in path else "?"
    address = f"{path}{joint}done={quote(turn)}" + (f"#{anchor}" if anchor else "")
    return RedirectResponse(address, status_code=303)
