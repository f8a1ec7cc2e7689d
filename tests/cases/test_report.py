"""What a report must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from cases.errors import InvalidReportError
from cases.report import STORY_LIMIT, Consent, Relation, canonical_phone, check_report, is_phone
from tests.cases.conftest import REPORT

TODAY = REPORT.applied_on


def test_a_complete_report_passes() -> None:
    check_report(REPORT, today=TODAY)
    check_report(replace(REPORT, area_code="620422101", story="长" * STORY_LIMIT), today=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"submission_id": ""}, "submission_id"),
        ({"householder": "  "}, "householder"),
        ({"phone": "12345"}, "phone"),
        ({"area_code": "甘肃省"}, "area_code"),
        ({"area_code": "62"}, "area_code"),
        ({"story": "\n"}, "story"),
        ({"story": "长" * (STORY_LIMIT + 1)}, "story"),
        ({"place_text": "村" * 101}, "place_text"),
        ({"group": "组" * 101}, "group"),
        ({"reporter_name": "名" * 101}, "reporter_name"),
        ({"consent": Consent("", REPORT.consent.at)}, "consent"),
        ({"consent": Consent("1", datetime(2026, 3, 10))}, "consent"),  # noqa: DTZ001 - a naive time is the fault
        ({"applied_on": date(2026, 3, 11)}, "applied_on"),
    ],
)
def test_a_faulty_field_is_named(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidReportError) as refused:
        check_report(replace(REPORT, **changes), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.fields == (field,)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(InvalidReportError) as refused:
        check_report(replace(REPORT, householder="", phone="", story=""), today=TODAY)
    assert refused.value.fields == ("householder", "phone", "story")


@pytest.mark.parametrize(
    "phone", ["13812345678", "138 1234 5678", "+86 138-1234-5678", "0936-5221234", "09365221234", "5221234"]
)
def test_telephones_as_people_type_them_are_accepted(phone: str) -> None:
    assert is_phone(phone)


@pytest.mark.parametrize("phone", ["", "110", "12345", "12812345678", "1381234567", "abc", "9" * 13])
def test_what_cannot_be_a_telephone_is_refused(phone: str) -> None:
    assert not is_phone(phone)


def test_one_number_typed_in_several_ways_is_one_number() -> None:
    assert {canonical_phone(phone) for phone in ("138 1234 5678", "+8613812345678", "138-1234-5678")} == {"13812345678"}


@pytest.mark.parametrize("relation", Relation)
def test_only_outsiders_report_on_behalf(relation: Relation) -> None:
    family = {Relation.SELF, Relation.SPOUSE, Relation.CHILD, Relation.PARENT}
    assert replace(REPORT, relation=relation).on_behalf is (relation not in family)
