"""我的进度: where this phone's reports stand, and a look-up by number and telephone."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation.buttons import Verb, data
from bot.conversation.kinds import Say
from bot.conversation.progress import as_json
from bot.conversation.reading import standing_of
from bot.turn import Message
from cases.actors import Reporter
from cases.errors import TooManyLookupsError
from cases.progress import Progress, find_progress, progress_of_chat
from storage.database import transaction
from web.forms import Form, read_form
from web.guard import check_origin
from web.problems import Problem
from web.sessions import Session
from web.site import Site, site_of
from web.villagers.turns import CHANNEL

_LONGEST_DELAY: Final = 5.0


async def show(request: Request) -> Response:
    """GET /progress."""
    return await _show(request, site_of(request).session(request))


async def look_up(request: Request) -> Response:
    """POST /progress: the stage and date of one report, for who knows its number and its telephone."""
    site = site_of(request)
    check_origin(request)
    form = await read_form(request)
    session = site.sessions.of(request, site.clock())
    if session is None or not site.tickets.fits(session.chat, form.ticket):
        return await _show(request, session or site.sessions.mint(), form=form, problem=Problem.STALE)
    address = request.client.host if request.client else ""
    if site.lookup_pace.reserve(address, now=site.clock().timestamp(), longest=_LONGEST_DELAY) is None:
        return await _show(request, session, form=form, problem=Problem.TOO_MANY_LOOKUPS)
    found = await run_in_threadpool(_find, site, session, form)
    if isinstance(found, Problem):
        return await _show(request, session, form=form, problem=found)
    return await _show(request, session, found=_worded(site, [found], own=False))


async def _show(
    request: Request,
    session: Session,
    *,
    form: Form | None = None,
    found: Message | None = None,
    problem: Problem | None = None,
) -> Response:
    site = site_of(request)
    own = await run_in_threadpool(
        lambda: progress_of_chat(site.open_store(), Reporter(channel=CHANNEL, chat=session.chat))
    )
    context = {
        "own": _without_look_up(_worded(site, own, own=True)) if own else None,
        "found": found,
        "problem": problem,
        "receipt": form.text("receipt") if form else "",
        "phone": form.text("phone") if form else "",
    }
    return site.page(request, session, "progress.html", context, status=problem.status if problem else 200)


def _find(site: Site, session: Session, form: Form) -> Progress | Problem:
    store = site.open_store()
    asker = Reporter(channel=CHANNEL, chat=session.chat)
    try:
        with transaction(store):
            found = find_progress(
                store,
                receipt=form.text("receipt"),
                phone=form.text("phone"),
                code=form.text("code"),
                asker=asker,
                now=site.clock(),
            )
    except TooManyLookupsError:
        return Problem.TOO_MANY_LOOKUPS
    return found or Problem.NO_SUCH_REPORT


def _without_look_up(message: Message) -> Message:
    """Drop the button that asks for another number: the form for that stands below."""
    rows = (tuple(one for one in row if one.data != data(Verb.OWN_CASE)) for row in message.buttons)
    return replace(message, buttons=tuple(filter(None, rows)))


def _worded(site: Site, found: list[Progress], *, own: bool) -> Message:
    rows = [as_json(standing_of(progress)) for progress in found]
    return site.word(Say.PROGRESS, {"rows": rows, "own": own}, personal_data=True)
