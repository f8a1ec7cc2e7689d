from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.dates import calendar_phrase, find_dates, full_date

TODAY = date(2026, 3, 5)  # the seventeenth of the first lunar month


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("上个月", "2026-02"),
        ("前年", "2024"),
        ("大前年", "2023"),
        ("腊月二十三", "2026-02-10"),
        ("腊月廿三", "2026-02-10"),
        ("去年秋天", "2025"),
        ("2月14号", "2026-02-14"),
        ("二月十四日", "2026-02-14"),
        ("正月", "2026-02"),
        ("去年腊月", "2026-01"),
        ("农历六月", "2025-06"),
        ("闰六月初三", "2025-07-27"),
        ("三月初八", "2025-04-05"),
        ("八月十五", "2025-10-06"),
        ("8月15日", "2025-08-15"),
        ("大年初三", "2026-02-19"),
        ("年三十", "2026-02-16"),
        ("过年", "2026-02"),
        ("中秋节", "2025-10-06"),
        ("去年端午", "2025-05-31"),
        ("国庆", "2025-10"),
        ("元旦", "2026-01-01"),
        ("2025年8月", "2025-08"),
        ("25年8月3号", "2025-08-03"),
        ("二〇二四年三月", "2024-03"),
        ("2025-08-03", "2025-08-03"),
        ("2025.8", "2025-08"),
        ("三天前", "2026-03-02"),
        ("两个月前", "2026-01"),
        ("三年前", "2023"),
        ("昨天", "2026-03-04"),
        ("大前天", "2026-03-02"),
        ("上周三", "2026-02-25"),
        ("星期日", "2026-03-01"),
        ("下个月", "2026-04"),
        ("14号", "2026-02-14"),
        ("上个月15号", "2026-02-15"),
        ("冬天", "2025"),
        ("开春", "2026"),
        ("12月", "2025-12"),
    ],
)
def test_dates_are_resolved_against_today(words: str, iso: str) -> None:
    (moment,) = find_dates(words, TODAY)
    assert (moment.iso, moment.approximate) == (iso, False)
    assert (moment.start, moment.end) == (0, len(words))


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("半年前", "2025-09"),
        ("一年半前", "2024"),
        ("半个月前", "2026-02"),
        ("十几天前", "2026-02"),
        ("前几天", "2026-03"),
        ("上周", "2026-02"),
        ("去年年底", "2025-12"),
        ("今年初", "2026-01"),
        ("年前", "2026-02"),
    ],
)
def test_vague_words_give_an_approximate_date(words: str, iso: str) -> None:
    (moment,) = find_dates(words, TODAY)
    assert (moment.iso, moment.approximate) == (iso, True)


@pytest.mark.parametrize(
    "text",
    [
        "住了三个月院",
        "甘民发〔2024〕12号",
        "3号楼",
        "15日内办结",
        "我今年45岁",
        "今年三十二岁",
        "每周三赶集",
        "2月30日",
        "8300块",
        "打工三十年",
        "六个月大",
        "五百年前",
        "2026-13-01",
        "上个月31号",
    ],
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert find_dates(text, TODAY) == ()


def test_several_dates_are_found_with_their_words() -> None:
    text = "去年8月30万块钱盖的房，腊月二十三塌了"
    found = find_dates(text, TODAY)
    assert [(m.iso, text[m.start : m.end]) for m in found] == [("2025-08", "去年8月"), ("2026-02-10", "腊月二十三")]


def test_before_the_spring_festival_it_is_still_the_old_lunar_year() -> None:
    assert [m.iso for m in find_dates("今年腊月", date(2026, 2, 1))] == ["2026-01"]
    assert [m.iso for m in find_dates("正月初五", date(2026, 2, 1))] == ["2025-02-02"]


@given(
    st.text(st.sampled_from("去今前年月日号初正腊闰农历上下个周三十二五1289-/.天底春秋中节大除夕半"), max_size=24),
    st.dates(date(1995, 1, 1), date(2045, 12, 31)),
)
def test_any_words_give_real_dates_in_order(text: str, today: date) -> None:
    found = find_dates(text, today)
    ends = [0, *(moment.end for moment in found)]
    for i, moment in enumerate(found):
        assert ends[i] <= moment.start < moment.end <= len(text)
        date.fromisoformat((moment.iso + "-01-01")[:10])


@given(st.dates(date(1991, 2, 1), date(2049, 12, 31)))
def test_a_date_without_a_year_is_never_to_come(today: date) -> None:
    for words in ("8月", "8月15日", "腊月二十三", "正月", "冬天", "中秋", "过年", "29号"):
        for moment in find_dates(words, today):
            assert moment.iso <= today.isoformat()


def test_a_day_is_noted_with_its_weekday() -> None:
    assert calendar_phrase(date(2026, 12, 11)) == "12月11日（星期五）"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 2), "2026年3月2日"),
        ("2026-03-02", "2026年3月2日"),
        ("2026-03", "2026年3月"),
        ("2026", "2026年"),
        ("", ""),
        ("2026年春天", "2026年春天"),
        ("2026-03-02-01", "2026-03-02-01"),
    ],
)
def test_a_day_is_written_as_in_documents_as_far_as_it_is_known(day: date | str, written: str) -> None:
    assert full_date(day) == written
