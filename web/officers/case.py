"""One case: household, clocks, next steps as forms, what happened, duplicates beside it, photos."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.wording.cases import concern_text, event_label
from bot.wording.letters import letter_lines
from cases.access import CaseFile, access_case, open_file, reveal_file
from cases.actions.perform import perform
from cases.case import Case
from cases.concerns import concerns
from cases.duplicates import links_of, possible_duplicates
from cases.errors import CaseNotFoundError, CasesError
from cases.queue import queue_item
from cases.states import Event
from cases.to_tell import last_result, to_tell
from cases.workflow import workflow_of
from storage import attachments
from storage.errors import AttachmentMissingError, KeyErasedError
from web.forms import whole_number
from web.officers import reveals
from web.officers.door import Desk, refusal_text
from web.officers.labels import details_in_words, officer_names
from web.officers.steps import UnfitError, forms_for, read_details

_NO_FIELDS: Final[frozenset[str]] = frozenset()
_EVENTS: Final = frozenset(event.value for event in Event)
_SHOWN: Final = ("image/jpeg", "image/png")


def show(desk: Desk) -> Response:
    """GET /desk/case/{receipt}."""
    return case_page(desk)


def case_page(
    desk: Desk, *, problem: str = "", wrong: frozenset[str] = _NO_FIELDS, tried: bool = False, status: int = 200
) -> Response:
    """Return the page of a case; after a refusal with what was *tried*, the typed words in their places."""
    file = _file(desk)
    case = file.case
    workflow = workflow_of(desk.store, case.workflow, case.workflow_version)
    item = queue_item(desk.store, case, officer=desk.officer)
    others = [open_file(desk.store, other.receipt, officer=desk.officer) for other in _duplicates(desk, case)]
    context = {
        "file": file,
        "case": case,
        "item": item,
        "workflow": workflow,
        "steps": forms_for(desk, item, workflow, typed=desk.form if tried else None, wrong=wrong),
        "concerns": [concern_text(concern) for concern in concerns(desk.store, case, today=desk.today)],
        "others": others,
        "settles": Event.LINK_SETTLED in item.possible,
        "same": _settled_same(desk, case, others),
        "names": officer_names(desk.store, [case.assignee, *(one.case.assignee for one in others)]),
        "history": [
            (entry, details_in_words(desk.store, desk.site.places, entry.details)) for entry in reversed(file.history)
        ],
        "photos": _photos(file),
        "reasons": reveals.REASONS,
        "to_tell": _to_tell(desk, file),
        "papers": _papers(desk, file),
        "problem": problem,
        "referable": bool(item.possible),
    }
    return desk.page("case.html", context, status=status)


def do(desk: Desk) -> Response:
    """POST /desk/case/{receipt}: take one step; a refusal shows the page as it is now, with what was typed."""
    receipt, event = desk.request.path_params["receipt"], desk.form.text("event")
    if event not in _EVENTS:
        raise HTTPException(400)
    version = whole_number(desk.form.text("version"), digits=9) or 0
    try:
        with desk.writing():
            details = read_details(desk, Event(event))
            perform(desk.store, receipt, details, actor=desk.officer, version=version, now=desk.now)
            return desk.done(f"/desk/case/{receipt}", f"办好了：{event_label(event)}。")
    except CaseNotFoundError:
        raise
    except CasesError as error:
        return case_page(desk, problem=_said(error), tried=True, status=409)
    except UnfitError as error:
        return case_page(desk, problem=error.sentence, wrong=error.names, tried=True, status=422)


def reveal(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/reveal: show who it is about, for a while, and write down who saw it and why."""
    receipt, reason = desk.request.path_params["receipt"], desk.form.text("reason")
    if reason not in reveals.REASONS:
        return case_page(desk, problem="请先选为什么要看，再点“看”。", status=422)
    with desk.writing():
        reveals.reveal(desk, receipt, reason)
        return desk.done(f"/desk/case/{receipt}", "姓名、电话和情况显示出来了，这次查看已经记下。请不要拍照、转发。")


