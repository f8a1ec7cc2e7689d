"""Entries: the list, one with its sources, its period and its wordings, and writing or ending one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.memory.reviewing import load_questions
from cases.errors import CasesError
from cases.officers import load_officer
from knowledge.applicability import STAGE_ENDS, may_see
from knowledge.entries import Contact, Entry, bundled_entry
from knowledge.entry_drafts import Written, change_draft, load_draft, open_draft, open_drafts, reasons_for
from knowledge.entry_store import find_entries, load_entries, load_kept
from knowledge.phrases import OFFICES
from knowledge.standing import Stage
from language.masking import mask
from storage.store import Store
from web.forms import whole_number
from web.knowledge_desk.differences import differences
from web.knowledge_desk.drafts import begin_rehearsing, draft_of, stage_of
from web.knowledge_desk.entry_form import (
    AUDIENCES,
    GRADES,
    SOURCES,
    UnfitEntryError,
    fresh_values,
    read_entry,
    typed_values,
    values_of,
)
from web.knowledge_desk.rights import asker_of, show_page
from web.knowledge_desk.unanswered import cluster_of
from web.officers.door import Desk

_A_PAGE: Final = 50
_MOST_VARIANTS: Final = 8
_STATES: Final = ("有效", "那个时期已过", "过期", "还没开始")


@dataclass(frozen=True)
class Row:
    """An entry in the list; ``mark`` says whose it is, where it is no bundled one as it came."""

    entry: Entry
    state: str
    mark: str


def show_all(desk: Desk) -> Response:
    """GET /desk/knowledge/entries?q=&group=&state=&page=."""
    query = desk.request.query_params
    chosen = {name: query.get(name, "").strip()[:60] for name in ("q", "group", "state")}
    kept = load_kept(desk.store)
    every = [one for one in load_entries(desk.store) if may_see(asker_of(desk.officer), one.audience)]
    rows = [Row(one, state_of(one, desk.today), _mark(kept[one.id].bundled, kept[one.id].edited_by)) for one in every]
    found = [row for row in rows if _fits(row, chosen)]
    pages = max(1, -(-len(found) // _A_PAGE))
    page = min(whole_number(query.get("page", ""), digits=6) or 1, pages)
    context = {
        "rows": found[(page - 1) * _A_PAGE : page * _A_PAGE],
        "total": len(found),
        "page": page,
        "pages": pages,
        "chosen": chosen,
        "groups": sorted({one.group for one in every}),
        "states": (*_STATES, "改过", "自己写的"),
        "drafts": [(one, stage_of(desk.site, one)) for one in open_drafts(desk.store)],
    }
    return show_page(desk, "knowledge_entries.html", context)


def show(desk: Desk) -> Response:
    """GET /desk/knowledge/entries/{id}."""
    return _entry_page(desk)


def write(desk: Desk) -> Response:
    """GET /desk/knowledge/write?entry=&cluster=&draft=: the form for an entry, new or not."""
    query = desk.request.query_params
    if query.get("draft", ""):
        draft = draft_of(desk, query["draft"])
        return _form_page(
            desk,
            {**values_of(draft.entry), "grounds": draft.grounds},
            _Basis(draft.entry.id, draft.number, draft.answers),
        )
    known = _find(desk.store, query["entry"]) if query.get("entry") else None
    group = cluster_of(desk, query["cluster"]) if query.get("cluster") else None
    asked = [mask(one.text) for one in group.questions] if group else []
    values = values_of(known) if known else fresh_values(desk.today, "本地问答", _home(desk))
    wordings = [*values.get("variants", "").split("\n"), *asked]
    values["variants"] = "\n".join(dict.fromkeys(filter(None, wordings)))
    if known is None and asked:
        values["question"] = asked[0]
        values["variants"] = "\n".join(dict.fromkeys(asked[1 : 1 + _MOST_VARIANTS]))
    answers = tuple(one.id for one in group.questions) if group else ()
    return _form_page(desk, values, _Basis(known.id if known else "", 0, answers))


def keep(desk: Desk) -> Response:
    """POST /desk/knowledge/write: keep what was written as a draft, and look up what it would change."""
    basis = _basis(desk)
    try:
        entry = read_entry(desk.form, _known(desk, basis), desk.today)
    except UnfitEntryError as error:
        return _form_page(desk, typed_values(desk.form), basis, problem=f"{error}您写的都还在。", wrong=error.field)
    written = Written(entry, desk.form.text("grounds"), basis.answers)
    return _keep_draft(desk, written, basis.draft)


def end(desk: Desk) -> Response:
    """POST /desk/knowledge/entries/{id}/end: a draft in which the entry holds up to a day."""
    entry = _find(desk.store, desk.request.path_params["id"])
    try:
        last = date.fromisoformat(desk.form.text("last"))
    except ValueError:
        return _entry_page(desk, problem="请选最后有效的那一天。")
    return _keep_draft(desk, Written(replace(entry, valid_to=last)), 0)


def give_back(desk: Desk) -> Response:
    """POST /desk/knowledge/entries/{id}/original: a draft in which the entry is as it came with the program."""
    entry = _find(desk.store, desk.request.path_params["id"])
    bundled = bundled_entry(entry.id)
    if bundled is None or bundled == entry:
        return _entry_page(desk, problem="这一条现在就是随程序附带的写法，或者不是随程序来的。")
    return _keep_draft(desk, Written(bundled), 0)


def state_of(entry: Entry, today: date) -> str:
    """Return what an entry is good for on a day, in words."""
    if entry.valid_from is not None and today < entry.valid_from:
        return "还没开始"
    if entry.valid_to is not None:
        return "过期" if today > entry.valid_to else "有效"
    over = STAGE_ENDS.get(entry.stage)
    return "那个时期已过" if over is not None and today > over else "有效"


@dataclass(frozen=True)
class _Basis:
    """What a form edits: an entry in use, a draft (0: none), and the unanswered questions that it is to answer."""

    entry: str
    draft: int
    answers: tuple[str, ...]


def _keep_draft(desk: Desk, written: Written, number: int) -> Response:
    with desk.writing():
        if number:
            change_draft(desk.store, number, written, officer=desk.officer.id, now=desk.now)
        else:
            number = open_draft(desk.store, written, officer=desk.officer.id, now=desk.now)
        answer = desk.done(f"/desk/knowledge/drafts/{number}", "存好了，还没有发布。下面是查出来的。")
    begin_rehearsing(desk.site, load_draft(desk.store, number))
    return answer


def _form_page(desk: Desk, values: Mapping[str, str], basis: _Basis, *, problem: str = "", wrong: str = "") -> Response:
    questions = load_questions(desk.store, basis.answers)
    context = {
        "values": values,
        "basis": basis,
        "asked": [mask(one.text) for one in questions],
        "stages": [(one.value, one.value) for one in Stage],
        "audiences": [(one.value, one.value) for one in AUDIENCES],
        "contacts": {one: OFFICES.get(one, "村委会或乡镇") for one in Contact},
        "grades": GRADES,
        "sources": range(SOURCES),
        "groups": sorted({one.group for one in load_entries(desk.store)}),
        "problem": problem,
        "wrong": wrong,
    }
    return show_page(desk, "knowledge_write.html", context, status=422 if problem else 200)


def _entry_page(desk: Desk, *, problem: str = "") -> Response:
    entry = _find(desk.store, desk.request.path_params["id"])
    if not may_see(asker_of(desk.officer), entry.audience):
        raise HTTPException(404)
    kept = load_kept(desk.store)[entry.id]
    bundled = bundled_entry(entry.id) if kept.bundled and kept.edited_by else None
    topic = [one for one in load_entries(desk.store) if one.topic == entry.topic and one.id != entry.id]
    context = {
        "entry": entry,
        "state": state_of(entry, desk.today),
        "kept": kept,
        "author": _name(desk.store, kept.edited_by),
        "grades": GRADES,
        "office": OFFICES.get(entry.hotline, "村委会或乡镇"),
        "differences": differences(bundled, entry) if bundled is not None else [],
        "reasons": reasons_for(desk.store, entry.id),
        "topic": topic,
        "drafts": [one for one in open_drafts(desk.store) if one.entry.id == entry.id],
        "problem": problem,
    }
    return show_page(desk, "knowledge_entry.html", context, status=422 if problem else 200)


def _basis(desk: Desk) -> _Basis:
    number, answers = desk.form.text("draft"), tuple(desk.form.texts("asked"))
    if number:
        draft = draft_of(desk, number)
        return _Basis(draft.entry.id, draft.number, draft.answers)
    return _Basis(desk.form.text("entry"), 0, tuple(one.id for one in load_questions(desk.store, answers)))


def _known(desk: Desk, basis: _Basis) -> Entry | None:
    if basis.draft:
        return load_draft(desk.store, basis.draft).entry
    return _find(desk.store, basis.entry) if basis.entry else None


def _find(store: Store, id_: str) -> Entry:
    entry = find_entries(store, [id_]).get(id_)
    if entry is None:
        raise HTTPException(404)
    return entry


def _fits(row: Row, chosen: Mapping[str, str]) -> bool:
    words = [row.entry.id, row.entry.question, row.entry.answer, *row.entry.variants]
    return (
        all(word in "\n".join(words) for word in chosen["q"].split())
        and chosen["group"] in ("", row.entry.group)
        and chosen["state"] in ("", row.state, row.mark)
    )


def _mark(bundled: bool, edited_by: str) -> str:
    return "" if not edited_by else "改过" if bundled else "自己写的"


def _name(store: Store, officer: str) -> str:
    try:
        return load_officer(store, officer).name if officer else ""
    except CasesError:
        return ""


def _home(desk: Desk) -> str:
    return desk.site.places.whole(desk.site.knowledge.service_area or "")
