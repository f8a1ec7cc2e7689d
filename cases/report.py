"""What a reporter says: the content of one hardship report, ready to be submitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from cases.actors import Reporter
from cases.errors import InvalidReportError

STORY_LIMIT: Final = 100_000
_TEXT_LIMIT: Final = 100


class Relation(StrEnum):
    """What the reporter is to the household in hardship."""

    SELF = "本人"
    SPOUSE = "配偶"
    CHILD = "子女"
    PARENT = "父母"
    KIN = "亲属"
    NEIGHBOUR = "邻居"
    VILLAGE_CADRE = "村干部"
    OTHER = "其他"


class Cause(StrEnum):
    """The risk types of the monitoring system."""

    ILLNESS = "因病"
    SCHOOLING = "因学"
    DISABILITY = "因残"
    DISASTER = "因自然灾害"
    ACCIDENT = "因意外事故"
    BUSINESS_FAILURE = "因产业项目失败"
    UNSTABLE_WORK = "因务工就业不稳"
    LACK_OF_LABOUR = "缺劳动力"
    OTHER = "其他"


class Danger(StrEnum):
    """What cannot wait: any of these marks a case urgent."""

    HOMELESS = "无住处"
    HUNGER = "断粮"
    NO_WATER = "断水"
    BODILY_HARM = "人身危险"
    SUICIDE = "轻生"
    UNATTENDED = "无人照看"


class Approach(StrEnum):
    """Whether the household knows of a report that somebody else makes for it."""

    AGREED = "同意了"
    UNASKED = "还没问"
    UNREACHABLE = "联系不上"
    HIDDEN = "不想让这家人和村里知道是谁报的"


@dataclass(frozen=True)
class Consent:
    """The reporter's consent to the processing of the report: which text, and when it was given (aware time)."""

    version: str
    at: datetime


@dataclass(frozen=True)
class Report:
    """One hardship report.

    ``submission_id`` is minted at the first tap, so that repeating "提交" makes one case. ``area_code`` is the
    village where the household is registered, or its township where the village is not known. ``causes`` has the
    main one first. ``attachments`` are ids of ``storage.attachments``. ``tell`` is the chat that hears of every
    step and may supplement or withdraw; without one a person is asked to tell. ``reporter_name`` is that of the
    person who reports for another household. ``township_first``: the village is not to know before the township
    says so. ``approach``: whether a household knows that somebody else reports for it. ``living_code``: the village
    where it lives, when it is registered elsewhere; both see the case. ``fast_track``: a recent disaster or accident,
    plain for everybody to see. ``applied_on`` is the day in Asia/Shanghai from which days count.
    """

    submission_id: str
    relation: Relation
    householder: str
    phone: str
    area_code: str
    story: str
    consent: Consent
    applied_on: date
    causes: tuple[Cause, ...] = ()
    danger: tuple[Danger, ...] = ()
    place_text: str = ""
    group: str = ""
    reporter_name: str = ""
    attachments: tuple[str, ...] = ()
    tell: Reporter | None = None
    township_first: bool = False
    fast_track: bool = False
    approach: Approach | None = None
    living_code: str = ""

    @property
    def on_behalf(self) -> bool:
        """Tell whether somebody outside the household reports for it."""
        return self.relation in OUTSIDERS


OUTSIDERS: Final = frozenset({Relation.KIN, Relation.NEIGHBOUR, Relation.VILLAGE_CADRE, Relation.OTHER})


def check_report(report: Report, *, today: date) -> None:
    """Refuse a report that lacks what is required, or that was made later than *today*.

    Raises:
        InvalidReportError: names every field at fault, in the order of the form.
    """
    checks = {
        "submission_id": _is_text(report.submission_id),
        "householder": _is_text(report.householder),
        "phone": is_phone(report.phone),
        "area_code": _is_area(report.area_code),
        "place_text": len(report.place_text) <= _TEXT_LIMIT,
        "group": len(report.group) <= _TEXT_LIMIT,
        "living_code": not report.living_code
        or (report.living_code.isdecimal() and len(report.living_code) in {6, 9, 12}),
        "reporter_name": len(report.reporter_name) <= _TEXT_LIMIT,
        "story": 0 < len(report.story.strip()) <= STORY_LIMIT,
        "applied_on": report.applied_on <= today,
        "consent": _is_text(report.consent.version) and report.consent.at.tzinfo is not None,
    }
    wrong = tuple(field for field, holds in checks.items() if not holds)
    if wrong:
        raise InvalidReportError(fields=wrong)


def canonical_phone(phone: str) -> str:
    """Return the bare digits of a telephone number, without +86, spaces and dashes: what look-ups compare."""
    digits = "".join(character for character in phone if character.isascii() and character.isdigit())
    return digits.removeprefix("86") if len(digits) > 11 else digits


def is_phone(phone: str) -> bool:
    """Tell whether *phone* can be a Chinese mobile or landline number."""
    digits = canonical_phone(phone)
    mobile = len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789"
    landline = 7 <= len(digits) <= 12 and not mobile and (digits[0] == "0" or len(digits) <= 8)
    return mobile or landline


def _is_text(value: str) -> bool:
    return 0 < len(value.strip()) <= _TEXT_LIMIT


def _is_area(code: str) -> bool:
    return code.isdecimal() and len(code) in {6, 9, 12}