def hide(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/hide: mask the people again."""
    receipt = desk.request.path_params["receipt"]
    case = access_case(desk.store, receipt, actor=desk.officer)
    with desk.writing():
        reveals.hide(desk, case)
        return desk.done(f"/desk/case/{receipt}", "已经遮起来了。")


def news(desk: Desk) -> Response:
    """GET /desk/case/{receipt}/news?seen=: a line that says that the case changed; nothing while it did not."""
    case = access_case(desk.store, desk.request.path_params["receipt"], actor=desk.officer)
    seen = desk.request.query_params.get("seen", "")
    text = desk.site.templates.text(
        "desk/news.html", {"case": case, "changed": str(case.version) != seen, "seen": seen}
    )
    return Response(text, media_type="text/html; charset=utf-8")


def photo(desk: Desk) -> Response:
    """GET /desk/case/{receipt}/photo/{id}: decrypted for who revealed the case, never kept by a cache."""
    case = access_case(desk.store, desk.request.path_params["receipt"], actor=desk.officer)
    attachment = desk.request.path_params["id"]
    if not reveals.is_revealed(desk, case):
        raise HTTPException(404)
    return send_photo(desk, attachment, case_id=case.id)


def send_photo(desk: Desk, attachment: str, *, case_id: str | None) -> Response:
    """Return a stored photo that belongs to *case_id*, or anything else as a download."""
    try:
        described = attachments.describe(desk.store, attachment)
        data = attachments.load(desk.store, attachment)
    except (AttachmentMissingError, KeyErasedError) as error:
        raise HTTPException(404) from error
    if case_id is not None and described.case_id != case_id:
        raise HTTPException(404)
    if described.media_type in _SHOWN:
        return Response(data, media_type=described.media_type)
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"})


def _file(desk: Desk) -> CaseFile:
    receipt = desk.request.path_params["receipt"]
    case = access_case(desk.store, receipt, actor=desk.officer)
    if not reveals.is_revealed(desk, case):
        return open_file(desk.store, receipt, officer=desk.officer)
    with desk.reading():
        return reveal_file(desk.store, receipt, officer=desk.officer, now=desk.now)


def _duplicates(desk: Desk, case: Case) -> list[Case]:
    return possible_duplicates(desk.store, case, officer=desk.officer)[:5]


def _settled_same(desk: Desk, case: Case, others: list[CaseFile]) -> set[str]:
    """Return the numbers of *others* that an officer found to be about the household of *case*."""
    found = {link.earlier.receipt for link in links_of(desk.store, case) if link.same}
    back = (
        other.case.receipt
        for other in others
        if any(link.same and link.earlier.id == case.id for link in links_of(desk.store, other.case))
    )
    return found.union(back)


def _to_tell(desk: Desk, file: CaseFile) -> list[tuple[str, ...]]:
    """Return what must still be told, as it is read aloud, to who revealed the case."""
    contacts = desk.site.settings.contacts.model_dump()
    return [] if file.masked else [letter_lines(one, contacts) for one in to_tell(desk.store, file)]


def _papers(desk: Desk, file: CaseFile) -> list[tuple[str, str]]:
    """Return the papers that can be printed of a case now, as address and label; an inspector prints none."""
    if not desk.may_act:
        return []
    done = {entry.event for entry in file.history}
    found = [("letter", "告知书")] if to_tell(desk.store, file) or last_result(desk.store, file) else []
    found += [("consent", "承诺授权书"), ("blank", "空白入户采集表")]
    if Event.HOUSEHOLD_RECORDED in done:
        found.append(("sheet/print", "收入测算表（给农户核对签字）"))
    if Event.PLAN_MADE in done:
        found.append(("card", "帮扶明白纸（PDF）"))
    return found


def _photos(file: CaseFile) -> list[str]:
    """Return the photos that belong to the case: of the report, and of what was added or proved later."""
    if file.masked or file.form is None:
        return []
    later = [entry.details.get(name) for entry in file.history for name in ("attachments", "photo")]
    named = [*file.form.attachments, *(one for found in later if found for one in _listed(found))]
    return list(dict.fromkeys(named))


def _listed(found: object) -> list[str]:
    return [str(one) for one in found] if isinstance(found, list) else [str(found)]


def _said(error: CasesError) -> str:
    return f"{refusal_text(error)}\n您写的都还在下面。"
