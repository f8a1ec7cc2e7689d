"""Who looked at whom, when and why, for those who answer for it."""

from __future__ import annotations

from cases.access import reveal_file
from cases.actors import Role
from cases.case import Case
from cases.reveals import Reveal, reveals
from storage.case_keys import erase_case_key
from storage.database import transaction
from tests.cases.conftest import COUNTY, OTHER_COUNTY, Desk, appoint


def look(desk: Desk, case: Case, who: str, reason: str = "") -> None:
    """Let an officer look at a household."""
    with transaction(desk.store):
        reveal_file(desk.store, case.receipt, officer=desk.officer(who), now=desk.later, reason=reason)


def seen(found: list[Reveal]) -> list[tuple[str, str, str]]:
    """Return who looked at what and why."""
    return [(one.by, one.receipt, one.reason) for one in found]


def test_looks_are_listed_newest_first_with_their_reasons(desk: Desk) -> None:
    first, second = desk.submit(), desk.submit(submission_id="submission-2")
    look(desk, first, "village", "联系群众")
    look(desk, second, "township")
    wanted = [("李玉梅", second.receipt, ""), ("马志远", first.receipt, "联系群众")]
    assert seen(reveals(desk.store, officer=desk.inspector)) == wanted
    newest = reveals(desk.store, officer=desk.county, limit=1)
    assert seen(newest) == wanted[:1]
    assert seen(reveals(desk.store, officer=desk.county, before=newest[0].seq)) == wanted[1:]
    assert newest[0].at == desk.later


def test_a_reason_is_kept_sealed_and_goes_with_the_household(desk: Desk) -> None:
    case = desk.submit()
    look(desk, case, "village", "苏秀英打电话来问")
    (row,) = desk.store.db.query("SELECT reason FROM reveal_reasons")
    assert "苏秀英".encode() not in row["reason"]
    with transaction(desk.store):
        erase_case_key(desk.store, case.id, now=desk.later)
    assert seen(reveals(desk.store, officer=desk.county)) == [("马志远", case.receipt, "（已删除）")]


def test_only_those_above_in_the_same_area_read_who_looked(desk: Desk) -> None:
    look(desk, desk.submit(), "village", "联系群众")
    admin = appoint(desk.store, desk.now, "管理员", (Role.ADMIN, COUNTY))
    elsewhere = appoint(desk.store, desk.now, "外县", (Role.COUNTY, OTHER_COUNTY))
    readers = (desk.township, desk.county, desk.inspector, admin, desk.village, desk.stranger, elsewhere)
    assert [len(reveals(desk.store, officer=one)) for one in readers] == [1, 1, 1, 1, 0, 0, 0]
