"""A public notice from its draft to the day it comes down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.actions.draft_public_notice import draft_public_notice
from cases.actions.end_notice import end_notice
from cases.actions.end_public_notice import end_public_notice
from cases.actions.hear_objection import answer_objection, hear_objection, reveal_objection
from cases.actions.print_public_notice import print_public_notice
from cases.actions.record_household import record_household
from cases.case import Case
from cases.details import Appraisal, HouseholdRecord, PostingEnd, Return
from cases.errors import (
    LeakError,
    MissingFieldsError,
    PaperItemError,
    PaperMissingError,
    PaperMixedError,
    PaperNotFoundError,
    PaperStateError,
    WrongDateError,
)
from cases.history import history
from cases.notices import NoticeKind
from cases.paper import WATERMARK, to_html, to_text
from cases.public_notice.late import hung_without_paper
from cases.public_notice.notice import PublicNotice, access_notice, list_notices
from cases.public_notice.objections import Means, NewObjection, Objection
from cases.public_notice.sheet import ObjectionCode
from cases.reminders import remind
from cases.report import Relation
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import SISTER_VILLAGE, Desk
from tests.cases.papers import SUPERVISION, again, appraised, draft, events, photo, post, today
from tests.cases.sheets import MEMBER, SHEET

VILLAGE_PATH = "甘肃省/白银市/会宁县/会师镇/南家咀头村"


def end(desk: Desk, notice: PublicNotice, *, after: int) -> PublicNotice:
    """Take a notice down, *after* days from its start."""
    with transaction(desk.store):
        return end_public_notice(
            desk.store,
            notice.number,
            on=notice.starts_on + timedelta(days=after),
            photo=photo_within(desk),
            actor=desk.village,
            now=desk.later + timedelta(days=after),
        )


def photo_within(desk: Desk) -> str:
    """Return the photo that the tests keep beforehand."""
    return next(desk.store.db.query("SELECT id FROM attachments LIMIT 1"))["id"]


def hear(desk: Desk, notice: PublicNotice, case: Case, text: str = "他家在城里有房") -> Objection:
    """Enter an objection."""
    new = NewObjection(Means.MOUTH, today(desk), text)
    with transaction(desk.store):
        return hear_objection(desk.store, notice.number, case.receipt, new, actor=desk.village, now=desk.later)


def answer(desk: Desk, notice: PublicNotice, objection: Objection, *, upheld: bool) -> None:
    """Answer an objection."""
    with transaction(desk.store):
        answer_objection(
            desk.store,
            notice.number,
            objection.number,
            "查过了。",
            upheld=upheld,
            on=today(desk),
            actor=desk.village,
            now=desk.later,
        )


def test_one_notice_carries_several_households_up_and_down(desk: Desk) -> None:
    cases = [appraised(desk, 1), appraised(desk, 2, householder="马学")]
    notice = post(desk, draft(desk, *cases))
    assert {again(desk, case).state for case in cases} == {State.ON_PUBLIC_NOTICE}
    assert notice.ends_on == notice.starts_on + timedelta(days=5)
    notice = end(desk, notice, after=5)
    assert {again(desk, case).state for case in cases} == {State.UNDER_TOWNSHIP_REVIEW}
    assert notice.ended_on == notice.ends_on
    assert events(desk, f"public_notice:{notice.number}") == [
        "public_notice.drafted",
        "public_notice.posted",
        "public_notice.ended",
    ]


def test_the_sheet_says_name_and_group_and_nothing_else_of_the_household(desk: Desk) -> None:
    notice = draft(desk, appraised(desk, relation=Relation.NEIGHBOUR, reporter_name="王建国"))
    with transaction(desk.store):
        paper = print_public_notice(
            desk.store, notice.number, village=VILLAGE_PATH, original=True, actor=desk.village, now=desk.later
        )
    assert paper.rows == [("1", "苏秀英", "三社")]
    for text in (to_text(paper), to_html(paper)):
        assert SUPERVISION in text
        for private in ("王建国", "138", "因病", "住院", "四万"):
            assert private not in text


def test_only_the_original_goes_without_the_watermark_and_each_print_leaves_a_trace(desk: Desk) -> None:
    notice = draft(desk, appraised(desk))
    for original in (False, True):
        with transaction(desk.store):
            paper = print_public_notice(
                desk.store, notice.number, village=VILLAGE_PATH, original=original, actor=desk.village, now=desk.later
            )
        assert [WATERMARK in text for text in (to_text(paper), to_html(paper))] == [not original] * 2
    assert events(desk, f"public_notice:{notice.number}").count("public_notice.printed") == 2


def test_a_page_escapes_what_it_prints(desk: Desk) -> None:
    notice = draft(desk, appraised(desk))
    with transaction(desk.store):
        paper = print_public_notice(
            desk.store, notice.number, village="<b>村", original=False, actor=desk.village, now=desk.later
        )
    assert "<b>" not in to_html(paper)
    assert "@media print" in to_html(paper)


@pytest.mark.parametrize(
    "changes",
    [{"householder": "苏秀英因病"}, {"group": "三社12号"}, {"group": "13800138000"}, {"householder": "苏秀英尿毒症"}],
)
def test_a_leak_stops_the_draft_and_leaves_nothing(desk: Desk, changes: dict[str, str]) -> None:
    case = appraised(desk, **changes)
    with pytest.raises(LeakError) as refused:
        draft(desk, case)
    assert {(leak["receipt"], leak["field"]) for leak in refused.value.leaks} == {(case.receipt, next(iter(changes)))}
    assert next(iter(changes.values())) not in str(refused.value)
    assert list(desk.store.db.query("SELECT 1 FROM public_notices")) == []


def test_cases_that_cannot_be_put_up_together_are_refused(desk: Desk) -> None:
    case = appraised(desk)
    with pytest.raises(PaperMixedError):
        draft(desk)
    with pytest.raises(PaperItemError) as refused:
        draft(desk, case, desk.bring_to(State.ACKNOWLEDGED, submission_id="submission-2"))
    assert refused.value.reason == "cases.not_possible"
    with pytest.raises(PaperItemError) as refused:
        draft(desk, case, who="stranger")
    assert refused.value.reason == "cases.not_found"
    with pytest.raises(PaperItemError) as refused:
        draft(desk, case, who="township")
    assert refused.value.reason == "cases.not_permitted"


def test_a_notice_needs_a_telephone(desk: Desk) -> None:
    case = appraised(desk)
    arguments = {"actor": desk.village, "now": desk.later}
    with pytest.raises(MissingFieldsError), transaction(desk.store):
        draft_public_notice(desk.store, [case.receipt], starts_on=today(desk), supervision=" ", **arguments)


def test_a_notice_that_hung_before_it_was_entered_keeps_its_true_day(desk: Desk) -> None:
    case = appraised(desk)
    appraised_on = date(2026, 3, 12)
    known = {"supervision": "1", "actor": desk.village, "now": desk.later}
    with pytest.raises(PaperItemError) as refused, transaction(desk.store):
        draft_public_notice(desk.store, [case.receipt], starts_on=appraised_on - timedelta(days=1), **known)
    assert refused.value.reason == "cases.wrong_date"
    with transaction(desk.store):
        notice = draft_public_notice(desk.store, [case.receipt], starts_on=appraised_on, **known)
    post(desk, notice)
    assert history(desk.store, case.id)[-1].is_late


def test_a_case_put_up_without_a_paper_gets_one_of_its_true_day_or_is_returned(desk: Desk) -> None:
    case = desk.bring_to(State.ON_PUBLIC_NOTICE)
    hung = hung_without_paper(desk.store, case)
    assert hung is not None
    with pytest.raises(PaperMissingError, match="hung"), transaction(desk.store):
        end_notice(desk.store, case.receipt, PostingEnd(today(desk)), actor=desk.village, version=None, now=desk.later)
    known = {"supervision": SUPERVISION, "actor": desk.village, "now": desk.later}
    for days in (-1, 1):
        with pytest.raises(PaperItemError) as refused, transaction(desk.store):
            draft_public_notice(desk.store, [case.receipt], starts_on=hung.on + timedelta(days=days), **known)
        assert refused.value.reason == "cases.wrong_date"
    with transaction(desk.store):
        notice = draft_public_notice(desk.store, [case.receipt], starts_on=hung.on, **known)
    assert hung_without_paper(desk.store, case) == hung
    post(desk, notice)
    assert again(desk, case) == case
    assert hung_without_paper(desk.store, case) is None
    end(desk, notice, after=5)
    assert again(desk, case).state is State.UNDER_TOWNSHIP_REVIEW


def test_a_notice_goes_up_on_the_day_that_it_prints_and_once(desk: Desk) -> None:
    notice = draft(desk, appraised(desk))
    with pytest.raises(WrongDateError):
        post(desk, notice, days=1)
    post(desk, notice)
    with pytest.raises(PaperStateError, match="posted_before"):
        post(desk, notice)


def test_a_notice_cannot_come_down_early_twice_or_unposted(desk: Desk) -> None:
    notice = draft(desk, appraised(desk))
    photo(desk)
    with pytest.raises(PaperStateError, match="not_posted"):
        end(desk, notice, after=5)
    post(desk, notice)
    with pytest.raises(PaperItemError) as refused:
        end(desk, notice, after=4)
    assert refused.value.reason == "cases.too_early"
    end(desk, notice, after=5)
    with pytest.raises(PaperStateError, match="ended_before"):
        end(desk, notice, after=5)


def test_objections_are_numbered_and_all_answered_before_the_end(desk: Desk) -> None:
    above = desk.bind("township")
    case = appraised(desk)
    notice = post(desk, draft(desk, case))
    first, second = hear(desk, notice, case), hear(desk, notice, case, "再说一件")
    assert (first.number, second.number, first.answer_by) == (1, 2, notice.ends_on)
    assert [item.kind for item in desk.told(above)] == [NoticeKind.OFFICER_OBJECTION] * 2
    answer(desk, notice, first, upheld=False)
    with pytest.raises(PaperStateError, match="objection_open"):
        end(desk, notice, after=5)
    answer(desk, notice, second, upheld=False)
    with pytest.raises(PaperStateError, match="answered_before"):
        answer(desk, notice, second, upheld=True)
    end(desk, notice, after=5)


def test_a_case_whose_objection_was_upheld_goes_back_and_the_others_go_on(desk: Desk) -> None:
    cases = [appraised(desk, 1), appraised(desk, 2)]
    notice = post(desk, draft(desk, *cases))
    answer(desk, notice, hear(desk, notice, cases[0]), upheld=True)
    with pytest.raises(PaperStateError, match="objection_upheld"):
        end(desk, notice, after=5)
    desk.do(again(desk, cases[0]), "township", Return("异议成立，请重新核实。"))
    end(desk, notice, after=5)
    assert [again(desk, case).state for case in cases] == [State.UNDER_VERIFICATION, State.UNDER_TOWNSHIP_REVIEW]


def test_reading_an_objection_leaves_a_trace(desk: Desk) -> None:
    case = appraised(desk)
    notice = post(desk, draft(desk, case))
    hear(desk, notice, case)
    with transaction(desk.store):
        words = reveal_objection(desk.store, notice.number, 1, actor=desk.township, now=desk.later)
    assert words.text == "他家在城里有房"
    assert events(desk, f"public_notice:{notice.number}")[-1] == "public_notice.objection_revealed"


def test_outside_his_area_an_officer_sees_no_notice(desk: Desk) -> None:
    notice = draft(desk, appraised(desk))
    assert desk.stranger.roles_at(SISTER_VILLAGE)
    with pytest.raises(PaperNotFoundError):
        access_notice(desk.store, notice.number, officer=desk.stranger)


def test_the_village_is_reminded_once_a_day_of_a_notice_that_hangs_too_long(desk: Desk) -> None:
    village = desk.bind("village")
    notice = post(desk, draft(desk, appraised(desk)))
    reminded = []
    for days in (5, 6, 6, 7):
        with transaction(desk.store):
            reminded.append(remind(desk.store, desk.later + timedelta(days=days)))
    assert reminded == [0, 1, 0, 1]
    told = [item for item in desk.told(village) if item.kind == NoticeKind.OFFICER_TAKE_DOWN]
    assert [item.params["notice"] for item in told] == [notice.number] * 2


@pytest.mark.parametrize(
    ("born", "group", "leaks"),
    [
        ("1949-12-31", "三社", set()),
        ("2008-03-30", "三社", set()),
        ("2008-03-31", "三社", {"minor"}),
        ("2010-01-01", "三社", {"minor"}),
        ("1949-12-31", "马得水社", {"other_person"}),
    ],
)
def test_of_the_sheet_nobody_but_a_grown_householder_is_named(
    desk: Desk, born: str, group: str, leaks: set[str]
) -> None:
    known = {"id_kind": "其他", "sex": "女", "born_on": born}
    householder = {**MEMBER, **known}
    members = [householder, {**MEMBER, "name": "马得水", "relation": "配偶"}]
    case = desk.bring_to(State.UNDER_VERIFICATION, group=group)
    record = HouseholdRecord(today(desk), {**SHEET, "members": members})
    with transaction(desk.store):
        case = record_household(
            desk.store, case.receipt, record, actor=desk.village, version=case.version, now=desk.later
        )
    case = desk.do(case, "village", Appraisal(today(desk), "同意上报。"))
    if not leaks:
        assert draft(desk, case).number
        return
    with pytest.raises(LeakError) as refused:
        draft(desk, case)
    assert {leak["kind"] for leak in refused.value.leaks} == leaks


def test_notices_are_listed_page_by_page(desk: Desk) -> None:
    numbers = [draft(desk, appraised(desk, number)).number for number in (1, 2, 3)]
    first = [one.number for one in list_notices(desk.store, officer=desk.township, limit=2)]
    rest = [one.number for one in list_notices(desk.store, officer=desk.township, before=first[-1])]
    assert [*first, *rest] == numbers[::-1]
    assert list_notices(desk.store, officer=desk.stranger) == []


def test_the_sheet_carries_the_code_by_which_anybody_may_object(desk: Desk) -> None:
    notice = draft(desk, appraised(desk))
    code = ObjectionCode("https://bangfu.example/o/N1ABC", "<svg></svg>")
    with transaction(desk.store):
        paper = print_public_notice(
            desk.store,
            notice.number,
            village=VILLAGE_PATH,
            original=True,
            actor=desk.village,
            now=desk.later,
            code=code,
        )
    assert code.address in to_text(paper)
    assert code.square in to_html(paper)
