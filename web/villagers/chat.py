"""The chat page: shows the talk, takes a post, and hands new messages to the page's script."""

from __future__ import annotations

import math
from typing import Final

import anyio
from anyio.to_thread import run_sync
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.turn import Location
from web.errors import wants_json
from web.forms import Form, read_form, whole_number
from web.guard import check_origin
from web.problems import Problem
from web.sessions import Session
from web.site import Site, site_of
from web.villagers import report
from web.villagers.enclosures import NOTHING, EnclosureError, Enclosures, open_enclosures
from web.villagers.history import START, Bookmark, History, read_history
from web.villagers.inlet import take
from web.villagers.turns import Saying

_MOST_PHOTOS: Final = 3
_EXAMPLES: Final = (
    "家里人住院花了很多钱，能帮吗？",
    "娃上大学交不起学费咋办？",
    "报了困难，几天有人来看？",
)
_LONGEST_DELAY: Final = 8.0


async def show(request: Request) -> Response:
    """GET /: the chat and its form; ``?all=1`` shows it from the beginning."""
    return await _show(request, site_of(request).session(request))


async def say(request: Request) -> Response:
    """POST /say: store what was said, wait a little for the answer, and show it."""
    site = site_of(request)
    check_origin(request)
    form = await read_form(request)
    session = site.sessions.of(request, site.clock())
    if session is None or not site.tickets.fits(session.chat, form.ticket):
        problem = Problem.STALE if request.cookies else Problem.NO_COOKIES
        return await _refuse(request, session or site.sessions.mint(), problem, form)
    sayings = _sayings(form)
    refusal = _check(site, form, sayings) or await _slow_down(site, request, session)
    if refusal is not None:
        return await _refuse(request, session, refusal, form)
    try:
        enclosed = await run_in_threadpool(open_enclosures, form.files, _location(form, "photo_"))
    except EnclosureError as error:
        return await _refuse(request, session, error.problem, form)
    for saying in sayings:
        with_it = enclosed if saying is sayings[-1] else NOTHING
        row = await run_in_threadpool(_take, site, session, form.ticket.turn, saying, with_it)
        await _wait(site, row)
    if wants_json(request):
        return await _news(request, session, _bookmark(form.text("said"), form.text("told")))
    return RedirectResponse("/#now", status_code=303)


async def news(request: Request) -> Response:
    """GET /news: what came after the places that the page's script names."""
    site = site_of(request)
    session = site.sessions.of(request, site.clock())
    if session is None:
        return JSONResponse({"problem": Problem.STALE.sentence}, status_code=Problem.STALE.status)
    query = request.query_params
    return await _news(request, session, _bookmark(query.get("said", ""), query.get("told", "")))


async def _show(request: Request, session: Session, *, problem: Problem | None = None, draft: str = "") -> Response:
    site = site_of(request)
    whole = request.query_params.get("all") == "1"
    history = await _read(site, session, START, whole=whole)
    context = {"history": history, "problem": problem, "draft": draft, "examples": _EXAMPLES}
    return site.page(request, session, "chat.html", context, status=problem.status if problem else 200)


async def _refuse(request: Request, session: Session, problem: Problem, form: Form) -> Response:
    """Show the page again with what was typed still in it."""
    if form.text("page") == report.PAGE and not wants_json(request):
        return report.page(request, session, problem=problem, draft=form.text("text"))
    if not wants_json(request):
        return await _show(request, session, problem=problem, draft=form.text("text"))
    site = site_of(request)
    ticket = site.tickets.mint(session.chat)
    # The page may show the talk of a session that is gone: its script shows the one of this ticket from the beginning.
    lost = problem in (Problem.STALE, Problem.NO_COOKIES)
    body = {"problem": problem.sentence, "turn": ticket.turn, "seal": ticket.seal, "afresh": lost}
    response = JSONResponse(body, status_code=problem.status)
    if session.stale:
        site.sessions.attach(response, session, request, site.clock())
    return response


async def _news(request: Request, session: Session, after: Bookmark) -> Response:
    site = site_of(request)
    history = await _read(site, session, after, whole=True)
    ticket = site.tickets.mint(session.chat)
    html = site.templates.text("bubbles.html", {"history": history, "ticket": ticket})
    return JSONResponse(
        {
            "html": html,
            "said": history.end.said,
            "told": history.end.told,
            "waiting": history.waiting,
            "wipes": history.wipes,
            "turn": ticket.turn,
            "seal": ticket.seal,
        }
    )


async def _read(site: Site, session: Session, after: Bookmark, *, whole: bool) -> History:
    return await run_in_threadpool(
        lambda: read_history(site.open_store(), session.chat, site.word, now=site.clock(), after=after, whole=whole)
    )


async def _slow_down(site: Site, request: Request, session: Session) -> Problem | None:
    """Let who posts too fast wait; who posts far too fast is asked to press again later."""
    now = site.clock().timestamp()
    address = request.client.host if request.client else ""
    for pace, sender in ((site.address_pace, address), (site.chat_pace, session.chat)):
        delay = pace.reserve(sender, now=now, longest=_LONGEST_DELAY)
        if delay is None:
            return Problem.HURRIED
        await anyio.sleep(delay)
    return None


async def _wait(site: Site, row: str) -> None:
    """Give the workers a moment to answer; when many wait already, the page fetches the answer later."""
    site.workers.wake()
    if site.waiting.borrowed_tokens < site.waiting.total_tokens:
        await run_sync(site.workers.wait_for, row, site.settings.web.wait_seconds, limiter=site.waiting)


def _take(site: Site, session: Session, turn: str, saying: Saying, enclosed: Enclosures) -> str:
    return take(site.open_store(), session.chat, turn, saying, enclosed, site.clock())


def _check(site: Site, form: Form, sayings: list[Saying]) -> Problem | None:
    if len(form.files) > _MOST_PHOTOS:
        return Problem.TOO_MANY_PHOTOS
    if any(len(file) > site.settings.web.photo_megabytes * 1024 * 1024 for file in form.files):
        return Problem.PHOTO_TOO_LARGE
    return None if sayings else Problem.EMPTY


def _sayings(form: Form) -> list[Saying]:
    """Return what the form says: the button first, then what was written or shown with it."""
    pressed = Saying(button=form.text("button"), start=form.text("start"))
    told = Saying(text=form.text("text"), location=_location(form))
    said = [pressed] if pressed != Saying() else []
    return [*said, told] if told != Saying() or form.files else said


def _location(form: Form, of: str = "") -> Location | None:
    """Return the point that the form carries, or None when there is none on this earth."""
    try:
        latitude, longitude = float(form.text(f"{of}latitude")), float(form.text(f"{of}longitude"))
    except ValueError:
        return None
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return Location(latitude=latitude, longitude=longitude)


def _bookmark(said: str, told: str) -> Bookmark:
    return Bookmark(said=whole_number(said, digits=18) or 0, told=whole_number(told, digits=18) or 0)
