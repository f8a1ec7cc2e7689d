"""Who may do what at the knowledge desk, and the state of the index that every change of it waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cases.actors import Officer, Role
from knowledge.answer import Asker
from web.background import Job, Show
from web.officers.door import Desk
from web.site import Site

INDEX: Final = "index"
_EDITORS: Final = frozenset({Role.ADMIN, Role.COUNTY})


def may_edit(officer: Officer) -> bool:
    """Tell whether an officer changes what is known here: the county's people and administrators do."""
    return any(grant.role in _EDITORS for grant in officer.grants)


def asker_of(officer: Officer) -> Asker:
    """Return as whom an officer reads documents, as in his chat: whoever holds an office is one."""
    return Asker.OFFICER if officer.grants else Asker.VILLAGER


def editing(view: Callable[[Desk], Response]) -> Callable[[Desk], Response]:
    """Return a view for those who may edit; to others it says who may."""

    def guarded(desk: Desk) -> Response:
        if may_edit(desk.officer):
            return view(desk)
        sentence = "知识库由县级工作人员和管理员来改。您可以看，可以试。"
        return desk.page("refused.html", {"sentence": sentence}, status=403)

    return guarded


def show_page(desk: Desk, template: str, context: Mapping[str, object], *, status: int = 200) -> Response:
    """Return a page of the knowledge desk."""
    shared = {"edits": may_edit(desk.officer), "index": index_job(desk.site)}
    return desk.page(template, {**shared, **context}, status=status)


def refresh_index(site: Site) -> None:
    """Bring the index up to date in the background."""

    def work(show: Show) -> None:
        site.knowledge.refresh(site.open_store(), now=site.clock(), progress=show)

    site.background.start(INDEX, work)


def index_job(site: Site) -> Job | None:
    """Return how the refreshing of the index stands, None when nobody asked for it since the start."""
    return site.background.job(INDEX)


def number_of(desk: Desk) -> int:
    """Return the number in the address."""
    number = desk.request.path_params["number"]
    if not isinstance(number, int) or number >= 2**53:
        raise HTTPException(404)
    return number
