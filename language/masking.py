"""Find and mask the numbers that belong to a person: identity cards, telephones, bank cards."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PersonalNumberKind(StrEnum):
    """What a personal number is, as far as its shape tells."""

    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"


@dataclass(frozen=True)
class PersonalNumber:
    """A personal number met in a text. ``digits`` is its plain form without country code or separators."""

    kind: PersonalNumberKind
    start: int
    end: int
    digits: str


@dataclass(frozen=True)
class _Group:
    """An unbroken run of digits; ``linked`` when only separators part it from the run before."""

    digits: str
    start: int
    end: int
    linked: bool


_DIGITS = str.maketrans("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖ｘＸx", "000123456789" + "1" + "123456789" + "XXX")
# The check letter belongs to an identity number only: after 17 digits, or closing a group of its own.
_GROUP = re.compile(r"\d+(?:(?<=\d{17})X|(?<=\D\d{3})X)?|(?<=\d[ \-])X")
_SEPARATORS = re.compile(r"[ \-‐‑–—－_.·()（）\u3000]{1,2}")
_MOBILE = re.compile(r"(?:86|0086|0)?(1[3-9]\d{9})")
# How people break a mobile number up; "1500 3000 800" is three amounts, not one of these.
_MOBILE_SHAPES = {
    (11,), (3, 8), (7, 4), (5, 6), (6, 5), (3, 4, 4), (4, 3, 4), (3, 3, 5), (3, 5, 3), (5, 3, 3),
    (2, 3, 3, 3), (3, 3, 3, 2), (3, 3, 2, 3), (3, 4, 2, 2), (3, 2, 2, 2, 2), (1,) * 11,
}  # fmt: skip
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}")
_LOCAL_LANDLINE = re.compile(r"[2-9]\d{6,7}")
_NAMES_A_TELEPHONE = re.compile(r"(?:电话|座机|固话|號碼|号码|tel)[是为为叫]?[:：]?\s*$", re.IGNORECASE)
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_ID_18 = re.compile(_PROVINCE + r"\d{4}((?:18|19|20)\d{6})\d{3}[\dX]")
_ID_15 = re.compile(_PROVINCE + r"\d{4}(\d{6})\d{3}")
_IS_A_FRACTION = re.compile(r"(?<!\d)0\.$")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LONGEST = 12  # groups looked at together: "1 3 8 0 0 1 3 8 0 0 0" and a country code


def mask(text: str) -> str:
    """
    Return ``text`` with the inner digits of personal numbers replaced by stars, its length unchanged.

    Amounts, years, dates, short public numbers (110, 12317) and document numbers stay as they are.
    """
    masked = list(text)
    for number in find_personal_numbers(text):
        places = [i for i in range(number.start, number.end) if _is_digit(text[i])][-len(number.digits) :]
        front, back = _readable(number)
        for place in places[front : len(places) - back]:
            masked[place] = "*"
    return "".join(masked)


def find_personal_numbers(text: str) -> tuple[PersonalNumber, ...]:
    """
    Return the personal numbers in ``text``, first to last, never overlapping.

    They are met with blanks, dashes or dots between the digits, in full-width and in Chinese digits.
    A number that only looks like an identity or card number counts: people mistype.
    """
    groups = _groups(text)
    found: list[PersonalNumber] = []
    i = 0
    while i < len(groups):
        number, used = _number_from(text, groups, i)
        if number:
            found.append(number)
        i += used
    return tuple(found)


def is_valid_id_number(text: str) -> bool:
    """Tell whether ``text`` is an identity card number (GB 11643): province, birthday, and check character."""
    digits = _plain_digits(text).replace(" ", "")
    if not _looks_like_id(digits):
        return False
    return len(digits) == 15 or "10X98765432"[_weighted_sum(digits) % 11] == digits[-1]


def mobile_digits(text: str) -> str | None:
    """Return the eleven digits when ``text`` is one mobile number and nothing else."""
    found = find_personal_numbers(text)
    if len(found) != 1 or found[0].kind is not PersonalNumberKind.MOBILE:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    return None if rest.strip(" +\u3000") else found[0].digits


def _readable(number: PersonalNumber) -> tuple[int, int]:
    """Return how many digits stay readable at the front and at the back."""
    match number.kind:
        case PersonalNumberKind.MOBILE:
            return 3, 4
        case PersonalNumberKind.ID_NUMBER:
            return 3, 2
        case PersonalNumberKind.LANDLINE:
            return len(number.digits) - 7, 2
        case PersonalNumberKind.BANK_CARD:
            return 0, 4


def _number_from(text: str, groups: list[_Group], first: int) -> tuple[PersonalNumber | None, int]:
    """Return the longest personal number that begins with group ``first`` and how many groups were read."""
    last = first + 1
    while last < min(len(groups), first + 2 * _LONGEST) and groups[last].linked:
        last += 1
    for end in range(last, first, -1):
        run = groups[first:end]
        kind, digits = _classify(run, text[: run[0].start])
        if kind:
            return PersonalNumber(kind, run[0].start, run[-1].end, digits), len(run)
    return None, 1


def _classify(run: list[_Group], before: str) -> tuple[PersonalNumberKind | None, str]:
    digits = "".join(group.digits for group in run)
    shape = tuple(len(group.digits) for group in run)
    mobile = _mobile_in(digits, shape)
    if mobile:
        return PersonalNumberKind.MOBILE, mobile
    if _looks_like_id(digits) and (len(digits) == 18 or shape in {(15,), (6, 6, 3)}):
        return PersonalNumberKind.ID_NUMBER, digits
    if _looks_like_landline(digits, shape, before):
        return PersonalNumberKind.LANDLINE, digits
    if _looks_like_card(digits, shape) and not _IS_A_FRACTION.search(before):
        return PersonalNumberKind.BANK_CARD, digits
    return None, digits


def _mobile_in(digits: str, shape: tuple[int, ...]) -> str | None:
    """Return the mobile number that ``digits`` are, with or without a prefix or one digit too many."""
    if shape in _MOBILE_SHAPES or (digits.startswith(("86", "0")) and shape[1:] in _MOBILE_SHAPES):
        match = _MOBILE.fullmatch(digits)
        if match:
            return match[1]
    if len(shape) == 1 and 12 <= len(digits) <= 14:
        if match := _MOBILE.match(digits):
            return digits if match[0] != digits else match[1]
        if _MOBILE.fullmatch(digits[-11:]):
            return digits
    return None


def _looks_like_id(digits: str) -> bool:
    """Tell whether the digits have an identity number's province and birthday; the check may be mistyped."""
    if match := _ID_18.fullmatch(digits):
        return _is_day(match[1])
    if match := _ID_15.fullmatch(digits):
        return _is_day("19" + match[1])
    return False


