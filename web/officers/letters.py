"""Papers of one case: what the household is told, its authorisation, the blank form, its card. Each print is noted."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.wording.letters import letter_lines
from cases.access import CaseFile, access_case, reveal_file
from cases.actors import SCOPE_DIGITS, Role
from cases.consent.authorisation import print_authorisation
from cases.household.blank import blank_papers
from cases.paper import Paper
from cases.support_card import support_card
from cases.to_tell import last_result, to_tell
from language.dates import full_date
from storage.heads import head_text
from web.leaflets.fonts import FontMissingError, find_font
from web.leaflets.household_leaflet import household_leaflet
from web.officers.door import Desk
from web.officers.papers import show_paper

_AFTER: Final = (
    "告知人：____________　　日期：____________",
    "收到的人（签字或手印）：____________　　日期：____________",
    "不愿签的，写明原因，由见证人签字：____________________________",
)


def print_letter(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/letter: 告知书: what is still to be told; all told: the last result once more."""
    file = _revealed(desk)
    last = last_result(desk.store, file)
    things = to_tell(desk.store, file) or ([last] if last else [])
    if not things:
        return _refused(desk, "这一户没有要告知的：还没有结果，通知也都送到了。")
    contacts = desk.site.settings.contacts.model_dump()
    lines = list(dict.fromkeys(line for thing in things for line in letter_lines(thing, contacts)))
    place = desk.site.places
    paper = Paper(
        title="告知书",
        opening=(f"{file.householder.name}（{place.last(file.case.area_code)}）：", *lines),
        columns=(),
        rows=(),
        after=_AFTER,
        closing=(place.last(file.case.area_code[: SCOPE_DIGITS[Role.TOWNSHIP]]), full_date(desk.today)),
        head=head_text(desk.store),
        original=True,
    )
    return show_paper(desk, paper, back=_back(desk))


def print_consent(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/consent: 承诺授权书 with the grown members whom the visit found."""
    receipt = desk.request.path_params["receipt"]
    case = access_case(desk.store, receipt, actor=desk.officer)
    village = desk.site.places.written(case.area_code)
    with desk.reading():
        paper = print_authorisation(desk.store, receipt, village=village, officer=desk.officer, now=desk.now)
    return show_paper(desk, paper, back=_back(desk))


def print_blank(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/blank: the form of the home visit to fill by hand; nothing of the household on it."""
    case = access_case(desk.store, desk.request.path_params["receipt"], actor=desk.officer)
    return show_paper(desk, *blank_papers(case.receipt), back=_back(desk))


def print_card(desk: Desk) -> Response:
    """POST /desk/case/{receipt}/card: 帮扶明白纸 of a household that has its plan, as PDF."""
    file = _revealed(desk)
    card = support_card(file)
    try:
        font = find_font()
    except FontMissingError as error:
        return _refused(desk, str(error))
    village = desk.site.places.whole(card.area_code)
    pdf = household_leaflet(font, card, desk.site.settings.contacts, village=village, printed_on=desk.today)
    name = f"support-card-{file.case.receipt}.pdf"
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _revealed(desk: Desk) -> CaseFile:
    if not desk.may_act:
        raise HTTPException(404)
    receipt = desk.request.path_params["receipt"]
    with desk.reading():
        return reveal_file(desk.store, receipt, officer=desk.officer, now=desk.now, reason="打印文书")


def _refused(desk: Desk, sentence: str) -> Response:
    return desk.page("refused.html", {"sentence": sentence}, status=409)


def _back(desk: Desk) -> str:
    return f"/desk/case/{desk.request.path_params['receipt']}"
