"""Questions that found no answer: put together, the most asked first; answered by an entry, or put aside."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.memory.answers import load_unanswered
from bot.memory.reviewing import settle_questions
from knowledge.answer import Hit
from knowledge.entry_store import find_entries
from knowledge.knowledge import NoIndexError
from knowledge.unanswered import Cluster, cluster
from language.masking import mask
from web.knowledge_desk.rights import asker_of, show_page
from web.officers.door import Desk

# How many of the latest are looked at: embedding each takes some 20 ms the first time.
LATEST: Final = 300
_SHOWN: Final = 12
_NEAREST: Final = 5


def show_all(desk: Desk) -> Response:
    """GET /desk/knowledge/unanswered."""
    groups = clusters(desk)
    context = {"groups": [(one, mask(one.questions[0].text)) for one in groups], "latest": LATEST}
    return show_page(desk, "knowledge_unanswered.html", context)


def show(desk: Desk) -> Response:
    """GET /desk/knowledge/unanswered/{id}: how it was asked, and what comes nearest."""
    group = cluster_of(desk, desk.request.path_params["id"])
    asked = [(one.at, mask(one.text)) for one in group.questions]
    context = {"group": group, "asked": asked[-_SHOWN:], "nearest": _nearest(desk, group)}
    return show_page(desk, "knowledge_cluster.html", context)


def put_aside(desk: Desk) -> Response:
    """POST /desk/knowledge/unanswered/{id}/aside: nothing for an entry; it leaves the list."""
    group = cluster_of(desk, desk.request.path_params["id"])
    with desk.writing():
        settle_questions(
            desk.store, [one.id for one in group.questions], entry="", officer=desk.officer.id, now=desk.now
        )
        desk.record("question.put_aside", group.id, questions=group.count)
        return desk.done("/desk/knowledge/unanswered", "放到一边了，不再列出来。再有人问，会重新出现。")


def clusters(desk: Desk) -> list[Cluster]:
    """Return the open questions, put together."""
    return cluster(load_unanswered(desk.store, limit=LATEST), desk.site.knowledge.embedder)


def cluster_of(desk: Desk, name: str) -> Cluster:
    """Return the cluster of this name, or answer that there is no such page."""
    found = next((one for one in clusters(desk) if one.id == name), None)
    if found is None:
        raise HTTPException(404)
    return found


def _nearest(desk: Desk, group: Cluster) -> list[tuple[Hit, bool]]:
    """Return what the first question comes nearest to, and of each whether it is an entry."""
    knowledge, text = desk.site.knowledge, group.questions[0].text
    asker, area = asker_of(desk.officer), knowledge.service_area
    try:
        hits = knowledge.search(desk.store, text, as_of=desk.today, k=_NEAREST, asker=asker, area=area)
    except NoIndexError:
        return []
    entries = find_entries(desk.store, [one.document for one in hits])
    return [(one, one.document in entries) for one in hits]
