"""The first page of the knowledge desk: what there is, what waits, and whether the index is up to date."""

from __future__ import annotations

from starlette.responses import Response

from ingest.uploads import UploadState, load_uploads
from knowledge.documents import load_documents
from knowledge.entry_store import load_entries
from knowledge.generations import live_generation
from knowledge.indexing import is_current
from web.knowledge_desk.rights import refresh_index, show_page
from web.officers.door import Desk


def show(desk: Desk) -> Response:
    """GET /desk/knowledge."""
    store = desk.store
    context = {
        "documents": len(load_documents(store)),
        "waiting": sum(one.state is UploadState.HELD for one in load_uploads(store)),
        "entries": sum(entry.holds_on(desk.today) for entry in load_entries(store)),
        "live": live_generation(store),
        "current": is_current(store, desk.site.knowledge.embedder),
    }
    return show_page(desk, "knowledge.html", context)


def refresh(desk: Desk) -> Response:
    """POST /desk/knowledge/index: bring the index up to date now."""
    with desk.writing():
        answer = desk.done("/desk/knowledge", "在更新索引了。更新的时候照常回答。")
    refresh_index(desk.site)
    return answer


def index_state(desk: Desk) -> Response:
    """GET /desk/knowledge/index: the line about the index, until it is up to date."""
    text = desk.site.templates.text("desk/knowledge_index.html", {"index": desk.site.background.job("index")})
    return Response(text, media_type="text/html; charset=utf-8")
