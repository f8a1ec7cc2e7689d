"""出处: the passage or digest that an answer rests on, in its place in the document. Villagers see what is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from knowledge.documents import Document, Passage, find_document, find_passages, load_passages
from knowledge.entries import Entry
from knowledge.entry_store import find_entries
from knowledge.standing import Audience, Authority
from storage import outbox
from storage.areas import gazetteer_of
from storage.store import Store
from web.site import site_of
from web.villagers.turns import CHANNEL

_AUTHORITY: Final = {
    Authority.OFFICIAL: "政府发布",
    Authority.MEDIA: "媒体报道",
    Authority.UNKNOWN: "看不出是不是政府发的",
    Authority.TEMPLATE: "网上范文",
}


@dataclass(frozen=True)
class PassagePage:
    """A passage with its document's header, and the passages beside it."""

    passage: Passage
    document: Document
    place: str
    authority: str
    before: str | None
    after: str | None


async def follow(request: Request) -> Response:
    """GET /cited/{answer}/{number}: from a citation in this chat to the page that it names."""
    site = site_of(request)
    session = site.sessions.of(request, site.clock())
    if session is None:
        raise HTTPException(404)
    path = request.path_params
    address = await run_in_threadpool(lambda: _address(site.open_store(), session.chat, path["answer"], path["number"]))
    if address is None:
        raise HTTPException(404)
    return RedirectResponse(address, status_code=303)


async def show(request: Request) -> Response:
    """GET /source/{id}: a passage or a digest, ``?mark=5-40`` with these characters marked."""
    site = site_of(request)
    unit = request.path_params["id"]
    found = await run_in_threadpool(lambda: _load(site.open_store(), unit))
    if found is None:
        raise HTTPException(404)
    text = found.answer if isinstance(found, Entry) else found.passage.text
    context = {"found": found, "pieces": _pieces(text, request.query_params.get("mark", ""))}
    template = "digest.html" if isinstance(found, Entry) else "passage.html"
    return site.page(request, site.session(request), template, context)


def _address(store: Store, chat: str, answer: str, number: int) -> str | None:
    """Return the address of the text that the *number*-th citation of an answer given to *chat* quotes."""
    for item in reversed(outbox.for_chat(store, channel=CHANNEL, chat=chat)):
        citations = item.params.get("citations", [])
        if str(item.params.get("id", "")).startswith(answer) and number < len(citations):
            return _place_of(store, citations[number]["document"], citations[number]["quote"])
    return None


def _place_of(store: Store, document: str, quote: str) -> str | None:
    if document in find_entries(store, [document]):
        return f"/source/{document}"
    for passage in load_passages(store, document):
        start = passage.text.find(quote)
        if start >= 0:
            return f"/source/{passage.id}?mark={start}-{start + len(quote)}"
    return None


def _load(store: Store, unit: str) -> Entry | PassagePage | None:
    """Return what stands under this id, or None when there is nothing that the public may read."""
    entry = find_entries(store, [unit]).get(unit)
    if entry is not None:
        return entry if entry.audience is Audience.PUBLIC else None
    passage = find_passages(store, [unit]).get(unit)
    document = find_document(store, passage.document) if passage else None
    if passage is None or document is None or document.audience is not Audience.PUBLIC:
        return None
    ids = [other.id for other in load_passages(store, document.id)]
    at = ids.index(unit) if unit in ids else None
    return PassagePage(
        passage=passage,
        document=document,
        place=gazetteer_of(store).path(document.area) if document.area is not None else "",
        authority=_AUTHORITY[document.authority],
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at is not None and at + 1 < len(ids) else None,
    )


def _pieces(text: str, mark: str) -> tuple[str, str, str]:
    """Return *text* before, in and after the marked range; nothing is marked when the range is not in it."""
    start, _, end = mark.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text)):
        return text, "", ""
    return text[: int(start)], text[int(start) : int(end)], text[int(end) :]
