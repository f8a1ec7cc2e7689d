"""Documents: which are in use, what each says of itself and by which words, what cleaning did, and putting it right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cases.errors import CasesError
from cases.officers import find_officer, load_officer
from ingest.correcting import FIELD_NAMES, UNKNOWN_PLACE, By, UnfitValueError, choices_of, put_right, stored_value
from ingest.describing import date_of, place_of
from ingest.intake import load_raw
from ingest.judging import AUTHORITY_NAMES
from ingest.report import CleaningReport, Found
from ingest.uploads import UploadState, upload_of
from knowledge.applicability import may_see
from knowledge.corrections import Correction, load_corrections
from knowledge.documents import (
    Document,
    count_passages,
    find_document,
    load_documents,
    load_edition,
    load_passages,
    load_readings,
)
from knowledge.retiring import restore as put_back
from knowledge.retiring import retire as take_out
from knowledge.retiring import retirement_of
from knowledge.standing import Authority
from knowledge.ties import load_relations, relations_naming
from storage.store import Store
from web.forms import whole_number
from web.knowledge_desk.rights import asker_of, refresh_index, show_page
from web.knowledge_desk.versions import give_back, older_of, take_place, words_on
from web.officers.door import Desk

_A_PAGE: Final = 50
_DATES: Final = frozenset({"written_on", "published_on", "valid_from", "valid_to"})


class State(StrEnum):
    """What a document is good for today."""

    IN_USE = "在用"
    SUPERSEDED = "被代替"
    OVER = "过期"
    RETIRED = "撤下"
    HELD = "待定"


@dataclass(frozen=True)
class Row:
    """A document in the list."""

    document: Document
    state: State
    place: str
    day: str
    authority: str
    passages: int


@dataclass(frozen=True)
class Particular:
    """One particular with the words it was read from, and how to put it right."""

    field: str
    name: str
    value: str
    evidence: tuple[Found, ...]
    correction: Correction | None
    corrected_by: str
    choices: tuple[str, ...]
    is_date: bool


def show_all(desk: Desk) -> Response:
    """GET /desk/knowledge/documents?q=&state=&page=."""
    query = desk.request.query_params
    words, wanted = query.get("q", "").strip()[:60], query.get("state", "")
    found = [(one, state_of(desk.store, one, desk.today)) for one in _readable(desk)]
    counts = {state: sum(state is other for _, other in found) for state in State}
    kept = [
        (one, state)
        for one, state in found
        if (state.value == wanted or not wanted) and all(word in _words_of(one) for word in words.split())
    ]
    pages = max(1, -(-len(kept) // _A_PAGE))
    page = min(whole_number(query.get("page", ""), digits=6) or 1, pages)
    shown = kept[(page - 1) * _A_PAGE : page * _A_PAGE]
    passages = count_passages(desk.store)
    context = {
        "rows": [_row(desk, one, state, passages.get(one.id, 0)) for one, state in shown],
        "total": len(kept),
        "counts": counts,
        "words": words,
        "wanted": wanted,
        "page": page,
        "pages": pages,
    }
    return show_page(desk, "knowledge_documents.html", context)


def show(desk: Desk) -> Response:
    """GET /desk/knowledge/documents/{id}."""
    return _page(desk)


def show_text(desk: Desk) -> Response:
    """GET /desk/knowledge/documents/{id}/text: the file as it was, and the document as it was cleaned."""
    document = _document(desk)
    edition = load_edition(desk.store, document.id)
    assert edition is not None, "a document has an edition"
    context = {"document": document, "raw": load_raw(desk.store, document.source), "edition": edition}
    return show_page(desk, "knowledge_text.html", context)


def correct(desk: Desk) -> Response:
    """POST /desk/knowledge/documents/{id}/correct: put one particular right, or let what was read count again."""
    document, field = _document(desk), desk.form.text("field")
    if field not in FIELD_NAMES:
        raise HTTPException(400)
    back = desk.form.text("undo") == "1"
    try:
        text = desk.form.text("value")
        values = {} if back else {field: stored_value(field, text, desk.site.places.gazetteer)}
    except UnfitValueError as error:
        return _page(desk, problem=f"{error}您写的还在。", status=422)
    with desk.writing():
        by = By(str(desk.officer.number), desk.officer.id)
        put_right(desk.store, document.id, values, [field] if back else [], by=by, now=desk.now)
        said = f"{FIELD_NAMES[field]}{'按读出来的算了' if back else '更正好了，以后再导入也不会改回去'}。"
        answer = desk.done(f"/desk/knowledge/documents/{document.id}", said)
    refresh_index(desk.site)
    return answer


def retire(desk: Desk) -> Response:
    """POST /desk/knowledge/documents/{id}/retire."""
    document = _document(desk)
    with desk.writing():
        take_out(desk.store, document.id, by=desk.officer.id, now=desk.now)
        desk.record("document.retired", document.id)
        said = "撤下了：从现在起不再拿它回答。文件再导入，也还是撤下的。"
        answer = desk.done(f"/desk/knowledge/documents/{document.id}", said)
    refresh_index(desk.site)
    return answer


def restore(desk: Desk) -> Response:
    """POST /desk/knowledge/documents/{id}/restore."""
    document = _document(desk)
    if state_of(desk.store, document, desk.today) is State.HELD:
        raise HTTPException(400)
    with desk.writing():
        put_back(desk.store, document.id)
        desk.record("document.restored", document.id)
        answer = desk.done(f"/desk/knowledge/documents/{document.id}", "重新用上了。索引更新完就能答。")
    refresh_index(desk.site)
    return answer


def succeed(desk: Desk) -> Response:
    """POST /desk/knowledge/documents/{id}/succeed: it is the newer version of another one."""
    document = _document(desk)
    answer, problem = take_place(desk, document)
    return answer or _page(desk, problem=problem, status=422)


def part(desk: Desk) -> Response:
    """POST /desk/knowledge/documents/{id}/part: no other one is its newer version after all."""
    return give_back(desk, _document(desk))


def state_of(store: Store, document: Document, today: date) -> State:
    """Return what a document is good for on a day."""
    if retirement_of(store, document.id) is not None:
        upload = upload_of(store, document.source)
        return State.HELD if upload is not None and upload.state is UploadState.HELD else State.RETIRED
    if document.replaced_by is not None:
        return State.SUPERSEDED
    return State.OVER if document.valid_to is not None and document.valid_to < today else State.IN_USE


def particulars_of(desk: Desk, document: Document) -> list[Particular]:
    """Return what a document says of itself, in the order of reading."""
    edition = load_edition(desk.store, document.id)
    report = CleaningReport.from_json(edition.cleaning_report) if edition else CleaningReport()
    corrections = load_corrections(desk.store, document.id).get(document.id, {})
    return [
        Particular(
            field=field,
            name=name,
            value=_shown(desk, document, field),
            evidence=tuple(one for one in report.found if one.name == name),
            correction=corrections.get(field),
            corrected_by=_name_of(desk.store, corrections[field].by) if field in corrections else "",
            choices=choices_of(field),
            is_date=field in _DATES,
        )
        for field, name in FIELD_NAMES.items()
    ]


def _page(desk: Desk, *, problem: str = "", status: int = 200) -> Response:
    document = _document(desk)
    edition = load_edition(desk.store, document.id)
    assert edition is not None, "a document has an edition"
    state = state_of(desk.store, document, desk.today)
    retirement = retirement_of(desk.store, document.id)
    naming = relations_naming(desk.store, document.number, document.title)
    others = {one.document: find_document(desk.store, one.document) for one in naming if one.document != document.id}
    newer, older = words_on(desk, document)
    context = {
        "document": document,
        "state": state,
        "retirement": retirement,
        "retired_by": load_officer(desk.store, retirement.by).name if retirement and retirement.by else "",
        "upload": upload_of(desk.store, document.source),
        "particulars": particulars_of(desk, document),
        "report": CleaningReport.from_json(edition.cleaning_report),
        "readings": load_readings(desk.store, document.id),
        "passages": load_passages(desk.store, document.id, retired=retirement is not None),
        "stated": load_relations(desk.store, document.id),
        "naming": [(one, others[one.document]) for one in naming if others.get(one.document)],
        "newer": newer,
        "older": older,
        "likely": older_of(desk, document) if state is State.IN_USE else [],
        "officer_called": lambda number: _name_of(desk.store, number),
        "typed": (desk.form.text("field"), desk.form.text("value")) if problem else ("", ""),
        "problem": problem,
    }
    return show_page(desk, "knowledge_document.html", context, status=status)


def _document(desk: Desk) -> Document:
    """Return the document of the address, in use or not; one that the officer may not read is none."""
    id_ = desk.request.path_params["id"]
    document = find_document(desk.store, id_) or find_document(desk.store, id_, retired=True)
    if document is None or not may_see(asker_of(desk.officer), document.audience):
        raise HTTPException(404)
    return document


def _readable(desk: Desk) -> list[Document]:
    every = [*load_documents(desk.store), *load_documents(desk.store, retired=True)]
    return [one for one in every if may_see(asker_of(desk.officer), one.audience)]


def _row(desk: Desk, document: Document, state: State, passages: int) -> Row:
    return Row(
        document=document,
        state=state,
        place=place_of(document, desk.site.places.gazetteer),
        day=date_of(desk.store, document),
        authority=AUTHORITY_NAMES[document.authority],
        passages=passages,
    )


def _words_of(document: Document) -> str:
    return f"{document.title} {document.number} {document.publisher} {document.source} {document.id}"


def _shown(desk: Desk, document: Document, field: str) -> str:
    value = getattr(document, field)
    if field == "area":
        return UNKNOWN_PLACE if value is None else desk.site.places.gazetteer.path(value)
    if field == "authority":
        return AUTHORITY_NAMES[Authority(value)]
    return "" if value is None else str(value)


def _name_of(store: Store, number: str) -> str:
    try:
        return find_officer(store, number).name
    except CasesError:
        return f"{number} 号工作人员"
