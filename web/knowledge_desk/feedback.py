"""Answers that people found of no use, with what led to them; marked once somebody dealt with them."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.memory.reviewing import Disliked, load_disliked, settle_feedback
from knowledge.documents import find_document
from knowledge.entry_store import find_entries
from language.masking import mask
from web.knowledge_desk.rights import show_page
from web.officers.door import Desk

_LATEST: Final = 100


def show(desk: Desk) -> Response:
    """GET /desk/knowledge/feedback?done=: those that wait, or those dealt with."""
    done = desk.request.query_params.get("done") == "1"
    rows = [
        {"given": one, "question": mask(one.question), "grounds": _grounds(desk, one)}
        for one in load_disliked(desk.store, settled=done, limit=_LATEST)
    ]
    return show_page(desk, "knowledge_feedback.html", {"rows": rows, "done": done})


def settle(desk: Desk) -> Response:
    """POST /desk/knowledge/feedback/{id}/done."""
    answer = desk.request.path_params["id"]
    with desk.writing():
        if not settle_feedback(desk.store, answer, officer=desk.officer.id, now=desk.now):
            raise HTTPException(404)
        desk.record("feedback.settled", answer)
        return desk.done("/desk/knowledge/feedback", "记下了：看过，处理了。")


def _grounds(desk: Desk, given: Disliked) -> list[tuple[str, str, str]]:
    """Return address, name and quoted words of each thing that an answer rested on; no address where it is gone."""
    entries = find_entries(desk.store, [one.document for one in given.quoted])
    found: list[tuple[str, str, str]] = []
    for one in given.quoted:
        document = find_document(desk.store, one.document)
        if one.document in entries:
            found.append((f"/desk/knowledge/entries/{one.document}", entries[one.document].question, ""))
        elif document is not None:
            found.append((f"/desk/knowledge/documents/{one.document}", f"《{document.title}》{one.section}", one.quote))
        else:
            found.append(("", one.section, one.quote))
    return list(dict.fromkeys(found))
