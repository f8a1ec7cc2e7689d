"""Script typed into every field of every form of the console stays words, there and wherever it is shown later."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette

from cases.officers import find_officer
from cases.states import State
from tests.cases.conftest import Desk
from tests.cases.papers import draft
from tests.web.conftest import Clock
from tests.web.officers.clerk import Clerk
from tests.web.officers.forms import shows_only_words, type_everywhere


def test_script_in_every_field_of_every_form_stays_words(
    app: Starlette, clerk: Callable[[str], Clerk], desk: Desk, clock: Clock
) -> None:
    fresh = desk.submit(submission_id="fresh")
    visited = desk.bring_to(State.UNDER_VERIFICATION, submission_id="visited")
    notice = draft(desk, desk.bring_to(State.UNDER_APPRAISAL, submission_id="drafted"))
    cases = [
        f"/desk/case/{fresh.receipt}",
        f"/desk/case/{visited.receipt}",
        f"/desk/case/{visited.receipt}/sheet",
        f"/desk/case/{visited.receipt}/refer",
    ]
    papers = ["/desk/notices/new", f"/desk/notices/{notice.number}", "/desk/meetings/appraisal", "/desk/referrals"]
    lists = ["/desk", "/desk/queue", "/desk/untold", "/desk/calls", "/desk/areas", "/desk/told"]
    setup = ["/desk/setup/staff", "/desk/setup/trail", "/desk/setup/looks", "/desk/setup/consent", "/desk/setup"]
    tried: set[str] = set()
    admin = Clerk(app).sign_in(desk.store, find_officer(desk.store, "高建军"), now=clock.now)
    for officer, paths in ((clerk("village"), [*lists, *cases, *papers]), (admin, setup)):
        tried |= type_everywhere(officer, paths)
        for path in paths:
            officer.open(path)
            shows_only_words(officer, path)
    assert {"q", "findings", "visitors", "registered_address", "place", "reason", "name"} <= tried


def test_ids_that_are_none_of_ones_own_open_the_page_of_things_not_found(
    clerk: Callable[[str], Clerk], desk: Desk
) -> None:
    notice = draft(desk, desk.bring_to(State.UNDER_APPRAISAL))
    stranger = clerk("stranger")
    missing = stranger.open("/desk/nowhere")
    for path in (
        f"/desk/notices/{notice.number}",
        "/desk/notices/999999",
        "/desk/notices/..%2F..%2Fetc",
        "/desk/meetings/999999",
        "/desk/referrals/999999",
        "/desk/case/1",
        "/desk/case/%3Cscript%3E",
    ):
        assert (stranger.open(path), stranger.status) == (missing, 404), path
