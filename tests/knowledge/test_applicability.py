"""Whom a unit may be shown to, and where and when its rule holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answer import Asker
from knowledge.applicability import Nearness, Standing, Timing
from knowledge.snapshot import document_standing
from knowledge.standing import Audience, Authority, DocumentKind, Stage
from tests.knowledge.corpus import make_document

RULE = Standing(
    topic=None,
    document="d1",
    area="",
    audience=Audience.PUBLIC,
    authority=Authority.OFFICIAL,
    kind=DocumentKind.POLICY,
    stage=Stage.ANY,
    valid_from=date(2024, 3, 1),
    valid_to=date(2024, 12, 31),
)


@pytest.mark.parametrize(
    ("asker", "seen"),
    [
        (Asker.VILLAGER, {Audience.PUBLIC}),
        (Asker.CADRE, {Audience.PUBLIC, Audience.CADRE}),
        (Asker.OFFICER, {Audience.PUBLIC, Audience.CADRE, Audience.INTERNAL}),
    ],
)
def test_each_asker_sees_his_audiences_only(asker: Asker, seen: set[Audience]) -> None:
    assert {audience for audience in Audience if replace(RULE, audience=audience).may_be_seen_by(asker)} == seen


@pytest.mark.parametrize(
    ("day", "timing"),
    [
        (date(2024, 2, 29), Timing.NOT_YET),
        (date(2024, 3, 1), Timing.IN_FORCE),
        (date(2024, 12, 31), Timing.IN_FORCE),
        (date(2025, 1, 1), Timing.ENDED),
    ],
)
def test_a_rule_holds_from_its_first_to_its_last_day(day: date, timing: Timing) -> None:
    assert RULE.timing(day) is timing


def test_a_rule_without_end_outlives_its_stage_only_with_a_mark() -> None:
    rule = replace(RULE, stage=Stage.TRANSITION, valid_to=None)
    assert rule.timing(date(2025, 12, 31)) is Timing.IN_FORCE
    assert rule.timing(date(2026, 1, 1)) is Timing.STAGE_OVER


@pytest.mark.parametrize(
    ("rule", "asker", "nearness"),
    [
        ("", "620422", Nearness.NATION),
        ("", None, Nearness.NATION),
        ("62", "620422", Nearness.PROVINCE),
        ("620422", "620422", Nearness.COUNTY),
        ("620422100", "620422100201", Nearness.TOWNSHIP),
        ("620422", "62", Nearness.WITHIN),
        ("350526", "620422", Nearness.ELSEWHERE),
        ("62", None, Nearness.ELSEWHERE),
        (None, "620422", Nearness.ELSEWHERE),
    ],
)
def test_nearness_follows_the_chain_of_areas(rule: str | None, asker: str | None, nearness: Nearness) -> None:
    assert replace(RULE, area=rule).nearness(asker) is nearness


codes = st.sampled_from(["", "62", "6204", "620422", "620422100", "620422100201", "35", "3505", "350526"])


@given(codes, codes)
def test_a_rule_reaches_an_asker_exactly_when_his_area_lies_in_its_own(rule: str, asker: str) -> None:
    reaches = replace(RULE, area=rule).nearness(asker) >= Nearness.NATION
    assert reaches == asker.startswith(rule)


@pytest.mark.parametrize("kind", [DocumentKind.REPORT, DocumentKind.SPEECH, DocumentKind.SAMPLE])
def test_reports_speeches_and_samples_are_no_policy(kind: DocumentKind) -> None:
    assert not replace(RULE, kind=kind).is_policy
    assert RULE.is_policy
    assert not replace(RULE, authority=Authority.TEMPLATE).is_policy


def test_a_replaced_document_holds_until_the_day_before_its_successor() -> None:
    new = make_document("新", valid_from=date(2025, 6, 1))
    old = make_document("旧", replaced_by=new.id, valid_from=date(2023, 1, 1), written_on=date(2022, 12, 1))
    standing = document_standing(old, {new.id: new.valid_from})
    assert standing.timing(date(2025, 5, 31)) is Timing.IN_FORCE
    assert standing.timing(date(2025, 6, 1)) is Timing.ENDED


def test_a_document_without_a_start_holds_from_the_day_it_is_dated() -> None:
    document = make_document("通知", written_on=date(2025, 2, 1))
    assert document_standing(document, {}).timing(date(2025, 1, 31)) is Timing.NOT_YET
