"""Meetings and batches: one record for all households of a village's, a township's or a county's decision."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.photos import NotAPhotoError
from cases.access import CaseFile, open_file
from cases.actions.decide_batch import Batch, decide_batch
from cases.actions.print_meeting import Printing, print_meeting
from cases.actions.record_meeting import AppraisalMeeting, Vote, record_meeting
from cases.actions.record_minutes import Minutes, Review, record_minutes
from cases.errors import CasesError
from cases.meetings.meeting import Meeting, access_meeting, items_of, list_meetings
from cases.meetings.sheets import SHEETS, SheetKind
from cases.states import Event
from web.officers.case import send_photo
from web.officers.door import Desk, refusal_text
from web.officers.papers import show_paper
from web.officers.steps import able_to, day_of, keep_photo, names_in

_NO_PHOTO: Final = "还缺签到表的照片，或者选的不是照片。请选手机拍的照片（JPEG、PNG）再交。"
_EVENTS: Final = {
    "appraisal": (Event.APPRAISAL_RECORDED,),
    "review": (Event.TOWNSHIP_APPROVED,),
    "batch": (Event.COUNTY_APPROVED, Event.RISK_RESOLVED),
}
_TITLES: Final = {"appraisal": "记民主评议会", "review": "记乡镇审核会", "batch": "县级成批审定"}
_SHOWN: Final = 200


def show_all(desk: Desk) -> Response:
    """GET /desk/meetings."""
    meetings = list_meetings(desk.store, officer=desk.officer)[:_SHOWN]
    ready = {kind: len(_ready(desk, kind)) for kind in _EVENTS}
    return desk.page("meetings.html", {"meetings": meetings, "ready": ready, "titles": _TITLES})


def show_new(desk: Desk) -> Response:
    """GET /desk/meetings/{kind}: the form for a meeting of that kind."""
    return _new(desk)


def record(desk: Desk) -> Response:
    """POST /desk/meetings/{kind}: record it, all households or none."""
    kind = _kind(desk)
    try:
        with desk.writing():
            meeting = {"appraisal": _appraisal, "review": _review, "batch": _batch}[kind](desk)
            return desk.done(f"/desk/meetings/{meeting.number}", f"记好了：第 {meeting.number} 号，一次会写全各户。")
    except NotAPhotoError:
        return _new(desk, problem=_NO_PHOTO)
    except ValueError:
        return _new(desk, problem="人数和票数要写数字，一户一户写全。您写的都还在，改好再交。")
    except CasesError as error:
        return _new(desk, problem=refusal_text(error))


def show(desk: Desk) -> Response:
    """GET /desk/meetings/{number}."""
    meeting = access_meeting(desk.store, int(desk.request.path_params["number"]), officer=desk.officer)
    context = {"meeting": meeting, "items": items_of(desk.store, meeting), "sheets": SHEETS[meeting.kind]}
    return desk.page("meeting.html", context)


def print_it(desk: Desk) -> Response:
    """POST /desk/meetings/{number}/print: a sheet, with names if they are asked for; each name leaves a trace."""
    number, sheet = int(desk.request.path_params["number"]), desk.form.text("sheet")
    if sheet not in {kind.value for kind in SheetKind}:
        raise HTTPException(400)
    printing = Printing(SheetKind(sheet), desk.form.text("names") == "1", desk.form.text("original") == "1")
    with desk.reading():
        paper = print_meeting(
            desk.store, number, printing, area_name=desk.site.places.last, actor=desk.officer, now=desk.now
        )
    return show_paper(desk, paper, back=f"/desk/meetings/{number}")


def photo(desk: Desk) -> Response:
    """GET /desk/meetings/{number}/photo: the sign-in sheet."""
    meeting = access_meeting(desk.store, int(desk.request.path_params["number"]), officer=desk.officer)
    if meeting.photo is None:
        raise HTTPException(404)
    return send_photo(desk, meeting.photo, case_id=None)


def _new(desk: Desk, *, problem: str = "") -> Response:
    kind = _kind(desk)
    context = {
        "kind": kind,
        "title": _TITLES[kind],
        "rows": _ready(desk, kind),
        "form": desk.form,
        "chosen": desk.form.texts("receipt") or (desk.request.query_params.get("case", ""),),
        "problem": problem,
    }
    return desk.page("meeting_new.html", context, status=409 if problem else 200)


def _ready(desk: Desk, kind: str) -> list[CaseFile]:
    """Return the cases that such a meeting can decide on now, with their people masked."""
    items = {item.case.receipt: item for event in _EVENTS[kind] for item in able_to(desk, event)}
    return [open_file(desk.store, receipt, officer=desk.officer) for receipt in items]


def _appraisal(desk: Desk) -> Meeting:
    form, chosen = desk.form, desk.form.texts("receipt")
    votes = [_vote(desk, receipt) for receipt in chosen]
    kept = keep_photo(desk)
    if not kept:
        raise NotAPhotoError
    meeting = AppraisalMeeting(
        day_of(desk, "held_on"),
        form.text("place"),
        int(form.text("expected")),
        int(form.text("attended")),
        int(form.text("quorum")),
        form.text("chair"),
        form.text("recorder"),
        kept,
    )
    return record_meeting(desk.store, meeting, votes, actor=desk.officer, now=desk.now)


def _vote(desk: Desk, receipt: str) -> Vote:
    in_favour, against, abstained = (
        int(desk.form.text(f"{name}-{receipt}") or "0") for name in ("for", "against", "abstained")
    )
    recused = names_in(desk.form.text(f"recused-{receipt}"))
    vote = Vote(receipt, in_favour, against, abstained, "同意上报。", recused)
    usual = vote.conclusion if vote.carried else "评议未通过。"
    return Vote(receipt, in_favour, against, abstained, desk.form.text(f"said-{receipt}") or usual, recused)


def _review(desk: Desk) -> Meeting:
    form = desk.form
    reviews = [
        Review(receipt, form.text(f"outcome-{receipt}") != "return", form.text(f"said-{receipt}"))
        for receipt in form.texts("receipt")
    ]
    minutes = Minutes(
        day_of(desk, "held_on"),
        form.text("place"),
        form.text("chair"),
        form.text("recorder"),
        names_in(form.text("attendees")),
        form.text("document_number"),
    )
    return record_minutes(desk.store, minutes, reviews, actor=desk.officer, now=desk.now)


def _batch(desk: Desk) -> Meeting:
    form = desk.form
    batch = Batch(day_of(desk, "held_on"), form.text("document_number"), form.text("opinion"))
    return decide_batch(desk.store, batch, form.texts("receipt"), actor=desk.officer, now=desk.now)


def _kind(desk: Desk) -> str:
    kind = desk.request.path_params["kind"]
    if kind not in _EVENTS:
        raise HTTPException(404)
    return str(kind)
