"""The bundled entries, their loader and their checks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import (
    Contact,
    Entry,
    EntryError,
    Grade,
    Source,
    StatedDays,
    check_entries,
    due_for_review,
    load_starter,
)
from knowledge.standing import Audience, Stage
from places.finding import find_places
from places.gazetteer import load_gazetteer
from settings.schema import Contacts

GOOD = """
group = "报了以后"

[[entries]]
id = "visit-days"
question = "几天来人？"
variants = ["几天上门", "多久来核实", "啥时候来"]
answer = "提交后5个工作日内上门（甘肃2023年）。"
area = "甘肃省"
valid_from = 2023-02-20
valid_to = 2025-12-31
stage = "过渡期"
grade = "A"
checked = 2026-05-31
department = "县级农业农村部门"
hotline = "township"
audience = "公开"
sources = [{ title = "操作指南", publisher = "某局", grade = "A", url = "https://example.gov.cn/a.html" }]
[entries.deadlines]
home_visit = { value = 5, unit = "工作日" }
"""


def load(folder: Path, text: str) -> list[Entry]:
    (folder / "03-after.toml").write_text(text, encoding="utf-8")
    return load_starter(folder)


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    return load(tmp_path, GOOD)[0]


def test_an_entry_is_read_with_its_group_and_its_own_id_as_topic(entry: Entry) -> None:
    assert (entry.id, entry.topic, entry.group) == ("visit-days", "visit-days", "报了以后")
    assert (entry.valid_from, entry.stage, entry.grade) == (date(2023, 2, 20), Stage.TRANSITION, Grade.A)
    assert entry.deadlines == {"home_visit": StatedDays(value=5, unit="工作日")}
    assert check_entries([entry]) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('group = "报了以后"', "", "03-after.toml：开头没有 group"),
        ("[[entries]]", "[entries]", r"没有 \[\[entries\]\]"),
        ('question = "几天来人？"', "question = ", "不是正确的 TOML"),
        ('question = "几天来人？"', "", "03-after.toml：条目 visit-days 的 question：没有写，请补上"),
        ('id = "visit-days"', "", "条目 第1条 的 id：没有写"),
        ('audience = "公开"', 'audience = "大家"', "的 audience：不在可选的值里.*公开"),
        ('audience = "公开"', 'audience = "公开"\ncolour = "red"', "的 colour：不认识这一项"),
        ("checked = 2026-05-31", 'checked = "五月底"', "的 checked：'五月底' 不是日期"),
        ('grade = "A", url', 'grade = "C", url', r"的 sources\.0\.grade：不在可选的值里"),
        ('answer = "', 'answer = 5 # "', "的 answer：应当是文字"),
        ("value = 5", 'value = "五"', r"的 deadlines\.home_visit\.value：应当是整数"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place_and_remedy(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert len(load(tmp_path, GOOD)) == 1
    with pytest.raises(EntryError, match=message):
        load(tmp_path, GOOD.replace(old, new, 1))


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EntryError, match="没有找到"):
        load_starter(tmp_path)


OFFICIAL = Source(title="操作指南", publisher="某局", grade=Grade.A)
REPRINT = replace(OFFICIAL, grade=Grade.B)
COMMON = Source(title="通用号码", publisher="全国通用", grade=Grade.KNOWN)
LABELLED = "5个工作日内上门。有危险打110（通用号码）。"


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"id": "几天"}, "id", "小写字母"),
        ({"department": " "}, "department", "空的"),
        ({"area": "甘肃省/白银市/会林县"}, "area", "没有“甘肃省/白银市/会林县”这个地方"),
        ({"area": "甘肃/会宁"}, "area", "没有“甘肃/会宁”这个地方"),
        ({"audience": Audience.INTERNAL}, "audience", "公开 或 干部"),
        ({"valid_to": date(2022, 1, 1)}, "valid_to", "早于"),
        ({"valid_to": None}, "period_note", "说明为什么"),
        ({"sources": ()}, "sources", "没有出处"),
        ({"sources": (OFFICIAL, REPRINT)}, "grade", "最低的一级 B"),
        ({"grade": Grade.B}, "grade", "最低的一级 A"),
        ({"sources": (replace(OFFICIAL, publisher=""),)}, "sources", "发布单位"),
        ({"sources": (replace(OFFICIAL, date="去年"),)}, "sources", "写法不对"),
        ({"sources": (replace(OFFICIAL, area="会林县"),)}, "sources", "没有“会林县”这个地方"),
        ({"sources": (replace(OFFICIAL, date="2026-06"),)}, "checked", "日期却是 2026-06"),
        ({"sources": (replace(REPRINT, url="https://a.cn/"),), "grade": Grade.B}, "sources", "不能给网址"),
        ({"sources": (replace(OFFICIAL, url="http://117.1.2.3/a"),)}, "sources", "不是可以给人看的网址"),
        (
            {"sources": (replace(COMMON, title="公式"),), "grade": Grade.KNOWN, "answer": LABELLED},
            "sources",
            "只能用在",
        ),
        ({"sources": (OFFICIAL, COMMON)}, "answer", "写出号码"),
        ({"answer": "5个工作日。" * 60}, "answer", "压到 350 字"),
        ({"answer": "提交后5个工作日内上门，" * 10}, "answer", "拆成短句"),
        ({"answer": "贫困户5天有人来。"}, "answer", "过时的说法“贫困户”"),
        ({"question": "扶贫办几天来人？"}, "question", "过时的说法“扶贫办”"),
        ({"answer": "报了5天一定能领到钱。"}, "answer", "不能许诺"),
        ({"variants": ("一", "二")}, "variants", "2 种问法"),
        ({"variants": tuple(map(str, range(26)))}, "variants", "26 种问法"),
        ({"variants": ("几天来人？", "几天", "多久")}, "variants", "写了两遍"),
        ({"variants": ("几天来人呢", "几天", "多久")}, "variants", "“几天来人呢”和“几天来人？”只差语气词"),
        ({"variants": (" ", "几天", "多久")}, "variants", "空的"),
        ({"deadlines": {"home_visit": StatedDays(5, "天")}}, "deadlines.home_visit", "单位"),
        ({"deadlines": {"home_visit": StatedDays(3, "工作日")}}, "deadlines.home_visit", "没有这个数"),
    ],
)
def test_each_check_finds_its_fault_in_an_entry_that_is_well_otherwise(
    entry: Entry, changes: dict[str, Any], field: str, problem: str
) -> None:
    findings = check_entries([replace(entry, **changes)])
    assert [finding.field for finding in findings] == [field]
    assert problem in str(findings[0])


def test_an_outdated_word_may_be_typed_and_may_be_explained(entry: Entry) -> None:
    spoken = replace(entry, variants=("贫困户几天来人", "几天", "多久"), answer="“贫困户”是老叫法，5个工作日内上门。")
    assert check_entries([spoken]) == []


def test_a_known_number_is_allowed_beside_other_sources_when_it_is_labelled(entry: Entry) -> None:
    labelled = replace(entry, sources=(OFFICIAL, COMMON), answer=LABELLED)
    assert check_entries([labelled]) == []


def test_two_entries_of_one_id_are_found(entry: Entry) -> None:
    later = replace(entry, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    assert [(finding.entry, finding.field) for finding in check_entries([entry, later])] == [("visit-days", "id")]


def test_a_variant_belongs_to_one_topic_only(entry: Entry) -> None:
    other = replace(entry, id="other", area="安徽省")
    assert check_entries([entry, other]) == []
    findings = check_entries([entry, replace(other, topic="other")])
    assert {finding.field for finding in findings} == {"variants"}
    assert len(findings) == len({entry.question, *entry.variants})


def test_two_answers_to_one_question_at_one_place_and_time_are_found(entry: Entry) -> None:
    later = replace(entry, id="later", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    assert check_entries([entry, later]) == []
    findings = check_entries([entry, replace(later, valid_from=date(2025, 12, 31))])
    assert [(finding.entry, finding.field) for finding in findings] == [("later", "topic")]


def test_two_limits_of_one_name_for_one_place_and_day_are_found_across_topics(entry: Entry) -> None:
    other = replace(
        entry, id="other", topic="other", question="多久上门？", variants=("甲", "乙", "丙"), answer="3个工作日。"
    )
    other = replace(other, deadlines={"home_visit": StatedDays(3, "工作日")})
    assert [finding.field for finding in check_entries([entry, other])] == ["deadlines.home_visit"]
    assert check_entries([entry, replace(other, area="安徽省")]) == []


def test_what_was_looked_up_more_than_a_year_ago_is_due_for_review(entry: Entry) -> None:
    assert due_for_review([entry], date(2025, 12, 31)) == []
    lasting = replace(entry, valid_to=None)
    assert due_for_review([lasting], date(2027, 5, 31)) == []
    assert due_for_review([entry, lasting], date(2027, 6, 1)) == [lasting]


DAY = date(2024, 1, 1)
BOUND = st.none() | st.integers(0, 6).map(lambda days: DAY + timedelta(days))


@given(BOUND, BOUND, BOUND, BOUND)
def test_periods_overlap_exactly_when_they_share_a_day(
    start: date | None, end: date | None, other_start: date | None, other_end: date | None
) -> None:
    one = replace(SAMPLE, valid_from=start, valid_to=end)
    other = replace(SAMPLE, valid_from=other_start, valid_to=other_end)
    days = [DAY + timedelta(offset) for offset in range(-1, 8)]
    both_hold = any(one.holds_on(day) and other.holds_on(day) for day in days)
    sensible = all(any(period.holds_on(day) for day in days) for period in (one, other))
    assert one.overlaps(other) == both_hold or not sensible


BUNDLED = load_starter()
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:元|%|％|升|岁|(?:个工作)?[日天])")
SAMPLE = BUNDLED[0]


def test_the_bundled_entries_pass_every_check() -> None:
    assert [str(finding) for finding in check_entries(BUNDLED)] == []


def test_each_bundled_entry_is_asked_for_in_a_dozen_ways_and_the_index_stays_small() -> None:
    assert [entry.id for entry in BUNDLED if len(entry.variants) < 12] == []
    assert sum(len(entry.variants) for entry in BUNDLED) < 5000


def test_a_figure_of_the_nation_that_only_one_place_published_says_whose_it_is() -> None:
    """A county that tells of a rule is not the nation: the reader sees from where a figure is known."""
    gazetteer = load_gazetteer()
    for entry in (entry for entry in BUNDLED if entry.area == "全国" and FIGURE.search(entry.answer)):
        publishers = [source.publisher for source in entry.sources if source.grade is not Grade.KNOWN]
        places = {p[m.start : m.end][:2] for p in publishers for m in find_places(p, gazetteer)}
        if all(find_places(publisher, gazetteer) for publisher in publishers):
            assert not places or any(place in entry.answer for place in places), entry.id


def test_a_source_that_one_place_published_is_never_shown_as_the_nations() -> None:
    gazetteer = load_gazetteer()
    for entry in BUNDLED:
        for source in entry.sources:
            if find_places(source.publisher, gazetteer):
                assert (source.area or entry.area) != "全国", (entry.id, source.publisher)


def test_the_bundled_entries_cover_ten_groups() -> None:
    sizes = Counter(entry.group for entry in BUNDLED)
    assert len(sizes) == 10
    assert min(sizes.values()) >= 6
    assert sum(sizes.values()) >= 120


def test_whom_to_ask_is_a_key_of_the_configured_contacts() -> None:
    assert {contact.value for contact in Contact} == set(Contacts.model_fields)


def test_an_income_line_is_stated_for_one_place_and_one_year() -> None:
    lines = [entry for entry in BUNDLED if entry.topic == "income-line" and "没有核实到" not in entry.answer]
    assert len(lines) >= 6
    for entry in lines:
        assert entry.area != "全国"
        assert entry.valid_from is not None
        assert entry.valid_to is not None
        assert entry.valid_from.year == entry.valid_to.year
        assert str(entry.valid_from.year) in entry.question


@pytest.mark.parametrize("asked", ["七不消", "六必查", "几不纳", "12317", "雨露计划", "监测收入线"])
def test_what_could_not_be_verified_is_said_and_not_made_up(asked: str) -> None:
    today = date(2026, 11, 21)
    now = [entry for entry in BUNDLED if asked in entry.question and entry.holds_on(today)]
    assert any("没有核实到" in entry.answer for entry in now)


def test_a_transition_policy_does_not_answer_after_the_transition() -> None:
    today = date(2026, 11, 21)
    for topic in ("yulu", "small-loan"):
        stages = {entry.stage for entry in BUNDLED if entry.topic == topic and entry.holds_on(today)}
        assert stages == {Stage.REGULAR}


def test_no_source_names_a_working_paper() -> None:
    named = " ".join(f"{source.title} {source.publisher}" for entry in BUNDLED for source in entry.sources)
    assert not re.search(r"\b[PS]\d{3}\b|种子|档案 ", named)
