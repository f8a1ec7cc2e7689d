"""Officers are appointed, get a one-time link, and are found again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.actions.appoint_officer import LINK_HOURS, issue_link
from cases.actions.bind_officer import bind_officer
from cases.actions.change_duties import change_duties
from cases.actors import Grant, Officer, Operator, Reporter, Role
from cases.case import load_case
from cases.details import Claim
from cases.duty.roster import rosters, set_roster
from cases.errors import (
    CasesError,
    DepartmentError,
    LinkInvalidError,
    NotAdminError,
    OfficerAmbiguousError,
    OfficerNotFoundError,
    ScopeError,
)
from cases.officers import all_officers, chats_of_officer, find_officer, load_officer, officer_of_chat
from storage import audit
from storage.database import transaction
from tests.cases.conftest import COUNTY, TOWNSHIP, VILLAGE, Desk, appoint

CHAT = Reporter("telegram", "4711")


def link(desk: Desk, officer: Officer) -> str:
    """Issue a link for *officer*."""
    with transaction(desk.store):
        return issue_link(desk.store, officer, actor=Operator(), now=desk.now)


def bind(desk: Desk, code: str, chat: Reporter = CHAT, hours: int = 1) -> Officer:
    """Use *code* from *chat* some hours after it was issued."""
    with transaction(desk.store):
        return bind_officer(desk.store, code, actor=chat, now=desk.now + timedelta(hours=hours))


def test_a_link_makes_a_chat_an_officers_once(desk: Desk) -> None:
    code = link(desk, desk.village)
    assert bind(desk, code) == desk.village
    assert officer_of_chat(desk.store, CHAT) == desk.village
    assert chats_of_officer(desk.store, desk.village.id) == [CHAT]
    with pytest.raises(LinkInvalidError):
        bind(desk, code, Reporter("telegram", "other"))


def test_a_link_runs_out(desk: Desk) -> None:
    code = link(desk, desk.village)
    with pytest.raises(LinkInvalidError):
        bind(desk, code, hours=LINK_HOURS)
    assert bind(desk, code, hours=LINK_HOURS - 1) == desk.village


def test_a_newer_link_replaces_the_older(desk: Desk) -> None:
    old, new = link(desk, desk.village), link(desk, desk.village)
    with pytest.raises(LinkInvalidError):
        bind(desk, old)
    assert bind(desk, new) == desk.village


def test_a_guessed_link_does_not_work(desk: Desk) -> None:
    with pytest.raises(LinkInvalidError):
        bind(desk, "a-guess")
    assert officer_of_chat(desk.store, CHAT) is None


def test_a_chat_belongs_to_one_officer_at_a_time(desk: Desk) -> None:
    bind(desk, link(desk, desk.village))
    bind(desk, link(desk, desk.township))
    assert officer_of_chat(desk.store, CHAT) == desk.township
    assert chats_of_officer(desk.store, desk.village.id) == []


def test_a_link_is_fit_for_a_messenger_and_kept_only_as_a_hash(desk: Desk) -> None:
    code = link(desk, desk.village)
    assert len(code) <= 64
    assert code.replace("-", "").replace("_", "").isalnum()
    assert code not in str(list(desk.store.db.query("SELECT * FROM one_time_links")))


def test_one_person_may_hold_several_roles(desk: Desk) -> None:
    officer = appoint(desk.store, desk.now, "马志远二", (Role.VILLAGE, VILLAGE), (Role.TOWNSHIP, TOWNSHIP))
    assert officer.roles_at(VILLAGE) == {Role.VILLAGE, Role.TOWNSHIP}
    assert officer.roles_at(TOWNSHIP) == {Role.TOWNSHIP}
    assert officer.roles_at(COUNTY) == frozenset()


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.VILLAGE, TOWNSHIP),
        (Role.GRID_WORKER, COUNTY),
        (Role.TOWNSHIP, COUNTY),
        (Role.COUNTY, "6204"),
        (Role.INSPECTOR, ""),
        (Role.REPORTER, VILLAGE),
        (Role.SYSTEM, VILLAGE),
    ],
)
def test_a_role_is_not_given_over_too_wide_an_area(desk: Desk, role: Role, scope: str) -> None:
    before = len(all_officers(desk.store))
    with pytest.raises(ScopeError):
        appoint(desk.store, desk.now, "某人", (role, scope))
    assert len(all_officers(desk.store)) == before


def test_officers_are_found_by_number_and_name(desk: Desk) -> None:
    assert find_officer(desk.store, str(desk.township.number)) == desk.township
    assert find_officer(desk.store, " 李玉梅 ") == desk.township
    assert [officer.number for officer in all_officers(desk.store)] == list(range(1, 9))
    for nobody in ("99", "没有此人"):
        with pytest.raises(OfficerNotFoundError):
            find_officer(desk.store, nobody)
    with pytest.raises(OfficerNotFoundError):
        load_officer(desk.store, "no-such-id")


def test_of_two_with_one_name_the_number_decides(desk: Desk) -> None:
    twin = appoint(desk.store, desk.now, "李玉梅", (Role.TOWNSHIP, TOWNSHIP))
    with pytest.raises(OfficerAmbiguousError) as refused:
        find_officer(desk.store, "李玉梅")
    assert refused.value.numbers == (desk.township.number, twin.number)


def test_appointing_and_binding_are_audited_without_names(desk: Desk) -> None:
    bind(desk, link(desk, desk.village))
    rows = audit.rows(desk.store, f"officer:{desk.village.id}")
    assert [row.event for row in rows] == ["officer.appointed", "officer.link_issued", "officer.bound"]
    assert desk.village.name not in str(rows)
    assert CHAT.chat not in str(rows)


def test_the_same_grant_twice_is_one(desk: Desk) -> None:
    officer = appoint(desk.store, desk.now, "重复", (Role.VILLAGE, VILLAGE), (Role.VILLAGE, VILLAGE))
    assert officer.grants == (Grant(Role.VILLAGE, VILLAGE),)


def test_other_duties_bring_back_what_he_may_no_longer_work(desk: Desk) -> None:
    case = desk.do(desk.submit(), "village", Claim())
    assert case.assignee == desk.village.id
    with transaction(desk.store):
        set_roster(desk.store, VILLAGE, [desk.village], actor=Operator(), now=desk.now)
        moved = [Grant(Role.TOWNSHIP, TOWNSHIP)]
        count = change_duties(desk.store, desk.village, moved, actor=Operator(), now=desk.later)
    assert count == 1
    assert load_officer(desk.store, desk.village.id).grants == tuple(moved)
    assert load_case(desk.store, case.id).assignee is None
    assert rosters(desk.store) == {VILLAGE: [load_officer(desk.store, desk.village.id)]}
    assert audit.rows(desk.store, f"officer:{desk.village.id}")[-1].event == "officer.duties_changed"


def test_one_more_duty_takes_no_case_away(desk: Desk) -> None:
    case = desk.do(desk.submit(), "village", Claim())
    more = [*desk.village.grants, Grant(Role.GRID_WORKER, VILLAGE)]
    with transaction(desk.store):
        assert change_duties(desk.store, desk.village, more, actor=Operator(), now=desk.later) == 0
    assert load_case(desk.store, case.id).assignee == desk.village.id


@pytest.mark.parametrize(
    ("grants", "department", "refused"),
    [
        ([Grant(Role.COUNTY, TOWNSHIP[:2])], "", ScopeError),
        ([Grant(Role.DEPARTMENT, COUNTY)], "", DepartmentError),
        ([Grant(Role.VILLAGE, VILLAGE)], "民政", DepartmentError),
    ],
)
def test_duties_that_nobody_can_have_change_nothing(
    desk: Desk, grants: list[Grant], department: str, refused: type[CasesError]
) -> None:
    with pytest.raises(refused), transaction(desk.store):
        change_duties(desk.store, desk.village, grants, actor=Operator(), now=desk.later, department=department)
    assert load_officer(desk.store, desk.village.id).grants == desk.village.grants


def test_an_administrator_changes_nobody_to_what_he_does_not_manage(desk: Desk) -> None:
    admin = appoint(desk.store, desk.now, "管镇的", (Role.ADMIN, TOWNSHIP))
    with pytest.raises(NotAdminError), transaction(desk.store):
        wider = [Grant(Role.COUNTY, COUNTY)]
        change_duties(desk.store, desk.village, wider, actor=admin, now=desk.later)
