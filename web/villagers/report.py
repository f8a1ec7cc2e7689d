"""The doors to a report: the first question of 一键报贫, and the code that another channel gave."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.conversation.buttons import Verb, data
from web.problems import Problem
from web.sessions import Session
from web.site import site_of

PAGE: Final = "report"


async def show(request: Request) -> Response:
    """GET /report: what is the trouble, in one sentence; the conversation asks for the rest."""
    return page(request, site_of(request).session(request))


def page(request: Request, session: Session, *, problem: Problem | None = None, draft: str = "") -> Response:
    """Return the page, perhaps with a refusal and with what was typed."""
    context = {"report": data(Verb.REPORT), "problem": problem, "draft": draft}
    return site_of(request).page(request, session, "report.html", context, status=problem.status if problem else 200)


async def resume(request: Request) -> Response:
    """GET /r/{code}: a report begun elsewhere goes on here after a tap, so that a link preview uses no code up."""
    site = site_of(request)
    return site.page(request, site.session(request), "resume.html", {"code": request.path_params["code"]})
