from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.numerals import find_numbers, parse_number

DIGITS = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """Write a whole number below a hundred million in full Chinese numerals."""
    if number >= 10_000:
        rest = number % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return spoken(number // 10_000) + "万" + zero + (spoken(rest) if rest else "")
    words = ""
    zero_between = False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += "零" if zero_between and words else ""
            words += DIGITS[digit] + unit
        zero_between = digit == 0
    return words or "零"


@given(st.integers(1, 99_999_999))
def test_every_number_in_full_numerals_is_read_back(number: int) -> None:
    read = parse_number(spoken(number))
    assert read is not None
    assert read.value == number
    assert not read.approximate


@given(st.decimals(0, 10**9, places=2))
def test_arabic_numerals_are_read_back(number: Decimal) -> None:
    read = parse_number(str(number))
    assert read is not None
    assert read.value == number


@given(st.text(st.sampled_from("一二三十百千万亿几多来把零点两半8.,wk块 "), max_size=60))
def test_numbers_lie_in_the_text_in_order(text: str) -> None:
    found = find_numbers(text)
    ends = [0, *(number.end for number in found)]
    assert all(ends[i] <= number.start < number.end <= len(text) for i, number in enumerate(found))


@pytest.mark.parametrize(
    ("words", "value", "approximate"),
    [
        ("三千五", 3500, False),
        ("一百五", 150, False),
        ("一百零五", 105, False),
        ("两万五千三百", 25300, False),
        ("十万八千", 108000, False),
        ("1.2万", 12000, False),
        ("1万2", 12000, False),
        ("3千5", 3500, False),
        ("2万零500", 20500, False),
        ("8w", 80000, False),
        ("12,000", 12000, False),
        ("三点五万", 35000, False),
        ("二〇二四", 2024, False),
        ("壹仟贰佰", 1200, False),
        ("八万多", 80000, True),
        ("十几", 10, True),
        ("几千", 2000, True),
        ("三四千", 3000, True),
        ("两三百", 200, True),
        ("十七八", 17, True),
        ("10多万", 100000, True),
        ("上万", 10000, True),
        ("万把", 10000, True),
        ("百十", 110, True),
        ("将近三万", 30000, True),
    ],
)
def test_spoken_numbers_have_the_least_value_they_allow(words: str, value: int, approximate: bool) -> None:
    read = parse_number(words)
    assert read is not None
    assert read.value == value
    assert read.approximate is approximate


def test_a_word_after_the_number_makes_it_approximate() -> None:
    (number,) = find_numbers("三千左右")
    assert number.value == 3000
    assert number.approximate
    assert number.end == 2


@pytest.mark.parametrize("words", ["千万别去", "老百姓", "万分感谢", "亿"])
def test_a_scale_alone_is_no_number(words: str) -> None:
    assert find_numbers(words) == ()


def test_only_a_whole_number_is_parsed() -> None:
    assert parse_number("三千五块") is None
    assert parse_number("三 四") is None
    assert parse_number("") is None
    assert parse_number(" 三十 ") is not None
