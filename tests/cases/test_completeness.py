"""What goes back goes back once, with everything that is missing."""

from __future__ import annotations

from datetime import date

from cases.actions.review_at_township import review_at_township
from cases.completeness import gaps
from cases.concerns import ConcernKind, concerns
from cases.details import Appraisal, HomeVisit, Posting, PostingEnd, Return
from cases.history import history
from cases.states import State
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import Desk
from tests.cases.papers import appraised, draft, post

DAY = date(2026, 3, 11)


def test_a_return_names_what_the_officer_says_and_what_the_program_sees(desk: Desk) -> None:
    case = desk.do(desk.bring_to(State.ACKNOWLEDGED), "village", HomeVisit(DAY, "属实", ("马志远",)))
    for details in (Appraisal(DAY, "同意"), Posting(DAY, "公开栏"), PostingEnd(date(2026, 3, 17), objections=0)):
        case = desk.do(case, "village", details)
    returned = Return("收入对不上", ("务工收入的印证", "入户人员不到两个人"))
    with transaction(desk.store):
        review_at_township(
            desk.store, case.receipt, returned, actor=desk.township, version=case.version, now=desk.later
        )
    assert history(desk.store, case.id)[-1].details["missing"] == [
        "务工收入的印证",
        "入户人员不到两个人",
        "承诺授权书没有签字",
        "入户采集表没有填",
        "信息比对没有做",
        "没有民主评议会记录和签到表",
        "没有公示张贴、揭下的照片",
    ]


def test_papers_with_their_photos_leave_fewer_gaps(desk: Desk) -> None:
    case = appraised(desk)
    assert "没有公示张贴、揭下的照片" in gaps(desk.store, case)
    post(desk, draft(desk, case))
    assert gaps(desk.store, case) == ["没有民主评议会记录和签到表", "没有公示张贴、揭下的照片"], "not yet taken down"


def test_a_second_return_to_the_same_place_is_a_concern(desk: Desk) -> None:
    case = desk.do(desk.bring_to(State.UNDER_APPRAISAL), "township", Return("缺签到表"))
    assert ConcernKind.RETURNED_PIECEMEAL not in {one.kind for one in concerns(desk.store, case, today=DAY)}
    case = desk.do(case, "village", Appraisal(local_date(desk.later), "同意"))
    case = desk.do(case, "township", Return("还缺会议照片"))
    (concern,) = (one for one in concerns(desk.store, case, today=DAY) if one.kind is ConcernKind.RETURNED_PIECEMEAL)
    assert concern.count == 2
