"""The page behind the code of a public notice: who objects writes why, gets a number and the day of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.wording import phrases
from bot.wording.refusals import refusal
from cases.actions.hear_objection import ByCode, object_by_code
from cases.actors import Reporter
from cases.errors import CasesError
from cases.public_notice.notice import PublicNotice, cases_on, find_notice
from storage.database import transaction
from web.forms import whole_number
from web.problems import Problem
from web.sessions import Session
from web.site import Site, site_of
from web.villagers.own_form import own_form
from web.villagers.turns import CHANNEL

_LONGEST_DELAY: Final = 5.0
_BLANK: Final = {"position": "", "text": "", "name": ""}


@dataclass(frozen=True)
class _Scanned:
    """A notice whose code was scanned, and how many households it lists."""

    code: str
    notice: PublicNotice
    households: int


async def show(request: Request) -> Response:
    """GET /o/{code}: whose notice it is, and the form; no household is named here."""
    site = site_of(request)
    scanned = await run_in_threadpool(_scanned, site, request)
    return _page(request, site.session(request), scanned)


async def send(request: Request) -> Response:
    """POST /o/{code}: enter the objection."""
    site = site_of(request)
    form = await own_form(request)
    session = site.session(request)
    scanned = await run_in_threadpool(_scanned, site, request)
    typed = {name: form.text(name) for name in _BLANK}
    address = request.client.host if request.client else ""
    if site.lookup_pace.reserve(address, now=site.clock().timestamp(), longest=_LONGEST_DELAY) is None:
        return _page(request, session, scanned, typed=typed, problem=Problem.HURRIED.sentence)
    try:
        said = await run_in_threadpool(_enter, site, session, scanned, typed, form.ticket.turn)
    except CasesError as error:
        sentence = refusal({"code": error.code, "fields": error.params}).text
        return _page(request, session, scanned, typed=typed, problem=sentence)
    return _page(request, session, scanned, said=said)


def _scanned(site: Site, request: Request) -> _Scanned:
    code = str(request.path_params["code"])
    number = site.village_codes.read_notice(code)
    store = site.open_store()
    notice = find_notice(store, number) if number is not None else None
    if notice is None:
        raise HTTPException(404)
    return _Scanned(code, notice, len(cases_on(store, notice)))


def _enter(site: Site, session: Session, scanned: _Scanned, typed: dict[str, str], turn: str) -> str:
    store = site.open_store()
    position = whole_number(typed["position"], digits=3) or 0
    objection = ByCode(turn, position, typed["text"], typed["name"])
    with transaction(store):
        actor = Reporter(channel=CHANNEL, chat=session.chat)
        raised = object_by_code(store, scanned.notice.number, objection, actor=actor, now=site.clock())
    day = phrases.day(raised.answer_by.isoformat())
    return f"登记好了：这张公示的第 {raised.number} 号意见，{day}前答复。要问结果，向村里报这个号。"


def _page(request: Request, session: Session, scanned: _Scanned, **shown: object) -> Response:
    site = site_of(request)
    context = {
        "code": scanned.code,
        "notice": scanned.notice,
        "village": site.places.last(scanned.notice.area_code),
        "households": scanned.households,
        "typed": _BLANK,
        "problem": "",
        "said": "",
    }
    return site.page(
        request, session, "objection.html", {**context, **shown}, status=422 if "problem" in shown else 200
    )
