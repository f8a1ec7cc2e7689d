"""One meeting, many households: the village's appraisal, the township's review, the county's batch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.actions.decide_batch import Batch, decide_batch
from cases.actions.hand_in_sign_in import hand_in_sign_in
from cases.actions.perform import perform
from cases.actions.print_meeting import Printing, print_meeting
from cases.actions.record_appraisal import record_appraisal
from cases.actions.record_meeting import AppraisalMeeting, Vote, record_meeting
from cases.actions.record_minutes import Minutes, Review, record_minutes
from cases.case import Case
from cases.details import (
    Appraisal,
    CountyApproval,
    Details,
    Posting,
    PostingEnd,
    Resolution,
    Return,
    TownshipApproval,
)
from cases.errors import (
    CasesError,
    CountError,
    MissingFieldsError,
    NotPermittedError,
    PaperItemError,
    PaperMissingError,
    PaperMixedError,
    PaperNotFoundError,
    PaperStateError,
    WrongDateError,
)
from cases.meetings.meeting import Meeting, access_meeting, items_of, list_meetings
from cases.meetings.sheets import SHEETS, SheetKind
from cases.paper import Paper, to_text
from cases.states import Event, State
from cases.tasks import has_open_proposal
from storage import audit
from storage.database import transaction
from tests.cases.conftest import SISTER_VILLAGE, Desk
from tests.cases.papers import again, events, photo, today


def verified(desk: Desk, number: int = 1, **changes: object) -> Case:
    """Return a case that waits for its meeting."""
    return desk.bring_to(State.UNDER_VERIFICATION, submission_id=f"submission-{number}", **changes)


def vote(case: Case, in_favour: int = 21, against: int = 1, abstained: int = 1, **changes: object) -> Vote:
    """Return what a meeting of 23 concluded on a case."""
    base = Vote(case.receipt, in_favour, against, abstained, "同意上报。")
    return replace(base, **changes)  # type: ignore[arg-type]


def meet(desk: Desk, *votes: Vote, who: str = "village", **changes: object) -> Meeting:
    """Record a meeting of 23 out of 25, of whom 17 must come."""
    meeting = AppraisalMeeting(today(desk), "村委会", 25, 23, 17, "马志远", "王得福", photo(desk))
    with transaction(desk.store):
        return record_meeting(
            desk.store,
            replace(meeting, **changes),  # type: ignore[arg-type]
            votes,
            actor=desk.officer(who),
            now=desk.later,
        )


def review(desk: Desk, *reviews: Review, **changes: object) -> Meeting:
    """Record the minutes of a township."""
    minutes = Minutes(today(desk), "镇政府", "李玉梅", "赵有才", ("李玉梅", "赵有才"))
    with transaction(desk.store):
        return record_minutes(
            desk.store,
            replace(minutes, **changes),  # type: ignore[arg-type]
            reviews,
            actor=desk.township,
            now=desk.later,
        )


def decide(desk: Desk, *cases: Case, number: str = "会农发〔2026〕12号", **changes: object) -> Meeting:
    """Decide on a batch."""
    batch = replace(Batch(today(desk), number, "同意纳入。"), **changes)  # type: ignore[arg-type]
    with transaction(desk.store):
        return decide_batch(desk.store, batch, [case.receipt for case in cases], actor=desk.county, now=desk.later)


def show(desk: Desk, meeting: Meeting, kind: SheetKind, *, reveal: bool, who: str = "county") -> Paper:
    """Print a sheet."""
    with transaction(desk.store):
        return print_meeting(
            desk.store,
            meeting.number,
            Printing(kind, reveal, original=False),
            area_name=lambda code: f"地方{code}",
            actor=desk.officer(who),
            now=desk.later,
        )


def test_one_meeting_appraises_all_its_households(desk: Desk) -> None:
    cases = [verified(desk, 1), verified(desk, 2)]
    meeting = meet(desk, *(vote(case) for case in cases))
    assert {again(desk, case).state for case in cases} == {State.UNDER_APPRAISAL}
    assert [item.case.receipt for item in items_of(desk.store, meeting)] == [case.receipt for case in cases]
    assert meeting.sitting["attended"] == 23
    assert events(desk, f"meeting:{meeting.number}") == ["meeting.recorded"]


GATES = (
    (State.UNDER_VERIFICATION, "village", Appraisal(date(2026, 3, 12), "同意上报。"), "appraisal"),
    (State.UNDER_TOWNSHIP_REVIEW, "township", TownshipApproval("同意。"), "township_review"),
    (State.AWAITING_COUNTY_DECISION, "county", CountyApproval("同意。", "1号"), "county_decision"),
    (State.RESOLUTION_UNDER_REVIEW, "township", TownshipApproval("同意。"), "township_review"),
    (State.AWAITING_RESOLUTION, "county", Resolution("稳定。", "2号"), "county_decision"),
    (State.UNDER_APPRAISAL, "village", Posting(date(2026, 3, 12), "村务公开栏"), "posting"),
    (State.ON_PUBLIC_NOTICE, "village", PostingEnd(date(2026, 3, 18), 0), "hung"),
)


@pytest.mark.parametrize(("state", "who", "details", "paper"), GATES, ids=[f"{gate[0]}-{gate[3]}" for gate in GATES])
def test_a_case_without_its_paper_cannot_pass(desk: Desk, state: State, who: str, details: Details, paper: str) -> None:
    case = desk.bring_to(state)
    with pytest.raises(PaperMissingError) as refused, transaction(desk.store):
        perform(desk.store, case.receipt, details, actor=desk.officer(who), version=case.version, now=desk.later)
    assert refused.value.paper == paper
    assert again(desk, case) == case


def test_the_meeting_of_another_household_does_not_count(desk: Desk) -> None:
    case = verified(desk, 1)
    meet(desk, vote(verified(desk, 2)))
    appraisal = Appraisal(today(desk), "同意上报。")
    with pytest.raises(PaperMissingError), transaction(desk.store):
        record_appraisal(desk.store, case.receipt, appraisal, actor=desk.village, version=None, now=desk.later)


def test_a_meeting_before_the_case_was_sent_back_does_not_count_again(desk: Desk) -> None:
    case = verified(desk)
    meet(desk, vote(case))
    tomorrow = replace(desk, now=desk.now + timedelta(days=1))
    tomorrow.do(again(desk, case), "township", Return("缺授权书。"))
    appraisal = Appraisal(today(desk), "同意上报。")
    with pytest.raises(PaperMissingError), transaction(desk.store):
        record_appraisal(desk.store, case.receipt, appraisal, actor=desk.village, version=None, now=tomorrow.later)


def test_where_the_meeting_did_not_agree_the_township_must_confirm(desk: Desk) -> None:
    agreed, refused = verified(desk, 1), verified(desk, 2)
    meet(desk, vote(agreed), vote(refused, 3, 20, 0, conclusion="评议未通过。"))
    assert [has_open_proposal(desk.store, case.id) for case in (agreed, refused)] == [False, True]
    assert again(desk, refused).active


@pytest.mark.parametrize(("in_favour", "against", "carried"), [(12, 11, True), (11, 12, False), (11, 11, False)])
def test_more_than_half_of_those_who_could_vote_must_agree(in_favour: int, against: int, *, carried: bool) -> None:
    assert Vote("1", in_favour, against, 23 - in_favour - against, "结论").carried is carried


@pytest.mark.parametrize(
    ("votes", "sitting", "why"),
    [
        ({}, {"attended": 26}, "attended"),
        ({}, {"quorum": 24}, "quorum"),
        ({"in_favour": 20}, {}, "votes"),
        ({"in_favour": -1, "against": 23}, {}, "votes"),
        ({"recused": ("马得水",)}, {}, "votes"),
        ({"recused": ("马得水",) * 23}, {}, "recused"),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(
    desk: Desk, votes: dict[str, object], sitting: dict[str, object], why: str
) -> None:
    case = verified(desk)
    with pytest.raises(CountError) as refused:
        meet(desk, vote(case, **votes), **sitting)
    assert refused.value.why == why
    assert again(desk, case).state is State.UNDER_VERIFICATION
    meet(desk, vote(case, in_favour=20, recused=("马得水",)))


def test_a_record_names_place_chair_recorder_and_conclusion(desk: Desk) -> None:
    case = verified(desk)
    with pytest.raises(MissingFieldsError) as refused:
        meet(desk, vote(case, conclusion=" "), place="", chair="", recorder="")
    assert refused.value.fields == ("place", "chair", "recorder", "conclusion")


def test_one_case_that_cannot_be_appraised_stops_the_whole_record(desk: Desk) -> None:
    ready, early = verified(desk, 1), desk.bring_to(State.ACKNOWLEDGED, submission_id="submission-2")
    with pytest.raises(PaperItemError) as refused:
        meet(desk, vote(ready), vote(early))
    assert (refused.value.receipt, refused.value.reason) == (early.receipt, "cases.not_possible")
    assert again(desk, ready).state is State.UNDER_VERIFICATION
    assert list_meetings(desk.store, officer=desk.village) == []


def test_a_meeting_is_of_one_village_and_its_own_officers(desk: Desk) -> None:
    case = verified(desk)
    with pytest.raises(PaperMixedError):
        meet(desk)
    with pytest.raises(PaperItemError) as refused:
        meet(desk, vote(case), who="stranger")
    assert refused.value.reason == "cases.not_found"
    elsewhere = desk.submit(submission_id="submission-2", area_code=SISTER_VILLAGE)
    with pytest.raises(PaperMixedError):
        meet(desk, vote(case), vote(elsewhere), who="county")


def test_minutes_pass_some_cases_and_send_others_back(desk: Desk) -> None:
    passed, returned = (
        desk.bring_to(State.UNDER_TOWNSHIP_REVIEW, submission_id=f"submission-{number}") for number in (1, 2)
    )
    meeting = review(desk, Review(passed.receipt, True, "同意。"), Review(returned.receipt, False, "缺授权书。"))
    assert again(desk, passed).state is State.AWAITING_COUNTY_DECISION
    assert again(desk, returned).state is State.UNDER_VERIFICATION
    request = show(desk, meeting, SheetKind.REQUEST, reveal=False, who="township")
    assert [row[1] for row in request.rows] == [passed.receipt]


def test_minutes_name_who_was_there_and_lie_in_the_past(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_TOWNSHIP_REVIEW)
    with pytest.raises(MissingFieldsError) as refused:
        review(desk, Review(case.receipt, True, ""), place="", attendees=())
    assert refused.value.fields == ("place", "attendees", "opinion")
    with pytest.raises(WrongDateError):
        review(desk, Review(case.receipt, True, "同意。"), held_on=today(desk) + timedelta(days=1))


def test_a_batch_enrols_all_its_households_under_one_number(desk: Desk) -> None:
    cases = [desk.bring_to(State.AWAITING_COUNTY_DECISION, submission_id=f"submission-{n}") for n in (1, 2)]
    batch = decide(desk, *cases)
    assert {again(desk, case).state for case in cases} == {State.MONITORED}
    reply = to_text(show(desk, batch, SheetKind.REPLY, reveal=False))
    assert "会农发〔2026〕12号" in reply
    assert "同意将 2 户" in reply
    third = desk.bring_to(State.AWAITING_COUNTY_DECISION, submission_id="submission-3")
    with pytest.raises(PaperStateError, match="number_taken"):
        decide(desk, third)


def test_a_batch_has_a_number_an_opinion_and_a_past_day(desk: Desk) -> None:
    case = desk.bring_to(State.AWAITING_COUNTY_DECISION)
    with pytest.raises(MissingFieldsError) as refused:
        decide(desk, case, number=" ", opinion="")
    assert refused.value.fields == ("document_number", "opinion")
    with pytest.raises(WrongDateError):
        decide(desk, case, decided_on=today(desk) + timedelta(days=1))


def test_who_approved_for_the_township_decides_no_batch_with_that_case(desk: Desk) -> None:
    case = desk.bring_to(State.AWAITING_COUNTY_DECISION)
    with pytest.raises(PaperItemError), transaction(desk.store):
        decide_batch(
            desk.store,
            Batch(today(desk), "1号", "同意。"),
            [case.receipt],
            actor=desk.township,
            now=desk.later,
        )


def test_names_are_shown_only_with_a_trace_for_each_household(desk: Desk) -> None:
    case = verified(desk)
    meeting = meet(desk, vote(case, in_favour=20, recused=("马得水",)))
    for kind in SHEETS[meeting.kind]:
        masked = to_text(show(desk, meeting, kind, reveal=False))
        assert "苏**" in masked
        assert "马得水" not in masked
    before = len(audit.rows(desk.store, f"case:{case.id}"))
    shown = to_text(show(desk, meeting, SheetKind.RECORD, reveal=True))
    assert "苏秀英" in shown
    assert "马得水" in shown
    assert [row.event for row in audit.rows(desk.store, f"case:{case.id}")][before:] == ["case.revealed"]


def test_a_meeting_has_no_other_sheets_than_its_own(desk: Desk) -> None:
    case = verified(desk)
    meeting = meet(desk, vote(case))
    for kind in set(SheetKind) - set(SHEETS[meeting.kind]):
        with pytest.raises(PaperStateError, match="no_such_sheet"):
            show(desk, meeting, kind, reveal=False)


def test_outside_his_area_an_officer_sees_no_meeting(desk: Desk) -> None:
    meeting = meet(desk, vote(verified(desk)))
    with pytest.raises(PaperNotFoundError):
        access_meeting(desk.store, meeting.number, officer=desk.stranger)
    assert list_meetings(desk.store, officer=desk.stranger) == []
    assert [one.number for one in list_meetings(desk.store, officer=desk.county)] == [meeting.number]


def test_refusals_of_a_case_are_carried_whole() -> None:
    inner = MissingFieldsError(event=Event.NOTED, fields=["text"])
    assert isinstance(inner, CasesError)
    outer = PaperItemError(receipt="1", refused=inner)
    assert outer.params == {"receipt": "1", "reason": inner.code, "fields": {"event": "noted", "fields": ["text"]}}


def test_meetings_are_listed_page_by_page(desk: Desk) -> None:
    numbers = [meet(desk, vote(verified(desk, number))).number for number in (1, 2, 3)]
    first = [one.number for one in list_meetings(desk.store, officer=desk.township, limit=2)]
    rest = [one.number for one in list_meetings(desk.store, officer=desk.township, before=first[-1], limit=2)]
    assert [*first, *rest] == numbers[::-1]


def test_no_township_agrees_before_the_sign_in_sheet_is_handed_in(desk: Desk) -> None:
    case = verified(desk)
    meeting = meet(desk, vote(case), photo="")
    for details in (Posting(date(2026, 3, 30), "公开栏"), PostingEnd(date(2026, 4, 6), 0)):
        later = replace(desk, now=desk.now + timedelta(days=10))
        later.do(again(desk, case), "village", details)
    with pytest.raises(PaperItemError) as refused:
        review(desk, Review(case.receipt, True, "同意。"))
    assert refused.value.fields == {"paper": "sign_in"}
    assert "还没有交" in to_text(show(desk, meeting, SheetKind.RECORD, reveal=False))
    sheet = photo(desk)
    for who, why in (("township", NotPermittedError), ("stranger", PaperNotFoundError)):
        with pytest.raises(why), transaction(desk.store):
            hand_in_sign_in(desk.store, meeting.number, sheet, actor=desk.officer(who), now=desk.later)
    with transaction(desk.store):
        hand_in_sign_in(desk.store, meeting.number, sheet, actor=desk.village, now=desk.later)
    with pytest.raises(PaperStateError), transaction(desk.store):
        hand_in_sign_in(desk.store, meeting.number, sheet, actor=desk.village, now=desk.later)
    # What is still to be done now is a task of the case, no paper any more.
    with pytest.raises(PaperItemError) as refused:
        review(desk, Review(case.receipt, True, "同意。"))
    assert refused.value.reason == "cases.tasks_open"