def _looks_like_landline(digits: str, shape: tuple[int, ...], before: str) -> bool:
    if _LANDLINE.fullmatch(digits):
        return len(shape) <= 3 and shape[0] in {3, 4, len(digits)}
    local = _LOCAL_LANDLINE.fullmatch(digits) and shape in {(7,), (8,), (3, 4), (4, 4)}
    return bool(local) and bool(_NAMES_A_TELEPHONE.search(before))


def _looks_like_card(digits: str, shape: tuple[int, ...]) -> bool:
    """Tell whether the digits may be a card or account number: any long run, or groups that pass its check."""
    if len(shape) == 1:
        return len(digits) >= 15
    grouped = set(shape[:-1]) == {4} or shape[0] in {6, 8} or set(shape) == {1}
    return grouped and 16 <= len(digits) <= 19 and digits.isdigit() and (digits[:2] == "62" or _passes_luhn(digits))


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _weighted_sum(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=False))


def _groups(text: str) -> list[_Group]:
    plain = _plain_digits(text)
    groups: list[_Group] = []
    for match in _GROUP.finditer(plain):
        linked = bool(groups) and bool(_SEPARATORS.fullmatch(plain, groups[-1].end, match.start()))
        groups.append(_Group(match.group(), match.start(), match.end(), linked))
    return groups


def _plain_digits(text: str) -> str:
    """Return ``text``, equally long, with every digit of any script as 0-9 and the check letter as X."""
    return "".join(_plain_digit(char) for char in text.translate(_DIGITS))


def _plain_digit(char: str) -> str:
    if char.isascii():
        return char
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _is_digit(char: str) -> bool:
    return bool(_GROUP.fullmatch(_plain_digits(char))) or _plain_digits(char) == "X"
