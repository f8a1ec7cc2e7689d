"""Public notices: drafted for many households, previewed, put up and taken down with a photo, objections answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.photos import NotAPhotoError
from bot.wording import phrases
from cases.access import open_file
from cases.actions.draft_public_notice import draft_public_notice
from cases.actions.end_public_notice import end_public_notice
from cases.actions.hear_objection import answer_objection, hear_objection, reveal_objection
from cases.actions.post_public_notice import ProofOfPosting, post_public_notice
from cases.actions.print_public_notice import print_public_notice
from cases.errors import CasesError, PaperNotFoundError
from cases.public_notice.late import hung_without_paper
from cases.public_notice.notice import access_notice, cases_on, list_notices
from cases.public_notice.objections import Means, NewObjection, objections_to
from cases.queue import QueueItem
from cases.states import Event
from web.leaflets.squares import objection_code
from web.officers.case import send_photo
from web.officers.door import Desk, refusal_text
from web.officers.papers import show_paper
from web.officers.steps import able_to, day_of, keep_photo

_NO_PHOTO: Final = "选的不是照片，或者照片坏了。请选手机拍的照片（JPEG、PNG）再交。"


def show_all(desk: Desk) -> Response:
    """GET /desk/notices."""
    ended = bool(desk.request.query_params.get("ended"))
    notices = list_notices(desk.store, officer=desk.officer, ended=ended)
    rows = [(notice, objections_to(desk.store, notice)) for notice in notices]
    return desk.page("notices.html", {"rows": rows, "ended": ended, "ready": len(_ready(desk))})


def show_new(desk: Desk) -> Response:
    """GET /desk/notices/new: choose the households that may go on a notice now."""
    return _new(desk)


def draft(desk: Desk) -> Response:
    """POST /desk/notices/new."""
    try:
        with desk.writing():
            notice = draft_public_notice(
                desk.store,
                desk.form.texts("receipt"),
                starts_on=day_of(desk, "starts_on"),
                supervision=phrases.supervision(desk.site.settings.contacts.model_dump()),
                actor=desk.officer,
                now=desk.now,
            )
            return desk.done(
                f"/desk/notices/{notice.number}", f"起草好了：第 {notice.number} 张公示。请打印、盖章、张贴。"
            )
    except CasesError as error:
        return _new(desk, problem=refusal_text(error))


def show(desk: Desk) -> Response:
    """GET /desk/notices/{number}."""
    return _page(desk)


def post(desk: Desk) -> Response:
    """POST /desk/notices/{number}/post: it hangs, with a photo that shows it."""
    return _proved(desk, "记好了：公示已张贴，上面各户一起进入公示。", _post)


def end(desk: Desk) -> Response:
    """POST /desk/notices/{number}/end: it came down, with a photo."""
    return _proved(desk, "记好了：公示已揭下，上面各户一起报乡镇。", _end)


def hear(desk: Desk) -> Response:
    """POST /desk/notices/{number}/objections: enter an objection."""
    number, form = _number(desk), desk.form
    try:
        with desk.writing():
            new = NewObjection(
                _means(form.text("means")), day_of(desk, "raised_on"), form.text("text"), form.text("name")
            )
            objection = hear_objection(desk.store, number, form.text("receipt"), new, actor=desk.officer, now=desk.now)
            return desk.done(f"/desk/notices/{number}", f"登记好了：第 {objection.number} 号异议。")
    except PaperNotFoundError:
        raise
    except CasesError as error:
        return _page(desk, problem=refusal_text(error), status=409)


def answer(desk: Desk) -> Response:
    """POST /desk/notices/{number}/objections/{objection}: answer it, upheld or not."""
    number, raised = _number(desk), int(desk.request.path_params["objection"])
    upheld = desk.form.text("outcome") == "upheld"
    try:
        with desk.writing():
            answer_objection(
                desk.store,
                number,
                raised,
                desk.form.text("text"),
                upheld=upheld,
                on=day_of(desk, "on"),
                actor=desk.officer,
                now=desk.now,
            )
            said = "成立，请乡镇退回重新核实。" if upheld else "不成立。"
            return desk.done(f"/desk/notices/{number}", f"记好了：第 {raised} 号异议{said}")
    except PaperNotFoundError:
        raise
    except CasesError as error:
        return _page(desk, problem=refusal_text(error), status=409)


def read(desk: Desk) -> Response:
    """POST /desk/notices/{number}/objections/{objection}/read: the words of an objection; the look leaves a trace."""
    raised = int(desk.request.path_params["objection"])
    with desk.reading():
        words = reveal_objection(desk.store, _number(desk), raised, actor=desk.officer, now=desk.now)
    return _page(desk, words=(raised, words))


def print_it(desk: Desk) -> Response:
    """POST /desk/notices/{number}/print: the sheet, as a copy or as the original that is stamped."""
    notice = access_notice(desk.store, _number(desk), officer=desk.officer)
    with desk.reading():
        paper = print_public_notice(
            desk.store,
            notice.number,
            village=desk.site.places.whole(notice.area_code),
            code=objection_code(desk.site.settings, desk.site.village_codes, notice.number),
            original=desk.form.text("original") == "1",
            actor=desk.officer,
            now=desk.now,
        )
    return show_paper(desk, paper, back=f"/desk/notices/{notice.number}")


def photo(desk: Desk) -> Response:
    """GET /desk/notices/{number}/photo/{which}: the proof that it hung."""
    notice = access_notice(desk.store, _number(desk), officer=desk.officer)
    found = {"start": notice.start_photo, "end": notice.end_photo}.get(desk.request.path_params["which"])
    if found is None:
        raise HTTPException(404)
    return send_photo(desk, found, case_id=None)


def _ready(desk: Desk) -> list[QueueItem]:
    """Return the cases that may go on a notice now, first those that hang already and have no paper."""
    without = [
        item for item in able_to(desk, Event.NOTICE_ENDED) if hung_without_paper(desk.store, item.case) is not None
    ]
    return [*without, *able_to(desk, Event.NOTICE_POSTED)]


def _new(desk: Desk, *, problem: str = "") -> Response:
    ready = _ready(desk)
    chosen = desk.form.texts("receipt") or (desk.request.query_params.get("case", ""),)
    context = {
        "rows": [
            (
                item,
                open_file(desk.store, item.case.receipt, officer=desk.officer),
                hung_without_paper(desk.store, item.case),
            )
            for item in ready
        ],
        "chosen": chosen,
        "starts_on": desk.form.text("starts_on") or desk.today.isoformat(),
        "supervision": phrases.supervision(desk.site.settings.contacts.model_dump()),
        "problem": problem,
    }
    return desk.page("notice_new.html", context, status=409 if problem else 200)


def _page(desk: Desk, *, problem: str = "", words: tuple[int, object] | None = None, status: int = 200) -> Response:
    notice = access_notice(desk.store, _number(desk), officer=desk.officer)
    context = {
        "notice": notice,
        "cases": cases_on(desk.store, notice),
        "objections": objections_to(desk.store, notice),
        "means": list(Means),
        "words": words,
        "problem": problem,
        "form": desk.form,
    }
    return desk.page("notice.html", context, status=status)


def _proved(desk: Desk, said: str, action: Callable[[Desk, int, str], None]) -> Response:
    number = _number(desk)
    try:
        with desk.writing():
            kept = keep_photo(desk)
            if not kept:
                return _page(desk, problem="还缺照片：没有照片就证明不了贴过、揭过。", status=422)
            action(desk, number, kept)
            return desk.done(f"/desk/notices/{number}", said)
    except NotAPhotoError:
        return _page(desk, problem=_NO_PHOTO, status=422)
    except PaperNotFoundError:
        raise
    except CasesError as error:
        return _page(desk, problem=refusal_text(error), status=409)


def _post(desk: Desk, number: int, photo: str) -> None:
    proof = ProofOfPosting(day_of(desk, "on"), desk.form.text("place"), photo)
    post_public_notice(desk.store, number, proof, actor=desk.officer, now=desk.now)


def _end(desk: Desk, number: int, photo: str) -> None:
    end_public_notice(desk.store, number, on=day_of(desk, "on"), photo=photo, actor=desk.officer, now=desk.now)


def _number(desk: Desk) -> int:
    return int(desk.request.path_params["number"])


def _means(text: str) -> Means:
    return Means(text) if text in {means.value for means in Means} else Means.MOUTH
