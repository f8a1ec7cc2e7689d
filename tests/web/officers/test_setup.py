"""What administrators and inspectors look up, and how officers are appointed at the console."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.applications import Starlette

from cases.actors import Grant, Officer, Role
from cases.authority import manages
from cases.errors import OfficerNotFoundError
from cases.officers import all_officers, find_officer
from storage import audit
from storage.database import transaction
from tests.cases.conftest import COUNTY, OTHER_COUNTY, TOWNSHIP, VILLAGE, Desk
from tests.web.conftest import Clock
from tests.web.officers.clerk import Clerk
from tests.web.officers.conftest import PASSWORD

STAFF = "/desk/setup/staff"


@pytest.fixture
def admin(app: Starlette, desk: Desk, clock: Clock) -> Clerk:
    """Return the county's administrator at the console."""
    return Clerk(app).sign_in(desk.store, find_officer(desk.store, "高建军"), now=clock.now)


def test_an_administrator_appoints_and_the_new_officer_sets_his_password_by_the_link(
    admin: Clerk, app: Starlette, desk: Desk
) -> None:
    admin.open(STAFF)
    said = admin.post(STAFF, {"name": "新来的", "role": "village", "area": VILLAGE})
    link = re.search(r"/desk/start/[\w-]+", said)
    assert link is not None
    newcomer = Clerk(app)
    newcomer.open(link[0])
    assert "新来的，今天" in newcomer.post(link[0], {"password": PASSWORD, "again": PASSWORD})
    officer = find_officer(desk.store, "新来的")
    appointed = audit.rows(desk.store, f"officer:{officer.id}")[0]
    assert appointed.event == "officer.appointed"
    assert appointed.actor.startswith("officer:")


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "越权", "role": "county", "area": OTHER_COUNTY},
        {"name": "越权", "role": "admin", "area": COUNTY},
        {"name": "越权", "role": "village", "area": "没有这个地方"},
        {"name": "越权", "role": "king", "area": VILLAGE},
        {"name": "", "role": "village", "area": VILLAGE},
    ],
)
def test_nobody_is_appointed_beyond_the_administrators_area(admin: Clerk, desk: Desk, fields: dict[str, str]) -> None:
    admin.open(STAFF)
    admin.post(STAFF, fields)
    assert admin.status == 422
    with pytest.raises(OfficerNotFoundError):
        find_officer(desk.store, "越权")


def test_others_see_their_colleagues_and_cannot_appoint(village: Clerk, desk: Desk) -> None:
    page = village.open(STAFF)
    assert "由管理员办" in page
    assert "王得福" in page
    before = len(all_officers(desk.store))
    village.post(STAFF, {"name": "越权", "role": "village", "area": VILLAGE})
    village.post(f"{STAFF}/{desk.colleague.number}/remove")
    assert village.status == 404
    village.open("/desk")
    village.post(f"{STAFF}/{desk.colleague.number}/link")
    assert village.status == 404
    assert len(all_officers(desk.store)) == before


def test_an_administrator_enters_leave_and_relieves(admin: Clerk, desk: Desk) -> None:
    admin.open(STAFF)
    number = desk.village.number
    leave = {"first": "2026-04-01", "last": "2026-04-05", "deputy": str(desk.colleague.number)}
    assert "王得福代办" in admin.post(f"{STAFF}/{number}/leave", leave)
    assert "停用了" in admin.post(f"{STAFF}/{number}/remove")
    assert "马志远" not in admin.text


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        (Grant(Role.VILLAGE, VILLAGE), True),
        (Grant(Role.COUNTY, COUNTY), True),
        (Grant(Role.ADMIN, TOWNSHIP), True),
        (Grant(Role.ADMIN, COUNTY), False),
        (Grant(Role.INSPECTOR, "62"), False),
        (Grant(Role.VILLAGE, f"{OTHER_COUNTY}101201"), False),
    ],
)
def test_an_administrator_manages_only_within_his_area(*, grant: Grant, expected: bool) -> None:
    admin = Officer("a", 1, "甲", (Grant(Role.ADMIN, COUNTY),))
    assert manages(admin, [grant]) is expected
    assert manages(admin, [grant, Grant(Role.COUNTY, OTHER_COUNTY)]) is False
    assert manages(admin, []) is False


def test_health_names_what_is_degraded_and_what_to_do(clerk: Callable[[str], Clerk], desk: Desk, clock: Clock) -> None:
    county = clerk("county")
    assert "还没有备份过" in county.open("/desk/setup/health")
    assert "没有 https 的网址" in county.text
    with transaction(desk.store):
        audit.append(desk.store, actor="operator", event="backup.made", subject="backup", now=clock.now)
    assert "最近一次：2026年3月30日" in county.open("/desk/setup/health")


def test_the_trail_is_shown_without_personal_data_and_checked_on_demand(village: Clerk, desk: Desk) -> None:
    case = desk.submit()
    village.step(case.receipt, "noted", text="只有我们知道的话")
    page = village.open("/desk/setup/trail")
    assert "备注" in page
    assert "只有我们知道的话" not in page
    assert "苏秀英" not in page
    assert "没有被改过、删过" in village.post("/desk/setup/trail")


def test_workflow_calendar_and_contacts_are_shown_as_they_are(village: Clerk) -> None:
    assert "入户核查" in village.open("/desk/setup/workflow")
    assert "甘肃" in village.text
    assert "从 9月28日 周一起" in village.open("/desk/setup/calendar?start=2026-09-28")
    assert "算一算期限" in village.open("/desk/setup/calendar?start=nonsense")
    assert "0943-3221234" in village.open("/desk/setup/contacts")


def test_an_administrator_gives_other_duties_and_sees_what_went_back(admin: Clerk, desk: Desk) -> None:
    admin.open(STAFF)
    address = f"{STAFF}/{desk.village.number}/duties"
    said = admin.post(address, {"role-0": "village", "area-0": VILLAGE, "role-1": "grid_worker", "area-1": VILLAGE})
    assert "换好了，退回待领 0 件" in said
    grants = find_officer(desk.store, "马志远").grants
    assert {grant.role for grant in grants} == {Role.VILLAGE, Role.GRID_WORKER}
    admin.open(STAFF)
    admin.post(address, {"role-0": "county", "area-0": OTHER_COUNTY})
    assert admin.status == 422
    admin.open(STAFF)
    assert "都要填" in admin.post(address, {"role-0": "village", "area-0": ""})
    assert find_officer(desk.store, "马志远").grants == grants


def test_who_looked_at_a_household_and_why_is_read_by_those_above(
    clerk: Callable[[str], Clerk], village: Clerk, desk: Desk
) -> None:
    case = desk.submit()
    village.open(f"/desk/case/{case.receipt}")
    village.post(f"/desk/case/{case.receipt}/reveal", {"reason": "联系群众"})
    page = clerk("township").open("/desk/setup/looks")
    assert "马志远" in page
    assert "联系群众" in page
    assert "联系群众" not in village.open("/desk/setup/looks")
