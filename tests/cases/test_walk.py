"""The whole way of a case, step by step, and what each step tells whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cases.actions.place_case import place_case
from cases.actions.record_aid import record_aid
from cases.deadlines import open_deadlines
from cases.details import (
    Acknowledgement,
    Aid,
    AssistancePlan,
    HomeVisit,
    Note,
    Placement,
    PostingEnd,
    Return,
    UrgentMark,
)
from cases.errors import (
    MissingFieldsError,
    NotPermittedError,
    ScopeError,
    StaleVersionError,
    TooEarlyError,
    WrongDateError,
)
from cases.history import history
from cases.notices import EXTRA_PARAMS, OFFICER_PARAMS, REPORTER_PARAMS, NoticeKind
from cases.states import Event, State
from cases.workflow import load_workflow
from storage.database import transaction
from tests.cases.conftest import (
    OTHER_TOWNSHIP,
    REPORTER,
    SISTER_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    Desk,
)


def test_the_reporter_is_told_at_every_step(desk: Desk) -> None:
    desk.bring_to(State.RISK_RESOLVED)
    assert [item.kind for item in desk.told()] == [
        NoticeKind.RECEIVED,
        NoticeKind.ACKNOWLEDGED,
        NoticeKind.VISITED,
        NoticeKind.APPRAISED,
        NoticeKind.POSTED,
        NoticeKind.UNDER_TOWNSHIP_REVIEW,
        NoticeKind.UNDER_COUNTY_DECISION,
        NoticeKind.ENROLLED,
        NoticeKind.RESOLUTION_PROPOSED,
        NoticeKind.VISITED,
        NoticeKind.APPRAISED,
        NoticeKind.POSTED,
        NoticeKind.UNDER_TOWNSHIP_REVIEW,
        NoticeKind.UNDER_COUNTY_DECISION,
        NoticeKind.RISK_RESOLVED,
    ]


def test_every_notice_carries_exactly_its_parameters(desk: Desk) -> None:
    chats = [desk.bind(who) for who in ("village", "township", "county")]
    desk.bring_to(State.MONITORED)
    desk.bring_to(State.DECLINED, submission_id="submission-2")
    items = [item for chat in (REPORTER, *chats) for item in desk.told(chat)]
    assert len({item.kind for item in items}) > 8
    for item in items:
        kind = NoticeKind(item.kind)
        common = REPORTER_PARAMS if kind.startswith("notice.") else OFFICER_PARAMS
        code = {"code"} if kind is NoticeKind.RECEIVED else set()
        assert set(item.params) == {*common, *EXTRA_PARAMS.get(kind, ()), *code}


def test_each_level_hears_when_a_case_comes_to_it(desk: Desk) -> None:
    township, county = desk.bind("township"), desk.bind("county")
    desk.bring_to(State.UNDER_TOWNSHIP_REVIEW)
    assert [item.kind for item in desk.told(township)] == [NoticeKind.OFFICER_WAITING]
    desk.bring_to(State.AWAITING_COUNTY_DECISION, submission_id="submission-2")
    assert [item.kind for item in desk.told(county)] == [NoticeKind.OFFICER_WAITING]


def test_the_holder_changes_with_the_level(desk: Desk) -> None:
    case = desk.bring_to(State.ON_PUBLIC_NOTICE)
    assert case.assignee == desk.village.id
    case = desk.do(case, "village", PostingEnd(date(2026, 3, 18), objections=0))
    assert case.assignee is None


def test_acknowledging_an_unheld_case_takes_it_on_and_leaves_a_held_one(desk: Desk) -> None:
    case = desk.do(desk.submit(), "colleague", Acknowledgement())
    assert case.assignee == desk.colleague.id
    case = desk.do(case, "village", HomeVisit(date(2026, 3, 11), "属实"))
    assert case.assignee == desk.colleague.id


def test_a_township_that_acknowledges_for_a_village_does_not_hold_the_case(desk: Desk) -> None:
    assert desk.do(desk.submit(), "township", Acknowledgement()).assignee is None


def test_clocks_follow_the_days_written_down(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    dates = {deadline.key: deadline.due.date for deadline in open_deadlines(desk.store, case.id)}
    assert dates == {
        "result_told": date(2026, 3, 18),
        "whole_process": date(2026, 3, 31),
        "whole_process_national": date(2026, 3, 25),
    }


def test_a_public_notice_must_stand_for_its_days(desk: Desk) -> None:
    case = desk.bring_to(State.ON_PUBLIC_NOTICE)
    with pytest.raises(TooEarlyError) as refused:
        desk.do(case, "village", PostingEnd(date(2026, 3, 16), objections=0))
    assert refused.value.ends_on == date(2026, 3, 17)
    assert desk.do(case, "village", PostingEnd(date(2026, 3, 17), objections=0)).state is State.UNDER_TOWNSHIP_REVIEW


def test_a_returned_case_starts_again_from_the_visit_with_a_new_notice(desk: Desk) -> None:
    case = desk.do(desk.bring_to(State.ON_PUBLIC_NOTICE), "township", Return("异议成立，请重新核实。"))
    assert case.state is State.UNDER_VERIFICATION
    assert "public_notice" not in {deadline.key for deadline in open_deadlines(desk.store, case.id)}
    assert desk.told()[-1].kind == NoticeKind.RETURNED
    assert "reason" not in desk.told()[-1].params


def test_a_second_visit_does_not_stretch_the_clock_of_the_first(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    case = desk.do(case, "village", HomeVisit(date(2026, 3, 20), "又去了一次。"))
    dates = {deadline.key: deadline.due.date for deadline in open_deadlines(desk.store, case.id)}
    assert dates["result_told"] == date(2026, 3, 18)


def test_all_missing_fields_are_named_at_once(desk: Desk) -> None:
    case = desk.bring_to(State.MONITORED)
    with pytest.raises(MissingFieldsError) as refused:
        desk.do(case, "village", AssistancePlan(date(2026, 3, 20)))
    assert refused.value.fields == ("measures", "support_officer")


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 3, 31)])
def test_a_record_of_a_day_before_the_report_or_after_today_is_refused(desk: Desk, day: date) -> None:
    case = desk.bring_to(State.ACKNOWLEDGED)
    with pytest.raises(WrongDateError) as refused:
        desk.do(case, "village", HomeVisit(day, "属实"))
    assert (refused.value.earliest, refused.value.latest) == (date(2026, 3, 10), date(2026, 3, 30))


def test_hainan_wants_the_data_compared_before_the_visit_counts(desk: Desk) -> None:
    from_hainan = desk_of(desk, "hainan-2021")
    case = from_hainan.bring_to(State.ACKNOWLEDGED)
    with pytest.raises(MissingFieldsError) as refused:
        from_hainan.do(case, "village", HomeVisit(date(2026, 3, 11), "属实"))
    assert refused.value.fields == ("cross_checked_on",)


def desk_of(desk: Desk, variant: str) -> Desk:
    """Return the same desk under another variant."""
    return replace(desk, workflow=load_workflow(variant))


def test_a_stale_version_is_refused_with_what_changed(desk: Desk) -> None:
    seen = desk.submit()
    case = desk.do(desk.do(seen, "colleague", Acknowledgement()), "township", Note("请尽快入户。"))
    with pytest.raises(StaleVersionError) as refused:
        desk.do(seen, "village", HomeVisit(date(2026, 3, 11), "属实"))
    assert (refused.value.seen, refused.value.current) == (1, 3)
    changes = [(change.event, change.by, change.at) for change in refused.value.changes]
    assert changes == [("acknowledged", "王得福", desk.later), ("noted", "李玉梅", desk.later)]
    assert desk.do(case, "village", HomeVisit(date(2026, 3, 11), "属实")).version == 4


def test_urgent_goes_to_the_front_and_aid_may_come_first(desk: Desk) -> None:
    township = desk.bind("township")
    case = desk.do(desk.submit(), "village", UrgentMark("房子塌了一间。"))
    assert case.urgent
    assert case.due_on == date(2026, 3, 17), "the visit still comes before aid counted from the later mark"
    assert [item.kind for item in desk.told(township)] == [NoticeKind.OFFICER_URGENT]
    with transaction(desk.store):
        case = record_aid(
            desk.store,
            case.receipt,
            Aid(date(2026, 3, 30), "临时住处和米面"),
            actor=desk.township,
            version=case.version,
            now=desk.later,
        )
    assert case.state is State.SUBMITTED
    assert "urgent_aid" not in {deadline.key for deadline in open_deadlines(desk.store, case.id)}
    assert desk.told()[-1].params["given_on"] == "2026-03-30"


def test_a_township_places_a_case_and_the_village_hears(desk: Desk) -> None:
    village = desk.bind("village")
    case = desk.submit(area_code=TOWNSHIP)
    with transaction(desk.store):
        case = place_case(
            desk.store, case.receipt, Placement(VILLAGE), actor=desk.township, version=case.version, now=desk.now
        )
    assert case.area_code == VILLAGE
    assert [item.kind for item in desk.told(village)] == [NoticeKind.OFFICER_WAITING]


def test_a_holder_lets_a_case_go_that_is_placed_elsewhere(desk: Desk) -> None:
    case = desk.bring_to(State.ACKNOWLEDGED)
    case = desk.do(case, "township", Placement(SISTER_VILLAGE))
    assert (case.area_code, case.assignee) == (SISTER_VILLAGE, None)


@pytest.mark.parametrize(
    ("code", "error"), [(OTHER_TOWNSHIP, NotPermittedError), ("620422", ScopeError), ("村里", ScopeError)]
)
def test_a_case_is_placed_only_in_villages_of_ones_own(desk: Desk, code: str, error: type[Exception]) -> None:
    case = desk.submit()
    with pytest.raises(error), transaction(desk.store):
        place_case(desk.store, case.receipt, Placement(code), actor=desk.township, version=case.version, now=desk.now)


def test_history_says_who_did_what_on_which_day(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    entries = history(desk.store, case.id)
    assert [(entry.event, entry.by) for entry in entries] == [
        (Event.SUBMITTED, ""),
        (Event.ACKNOWLEDGED, "马志远"),
        (Event.HOME_VISIT_RECORDED, "马志远"),
    ]
    assert entries[-1].happened_on == date(2026, 3, 11)
    assert entries[-1].recorded_at == desk.later
