import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.masking import (
    PersonalNumberKind,
    find_personal_numbers,
    is_valid_id_number,
    mask,
    mobile_digits,
)

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
birthdays = st.dates(date(1930, 1, 1), date(2025, 12, 31))
words = st.text(st.sampled_from("我家电话是的药费元年月，。： 号AaX"), max_size=8)


def checked(first_seventeen: str) -> str:
    """Append the check character of GB 11643."""
    total = sum(int(digit) * (2 ** (17 - place)) for place, digit in enumerate(first_seventeen))
    return first_seventeen + "0123456789X"[(12 - total % 11) % 11]


ids = st.builds(
    lambda county, born, order: checked(f"{county}{born:%Y%m%d}{order:03d}"),
    st.sampled_from(["620422", "431102", "110105", "650102"]),
    birthdays,
    st.integers(0, 999),
)


def broken_up(digits: str, sizes: tuple[int, ...], separator: str) -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return separator.join(parts)


@given(words, mobiles, words)
def test_no_mobile_is_left_in_clear(before: str, mobile: str, after: str) -> None:
    masked = mask(before + mobile + after)
    assert mobile not in masked
    assert f"{mobile[:3]}****{mobile[7:]}" in masked


@given(
    words,
    mobiles,
    st.sampled_from([(3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (1,) * 11]),
    st.sampled_from([" ", "-", "—", "\u3000", " - "[:2]]),
    st.sampled_from([{}, FULL_WIDTH, CHINESE]),
)
def test_no_mobile_in_disguise_is_left_in_clear(
    before: str, mobile: str, sizes: tuple[int, ...], separator: str, digits: dict[int, int]
) -> None:
    text = before + broken_up(mobile, sizes, separator).translate(digits)
    assert [(n.kind, n.digits) for n in find_personal_numbers(text)] == [(PersonalNumberKind.MOBILE, mobile)]
    assert find_personal_numbers(mask(text)) == ()


@given(words, ids, st.sampled_from([(18,), (6, 8, 4), (6, 4, 4, 4), (6, 8, 3, 1)]), st.sampled_from([" ", "-"]))
def test_no_id_number_is_left_in_clear(before: str, number: str, sizes: tuple[int, ...], separator: str) -> None:
    text = before + broken_up(number, sizes, separator)
    found = find_personal_numbers(text)
    assert [(n.kind, n.digits) for n in found] == [(PersonalNumberKind.ID_NUMBER, number)]
    assert find_personal_numbers(mask(text)) == ()


@given(ids)
def test_a_good_id_number_is_valid_and_its_neighbour_is_not(number: str) -> None:
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert is_valid_id_number(number)
    assert not is_valid_id_number(wrong)
    assert [n.kind for n in find_personal_numbers(f"证号{wrong}。")] == [PersonalNumberKind.ID_NUMBER]


@given(st.text(max_size=80) | st.text(st.sampled_from("0123456789xX -.六二零　１"), max_size=80))
def test_masking_keeps_the_length_and_leaves_nothing_to_mask(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert mask(masked) == masked


@given(st.text(st.sampled_from("0123456789"), min_size=15, max_size=40))
def test_no_long_run_of_digits_stays_readable(digits: str) -> None:
    assert not re.search(r"\d{5}", mask(f"卡号{digits}，"))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("拨0943-3221234转1", "拨0943-*****34转1"),
        ("（0943）3221234", "（0943）*****34"),
        ("村部电话：3221234", "村部电话：*****34"),
        ("6228 4800 1000 2000", "**** **** **** 2000"),
        ("6222021234567890123", "***************0123"),
        ("620422850312001", "620**********01"),
        ("+86 138-0013-8000", "+86 138-****-8000"),
        ("8613800138000", "86138****8000"),
        ("138001380001", "138*****0001"),
        ("2024 13800138000", "2024 138****8000"),
        ("13800138000x", "138****8000x"),
        ("0013800138000", "001******8000"),
        ("4111 1111 1111 1111", "**** **** **** 1111"),
    ],
)
def test_personal_numbers_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "药费1500 3000 800，借了80000元",
        "2024年3月15日，8.5万元，1.2万",
        "甘民发〔2024〕12号",
        "索引号 000014349/2023-00045",
        "620422-2011-03121",
        "2024-01-15 2024-03-20",
        "12317、110、12345、400-123-4567",
        "会师镇620422100203",
        "二〇二四年一月，第一三五七条",
        "面积1234567平方米",
        "受理号4829103756",
        "得分0.8234567890123456",
        "一共1234 5678 9012 3456",
    ],
)
def test_amounts_dates_and_public_numbers_stay(text: str) -> None:
    assert mask(text) == text


def test_a_mobile_is_recognised_however_it_is_typed() -> None:
    assert mobile_digits(" +86 138 0013 8000 ") == "13800138000"
    assert mobile_digits("１３８００１３８０００") == "13800138000"
    assert mobile_digits("13800138000号") is None
    assert mobile_digits("12800138000") is None
    assert mobile_digits("13800138000 13900139000") is None


def test_old_id_numbers_are_valid_by_their_birthday() -> None:
    assert is_valid_id_number("620422850312001")
    assert not is_valid_id_number("620422851312001")
    assert not is_valid_id_number("990422198503120014")
