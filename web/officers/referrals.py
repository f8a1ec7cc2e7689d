"""Referrals to departments: sent from a case, signed for, answered or returned, printed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from starlette.responses import Response

from cases.access import access_case
from cases.actions.refer_case import close_referral, print_referral, refer_case, sign_referral
from cases.errors import CasesError, PaperNotFoundError
from cases.referrals import Department, NewReferral, access_referral, list_referrals
from web.officers.door import Desk, refusal_text
from web.officers.papers import show_paper
from web.officers.steps import day_of, names_in

_SIGN_DAYS: Final = 3
_ANSWER_DAYS: Final = 15
_SHOWN: Final = 200


def show_all(desk: Desk) -> Response:
    """GET /desk/referrals."""
    closed = bool(desk.request.query_params.get("closed"))
    found = list_referrals(desk.store, officer=desk.officer, closed=closed)
    return desk.page("referrals.html", {"referrals": found[:_SHOWN], "closed": closed})


def show_new(desk: Desk) -> Response:
    """GET /desk/case/{receipt}/refer."""
    return _new(desk)


def send(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/refer."""
    receipt, form = desk.request.path_params["receipt"], desk.form
    department = form.text("department")
    if department not in {one.value for one in Department}:
        return _new(desk, problem="请选转给哪个部门。")
    if not form.text("asked"):
        return _new(desk, problem="请写明请对方办什么。")
    new = NewReferral(
        Department(department),
        form.text("asked"),
        names_in(form.text("papers")),
        _day(form.text("sign_by"), desk.today + timedelta(days=_SIGN_DAYS)),
        _day(form.text("due_on"), desk.today + timedelta(days=_ANSWER_DAYS)),
    )
    try:
        with desk.writing():
            referral = refer_case(desk.store, receipt, new, actor=desk.officer, now=desk.now)
            return desk.done(f"/desk/referrals/{referral.number}", f"转办好了：第 {referral.number} 号，已告诉申报人。")
    except CasesError as error:
        return _new(desk, problem=refusal_text(error))


def show(desk: Desk) -> Response:
    """GET /desk/referrals/{number}."""
    return _page(desk)


def sign(desk: Desk) -> Response:
    """POST /desk/referrals/{number}/sign: the department signed for it."""
    number = _number(desk)
    try:
        with desk.writing():
            sign_referral(desk.store, number, on=day_of(desk, "on"), actor=desk.officer, now=desk.now)
            return desk.done(f"/desk/referrals/{number}", "记好了：对方已签收。")
    except PaperNotFoundError:
        raise
    except CasesError as error:
        return _page(desk, problem=refusal_text(error))


def close(desk: Desk) -> Response:
    """POST /desk/referrals/{number}/close: the result, or why the department sent it back."""
    number, returned = _number(desk), desk.form.text("outcome") == "returned"
    try:
        with desk.writing():
            close_referral(
                desk.store,
                number,
                desk.form.text("text"),
                on=day_of(desk, "on"),
                returned=returned,
                actor=desk.officer,
                now=desk.now,
            )
            said = "对方退回了，理由已写进案件。" if returned else "办结了，已告诉申报人或派人去告知。"
            return desk.done(f"/desk/referrals/{number}", f"记好了：{said}")
    except PaperNotFoundError:
        raise
    except CasesError as error:
        return _page(desk, problem=refusal_text(error))


def print_it(desk: Desk) -> Response:
    """POST /desk/referrals/{number}/print: the paper that goes to the department; it names the household."""
    number, original = _number(desk), desk.form.text("original") == "1"
    with desk.reading():
        paper = print_referral(desk.store, number, original=original, actor=desk.officer, now=desk.now)
    return show_paper(desk, paper, back=f"/desk/referrals/{number}")


def _new(desk: Desk, *, problem: str = "") -> Response:
    context = {
        "case": access_case(desk.store, desk.request.path_params["receipt"], actor=desk.officer),
        "departments": [one.value for one in Department],
        "form": desk.form,
        "sign_by": desk.form.text("sign_by") or (desk.today + timedelta(days=_SIGN_DAYS)).isoformat(),
        "due_on": desk.form.text("due_on") or (desk.today + timedelta(days=_ANSWER_DAYS)).isoformat(),
        "problem": problem,
    }
    return desk.page("referral_new.html", context, status=409 if problem else 200)


def _page(desk: Desk, *, problem: str = "") -> Response:
    referral = access_referral(desk.store, _number(desk), officer=desk.officer)
    context = {"referral": referral, "form": desk.form, "problem": problem}
    return desk.page("referral.html", context, status=409 if problem else 200)


def _number(desk: Desk) -> int:
    return int(desk.request.path_params["number"])


def _day(text: str, usual: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return usual
