"""A draft on its way to being published: what is wrong with it, what it would change, and that this was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.memory.reviewing import load_questions, settle_questions, tell_askers
from knowledge.documents import find_document
from knowledge.entry_drafts import (
    DraftClosedError,
    DraftState,
    EntryDraft,
    drop_draft,
    keep_rehearsed,
    load_draft,
    publish,
)
from knowledge.entry_proof import Candidate, Examined, examine
from knowledge.entry_store import find_entries
from knowledge.evidence.checker import Claim
from knowledge.generations import live_generation
from knowledge.rehearsal import Change, Rehearsed, Stage, Tried, rehearsal, try_wordings
from language.masking import mask
from storage.database import transaction
from storage.store import Store
from storage.times import local_date
from web.background import Show
from web.forms import whole_number
from web.knowledge_desk.differences import NAMES
from web.knowledge_desk.rights import refresh_index, show_page
from web.officers.door import Desk
from web.site import Site

KINDS: Final = {
    "answer": "回答",
    "abstain": "说不知道",
    "clarify": "反问",
    "report": "请他报困难",
    "handoff": "转给人",
    "smalltalk": "寒暄",
}
CLAIMS: Final = {
    Claim.NUMBER: "数字",
    Claim.QUANTITY: "数量",
    Claim.AGENCY: "机构",
    Claim.PLACE: "地方",
    Claim.CONDITION: "条件",
    Claim.STATEMENT: "说法",
    Claim.POLARITY: "肯定还是否定",
    Claim.MODAL: "语气",
}
_CHANGED: Final = "刚才有人改了这份草稿，或者已经发布、放弃了。请看现在的样子。"


@dataclass(frozen=True)
class Met:
    """A question with how it is met now and would be then, in words; ``good``: then from this very entry."""

    question: str
    before: str
    after: str
    good: bool
    worse: bool


def show(desk: Desk) -> Response:
    """GET /desk/knowledge/drafts/{number}."""
    return _page(desk, draft_of(desk))


def progress(desk: Desk) -> Response:
    """GET /desk/knowledge/drafts/{number}/news?shown=: how far it is; the page is due again when there is more to show.

    ``shown`` is of how many golden questions the page tells already.
    """
    draft = draft_of(desk)
    job = desk.site.background.job(_key(draft.number))
    context = {"draft": draft, "job": job, "rehearsed": draft.rehearsed}
    text = desk.site.templates.text("desk/knowledge_progress.html", context)
    more = draft.rehearsed is not None and str(draft.rehearsed.golden) != desk.request.query_params.get("shown", "0")
    headers = {"HX-Refresh": "true"} if more or job is None or not job.under_way else {}
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)


def rehearse(desk: Desk) -> Response:
    """POST /desk/knowledge/drafts/{number}/rehearse: look up once more what it would change."""
    draft = draft_of(desk)
    with desk.writing():
        answer = desk.done(f"/desk/knowledge/drafts/{draft.number}", "在查了，查完会显示在下面。")
    begin_rehearsing(desk.site, draft)
    return answer


def stop(desk: Desk) -> Response:
    """POST /desk/knowledge/drafts/{number}/stop: look no further; what the draft says stays."""
    draft = draft_of(desk)
    with desk.writing():
        answer = desk.done(f"/desk/knowledge/drafts/{draft.number}", "不查了。草稿还在，要发布的时候再查。")
    desk.site.background.stop(_key(draft.number))
    return answer


def make_public(desk: Desk) -> Response:
    """POST /desk/knowledge/drafts/{number}/publish: put it in force and tell whoever had asked."""
    draft = draft_of(desk)
    obstacle = _obstacle(desk, draft)
    if obstacle:
        return _page(desk, draft, problem=obstacle)
    gazetteer = desk.site.places.gazetteer
    try:
        with desk.writing():
            reason = desk.form.text("reason")
            publish(desk.store, draft, gazetteer, officer=desk.officer.id, now=desk.now, reason=reason)
            told = _tell(desk, draft)
            done = "恢复成随程序附带的写法了" if draft.gives_back else "发布了，署您的名字和今天的日期"
            said = f"{done}。索引更新完就照它答。{f'告诉了 {told} 位问过的人。' if told else ''}"
            answer = desk.done(f"/desk/knowledge/entries/{draft.entry.id}", said)
    except DraftClosedError:
        return _page(desk, draft_of(desk), problem=_CHANGED)
    refresh_index(desk.site)
    return answer


def drop(desk: Desk) -> Response:
    """POST /desk/knowledge/drafts/{number}/drop."""
    draft = draft_of(desk)
    try:
        with desk.writing():
            drop_draft(desk.store, draft)
            return desk.done("/desk/knowledge/entries", "草稿放弃了，什么都没有变。")
    except DraftClosedError:
        return _page(desk, draft_of(desk), problem=_CHANGED)


def draft_of(desk: Desk, number: object = None) -> EntryDraft:
    """Return the draft of the address (or of a number given as text), or answer that there is no such page."""
    given = desk.request.path_params.get("number") if number is None else number
    try:
        return load_draft(desk.store, whole_number(str(given), digits=15) or 0)
    except LookupError as error:
        raise HTTPException(404) from error


def stage_of(site: Site, draft: EntryDraft) -> str:
    """Return how far an open draft is on its way to being published, in words."""
    job = site.background.job(_key(draft.number))
    if job is not None and job.under_way:
        return f"正在查，{job.percent}%" if job.total else "正在查"
    if draft.rehearsed is None or not draft.rehearsed.whole:
        return "没有查完"
    return "要再查一遍" if draft.rehearsed.generation != _live(site.open_store()) else "查完了，等您看"


def begin_rehearsing(site: Site, draft: EntryDraft) -> None:
    """Look up in the background what a draft would change, where nothing speaks against it already."""
    if draft.state is not DraftState.OPEN or not _examined(site.open_store(), site, draft).fit:
        return

    def work(show: Show) -> None:
        _rehearse(site, draft.number, show)

    site.background.start(_key(draft.number), work)


def _rehearse(site: Site, number: int, show: Show) -> None:
    store, now = site.open_store(), site.clock()
    draft = load_draft(store, number)
    area = site.places.gazetteer.by_path(draft.entry.area)
    code = area.code or None if area is not None else None
    asked = load_questions(store, draft.answers)
    present = Stage(store, site.knowledge)
    with rehearsal(present, site.settings, draft.entry, now=now, day=local_date(now)) as tried:
        own = try_wordings(tried, (draft.entry.question, *draft.entry.variants), code)
        theirs = try_wordings(tried, [one.text for one in asked], code)
        # The askers' own words are sealed where they are kept: here stands the answer that they were given.
        named = tuple(replace(change, question=one.id) for change, one in zip(theirs, asked, strict=True))
        live = tried.before.knowledge.snapshot(store).generation.number
        examination = site.knowing.examination
        for part in examination(tried, show) if examination else (Tried((), 0, 0),):
            rehearsed = Rehearsed(live, own, named, part.changes, part.asked, part.total)
            with transaction(store):
                keep_rehearsed(store, draft, rehearsed)


def _page(desk: Desk, draft: EntryDraft, *, problem: str = "") -> Response:
    examined = _examined(desk.store, desk.site, draft)
    rehearsed = draft.rehearsed
    questions = {one.id: mask(one.text) for one in load_questions(desk.store, draft.answers)}
    own, asked, changes = (rehearsed.own, rehearsed.asked, rehearsed.changes) if rehearsed else ((), (), ())
    asked = tuple(replace(one, question=questions[one.question]) for one in asked if one.question in questions)
    context = {
        "draft": draft,
        "entry": draft.entry,
        "examined": examined,
        "claims": CLAIMS,
        "names": NAMES,
        "rehearsed": rehearsed,
        "own": _met(desk.store, draft, own),
        "asked": _met(desk.store, draft, asked),
        "changes": _met(desk.store, draft, changes),
        "waiting": list(questions.values()),
        "reason": desk.form.text("reason"),
        "stale": rehearsed is not None and rehearsed.generation != _live(desk.store),
        "job": desk.site.background.job(_key(draft.number)),
        "problem": problem,
    }
    return show_page(desk, "knowledge_draft.html", context, status=409 if problem else 200)


def _obstacle(desk: Desk, draft: EntryDraft) -> str:
    """Return why a draft may not be published now, nothing where it may."""
    if draft.state is not DraftState.OPEN:
        return _CHANGED
    examined = _examined(desk.store, desk.site, draft)
    if not examined.fit:
        return "还不能发布：下面查出来的毛病要先改好。"
    if draft.rehearsed is None or not draft.rehearsed.whole:
        return "还没有查完发布以后会改变什么。查完、看过，再发布。"
    if draft.rehearsed.generation != _live(desk.store):
        return "查完以后资料或问答又变了，查的不算数了。请再查一遍。"
    if examined.conflicts and not desk.form.text("reason"):
        return "和在用的文件或条目有对不上的数。请写明为什么还这样发布，或者先改。"
    return "" if desk.form.text("seen") == "1" else "请先看下面会改变什么，勾上“看过了”，再发布。"


def _tell(desk: Desk, draft: EntryDraft) -> int:
    if not draft.answers:
        return 0
    entry, area = draft.entry, desk.site.places.gazetteer.by_path(draft.entry.area)
    assert area is not None, "examined before"
    told = tell_askers(desk.store, draft.answers, entry, area.code, now=desk.now)
    settle_questions(desk.store, draft.answers, entry=entry.id, officer=desk.officer.id, now=desk.now)
    desk.record("question.answered", entry.id, questions=len(draft.answers), told=told)
    return told


def _met(store: Store, draft: EntryDraft, changes: Sequence[Change]) -> list[Met]:
    names = _names(store, draft, [one.document for change in changes for one in (change.before, change.after)])
    own = f"“{draft.entry.question}”"
    return [
        Met(
            change.question,
            _said(change.before.kind, names[change.before.document]),
            "还是它，话变了" if change.wording else _said(change.after.kind, names[change.after.document]),
            names[change.after.document] == own,
            change.worse,
        )
        for change in changes
    ]


def _said(kind: str, name: str) -> str:
    return f"{KINDS.get(kind, kind)}{name}"


def _names(store: Store, draft: EntryDraft, ids: Iterable[str]) -> dict[str, str]:
    """Return what entries and documents are called, by id."""
    wanted = set(ids)
    entries = find_entries(store, wanted)
    names = {"": ""}
    for id_ in wanted - {""}:
        document = None if id_ in entries else find_document(store, id_)
        names[id_] = f"“{entries[id_].question}”" if id_ in entries else f"《{document.title}》" if document else ""
    return names | {draft.entry.id: f"“{draft.entry.question}”"}


def _examined(store: Store, site: Site, draft: EntryDraft) -> Examined:
    gazetteer, day = site.places.gazetteer, local_date(site.clock())
    return examine(store, site.knowledge, Candidate(draft.entry, draft.grounds), gazetteer, day=day)


def _live(store: Store) -> int:
    live = live_generation(store)
    return live.number if live is not None else 0


def _key(number: int) -> str:
    return f"draft:{number}"
