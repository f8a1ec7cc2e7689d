"""Everything that can be said has a sentence, in plain words, and nothing personal where it may not travel."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import pytest

import cases.errors
import storage.errors
from bot.conversation.buttons import LONGEST
from bot.conversation.commands import CALL_NOTICE
from bot.conversation.kinds import Say
from bot.memory.calls import CallNotFoundError, CallTasksOpenError
from bot.turn import Message
from bot.wording import KINDS, UnknownKindError, word
from bot.wording.cases import EVENTS, STAGES, field_label
from bot.wording.refusals import REFUSALS
from cases.details import DETAILS
from cases.notices import EXTRA_PARAMS, NoticeKind
from cases.report import Report
from cases.states import Event, State

RECEIPT = "20462455239"
DUE = {
    "home_visit": {"date": "2026-12-11", "provisional": False},
    "whole_process": {"date": "2027-01-04", "provisional": True},
    "public_notice": {"date": "2026-12-20", "provisional": False},
}
EXTRA = {
    "visited_on": "2026-12-08",
    "held_on": "2026-12-09",
    "posted_on": "2026-12-15",
    "given_on": "2026-12-08",
    "reason": "王建国家有两辆货车",
    "deadline": "home_visit",
    "overdue_since": "2026-12-11",
    "last_day": "2026-12-11",
    "department": "民政",
    "notice": 3,
    "referral": 5,
    "result": "残疾证办下来了",
    "came": "没有来",
    "support_officer": "马联系",
    "support_phone": "13900000000",
    "expires_on": "2026-12-31",
}
ALARMS = (NoticeKind.OFFICER_ALARM, NoticeKind.OFFICER_ALARM_TAKEN)
# Words of the office that villagers should not have to read (dossier: plain words).
OFFICE_WORDS = ("工作日", "信息比对", "民主评议", "县级审定", "风险消除", "绿色通道", "异议", "复核", "纳入", "授权")


def params_of(kind: NoticeKind) -> dict[str, Any]:
    """Return parameters such as the cases room gives."""
    extra = {name: EXTRA[name] for name in EXTRA_PARAMS.get(kind, ())}
    common = {"receipt": RECEIPT, "state": "under_verification", "urgent": False}
    if kind in ALARMS:
        return {"number": 7, "ring": 2, "lane": "duty"}
    if kind.value.startswith("officer."):
        return {**common, "version": 2, "due_on": "2026-12-11", **extra}
    return {**common, "due": DUE, "head": "20261207-8812-0123456789abcdef01234567", **extra}


def errors() -> Iterator[type[Exception]]:
    """Yield every refusal that carries a code."""
    for module in (cases.errors, storage.errors):
        for _, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, Exception) and "code" in vars(found):
                yield found
    yield from (CallNotFoundError, CallTasksOpenError)


@pytest.mark.parametrize("kind", [*Say, *NoticeKind, CALL_NOTICE])
def test_every_kind_has_a_sentence(kind: str) -> None:
    assert str(kind) in KINDS


@pytest.mark.parametrize("error", list(errors()), ids=lambda error: error.__name__)
def test_every_error_code_has_a_sentence(error: type[Exception]) -> None:
    assert vars(error)["code"] in REFUSALS


def test_every_stage_event_and_field_has_a_name() -> None:
    assert set(STAGES) == set(State)
    assert set(EVENTS) == set(Event)
    written = {field.name for kind in DETAILS.values() for field in fields(kind)}
    marks = {"relation", "causes", "danger", "tell", "area_code", "township_first", "fast_track"}
    reported = {field.name for field in fields(Report)} - marks
    assert {name for name in written | reported if field_label(name) == name} == set()


def test_unknown_kind_is_an_error() -> None:
    with pytest.raises(UnknownKindError, match=r"no\.such"):
        word("no.such", {}, personal_data=True)


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.value.startswith("notice.")])
def test_notice_to_a_reporter_is_in_plain_words_with_dates(kind: NoticeKind) -> None:
    text = word(kind.value, params_of(kind), personal_data=True).text
    assert "204 6245 5239" in text
    assert not [term for term in OFFICE_WORDS if term in text]
    assert not re.search(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", text)


def test_dates_are_calendar_dates_and_doubtful_ones_say_so() -> None:
    text = word(NoticeKind.RECEIVED.value, params_of(NoticeKind.RECEIVED), personal_data=True).text
    assert "最晚12月11日（星期五）" in text
    assert "最晚1月4日（星期一）（日子是暂定的）" in text
    assert "不等于已经录入国家或省里的系统" in text


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.value.startswith("notice.")])
def test_notice_carries_number_stage_and_link_only_where_personal_data_may_not_travel(kind: NoticeKind) -> None:
    message = word(kind.value, params_of(kind), personal_data=False, page="https://example.gov.cn")
    assert "王建国" not in message.text
    assert "204 6245 5239" in message.text


def test_decline_tells_reason_and_remedy() -> None:
    text = word(NoticeKind.DECLINED.value, params_of(NoticeKind.DECLINED), personal_data=True).text
    assert "王建国家有两辆货车" in text
    assert "再查一遍" in text


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.value.startswith("officer.")])
@pytest.mark.parametrize("personal_data", [True, False])
def test_notice_to_an_officer_is_a_number_and_a_date(kind: NoticeKind, *, personal_data: bool) -> None:
    message = word(kind.value, params_of(kind), personal_data=personal_data)
    assert ("急 7" if kind in ALARMS else "204 6245 5239") in message.text
    assert "王" not in message.text
    _check_buttons(message)


def test_review_never_travels_where_personal_data_may_not() -> None:
    assert "网页" in word(Say.REVIEW.value, {}, personal_data=False).text
    assert "网页" in word(Say.DESK_PEOPLE.value, {}, personal_data=False).text


@pytest.mark.parametrize(
    ("code", "given", "shown"),
    [
        ("cases.too_early", {"event": "notice_ended", "ends_on": "2026-12-20"}, "12月20日"),
        ("cases.already_claimed", {"holder": "马志远"}, "马志远"),
        (
            "cases.missing_fields",
            {"event": "home_visit_recorded", "fields": ["visited_on", "findings"]},
            "入户日期、核查情况",
        ),
        ("cases.missing_fields", {"event": "appraisal_recorded", "fields": ["place"]}, "还缺：在哪里开的会"),
        ("cases.missing_fields", {"event": "notice_posted", "fields": ["place"]}, "还缺：张贴地点"),
        ("cases.second_person", {"event": "decline_confirmed", "earlier": "decline_proposed"}, "换一个人"),
        ("cases.not_permitted", {"event": "county_approved", "roles": ["county"]}, "县级"),
        ("cases.not_possible", {"event": "claimed", "state": "declined"}, "领办"),
        ("cases.invalid_report", {"fields": ["householder", "phone"]}, "户主姓名、电话"),
        ("cases.too_many_lookups", {"minutes": 60}, "60 分钟"),
        ("cases.scope", {"role": "village", "digits": 12}, "村"),
        ("cases.officer_ambiguous", {"numbers": [3, 7]}, "3、7"),
        (
            "cases.wrong_date",
            {"field": "visited_on", "given": "2026-12-01", "earliest": "2026-12-05", "latest": "2026-12-11"},
            "12月5日（星期六）到12月11日",
        ),
        (
            "cases.wrong_date",
            {"field": "visited_on", "given": "2025-12-06", "earliest": "2026-12-05", "latest": "2026-12-11"},
            "不能是2025年12月6日，只能在2026年12月5日到2026年12月11日之间",
        ),
        (
            "cases.wrong_date",
            {"field": "until_on", "given": "2026-12-01", "earliest": "2026-12-05", "latest": "9999-12-31"},
            "不能早于12月5日（星期六）。",
        ),
        (
            "cases.stale",
            {"seen": 1, "current": 2, "changes": [{"event": "claimed", "by": "马", "at": "2026-12-05T02:00:00+00:00"}]},
            "马：领办",
        ),
    ],
)
def test_refusal_names_the_thing_and_the_remedy(code: str, given: Mapping[str, Any], shown: str) -> None:
    assert shown in word(Say.REFUSED.value, {"code": code, "fields": given}, personal_data=True).text


def test_sentences_hold_no_outdated_words() -> None:
    outdated = ("精准扶贫", "贫困户", "扶贫干部", "乡村振兴局", "五保户")
    source = "".join(inspect.getsource(inspect.getmodule(wording) or inspect) for wording in set(KINDS.values()))
    assert not [term for term in outdated if term in source]


def _check_buttons(message: Message) -> None:
    for row in message.buttons:
        for button in row:
            assert len(button.data.encode()) <= LONGEST
            assert bool(button.data) is not bool(button.url)
