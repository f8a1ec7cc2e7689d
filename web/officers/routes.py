"""The addresses of the console."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from web.officers import (
    account,
    bulk,
    calls,
    case,
    figures,
    find,
    letters,
    looks,
    meetings,
    public_notices,
    queue,
    referrals,
    setup,
    sheet,
    sign_in,
    staff,
    today,
)
from web.officers.door import View, act, page


def routes() -> list[BaseRoute]:
    """Return the routes under /desk."""
    return [
        Route("/desk/sign-in", sign_in.show),
        Route("/desk/sign-in", sign_in.enter, methods=["POST"]),
        Route("/desk/start/{code}", sign_in.show_start),
        Route("/desk/start/{code}", sign_in.start, methods=["POST"]),
        *(Route(path, page(view)) for path, view in _PAGES.items()),
        *(Route(path, act(view), methods=["POST"]) for path, view in _FORMS.items()),
    ]


_CASE = "/desk/case/{receipt}"
_NOTICE = "/desk/notices/{number:int}"
_OBJECTION = "/desk/notices/{number:int}/objections"
_MEETING = "/desk/meetings/{number:int}"
_REFERRAL = "/desk/referrals/{number:int}"
_STAFF = "/desk/setup/staff"

_PAGES: dict[str, View] = {
    "/desk": today.show,
    "/desk/told": today.told,
    "/desk/calls": calls.show,
    "/desk/alarms/news": calls.news,
    "/desk/account": account.show,
    "/desk/queue": queue.show,
    "/desk/queue.csv": queue.export,
    "/desk/changes": queue.changes,
    "/desk/untold": queue.untold,
    "/desk/areas": queue.areas,
    "/desk/areas/{code}": queue.areas,
    _CASE: case.show,
    f"{_CASE}/news": case.news,
    f"{_CASE}/photo/{{id}}": case.photo,
    f"{_CASE}/sheet": sheet.show,
    f"{_CASE}/refer": referrals.show_new,
    "/desk/notices": public_notices.show_all,
    "/desk/notices/new": public_notices.show_new,
    _NOTICE: public_notices.show,
    f"{_NOTICE}/photo/{{which}}": public_notices.photo,
    "/desk/meetings": meetings.show_all,
    _MEETING: meetings.show,
    f"{_MEETING}/photo": meetings.photo,
    "/desk/meetings/{kind}": meetings.show_new,
    "/desk/referrals": referrals.show_all,
    _REFERRAL: referrals.show,
    "/desk/figures": figures.show,
    "/desk/figures/{key}.csv": figures.export,
    "/desk/setup": setup.show,
    "/desk/setup/workflow": setup.workflow,
    "/desk/setup/calendar": setup.calendar,
    "/desk/setup/contacts": setup.contacts,
    "/desk/setup/consent": setup.consent,
    "/desk/setup/health": setup.health,
    "/desk/setup/trail": setup.trail,
    "/desk/setup/looks": looks.show,
    _STAFF: staff.show,
}
_FORMS: dict[str, View] = {
    "/desk/sign-out": account.sign_out,
    "/desk/account/password": account.change_password,
    "/desk/account/second": account.start_second_factor,
    "/desk/account/second/end": account.end_second_factor,
    "/desk/account/leave": account.take_leave,
    "/desk/find": find.find,
    "/desk/bulk": bulk.choose,
    "/desk/views": queue.save_view,
    "/desk/views/{id}/drop": queue.drop_view,
    "/desk/calls/{number}": calls.close,
    "/desk/calls/{number}/task": calls.do_task,
    "/desk/alarms/{number:int}/take": calls.take,
    "/desk/alarms/{number:int}/false": calls.end_as_false,
    _CASE: case.do,
    f"{_CASE}/reveal": case.reveal,
    f"{_CASE}/hide": case.hide,
    f"{_CASE}/sheet": sheet.hand_in,
    f"{_CASE}/sheet/save": sheet.save,
    f"{_CASE}/sheet/print": sheet.print_income,
    f"{_CASE}/letter": letters.print_letter,
    f"{_CASE}/consent": letters.print_consent,
    f"{_CASE}/blank": letters.print_blank,
    f"{_CASE}/card": letters.print_card,
    f"{_CASE}/refer": referrals.send,
    "/desk/notices/new": public_notices.draft,
    f"{_NOTICE}/post": public_notices.post,
    f"{_NOTICE}/end": public_notices.end,
    f"{_NOTICE}/print": public_notices.print_it,
    _OBJECTION: public_notices.hear,
    f"{_OBJECTION}/{{objection:int}}": public_notices.answer,
    f"{_OBJECTION}/{{objection:int}}/read": public_notices.read,
    f"{_MEETING}/print": meetings.print_it,
    "/desk/meetings/{kind}": meetings.record,
    f"{_REFERRAL}/sign": referrals.sign,
    f"{_REFERRAL}/close": referrals.close,
    f"{_REFERRAL}/print": referrals.print_it,
    "/desk/setup/trail": setup.verify,
    _STAFF: staff.appoint,
    f"{_STAFF}/{{number:int}}/link": staff.give_link,
    f"{_STAFF}/{{number:int}}/leave": staff.enter_leave,
    f"{_STAFF}/{{number:int}}/duties": staff.change,
    f"{_STAFF}/{{number:int}}/remove": staff.relieve,
}
