"""What one sentence gives for the report: everything in it that a form would ask for, and nothing that is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.conversation.amounts import Sum, find_sums
from bot.conversation.causes import find_causes
from bot.conversation.danger import Alarm
from bot.conversation.moments import find_moment
from bot.conversation.people import find_names, find_relation
from bot.conversation.state import Place
from bot.conversation.whereabouts import NOWHERE, Whereabouts, find_whereabouts
from cases.report import Cause, Danger, Relation
from language.masking import PersonalNumberKind, find_personal_numbers
from places.gazetteer import Gazetteer

_MOBILE_DIGITS: Final = 11


@dataclass(frozen=True)
class Slots:
    """The slots of the report. ``phones`` are all telephones given, the first one is the householder's.

    ``broken_phone``: a number was given as a telephone, but it cannot be one.
    """

    relation: Relation | None = None
    householder: str | None = None
    writer: str | None = None
    phones: tuple[str, ...] = ()
    broken_phone: bool = False
    where: Whereabouts = NOWHERE
    causes: tuple[Cause, ...] = ()
    danger: tuple[Danger, ...] = ()
    sums: tuple[Sum, ...] = ()
    when: str | None = None

    @property
    def phone(self) -> str | None:
        """The telephone, when one was given."""
        return self.phones[0] if self.phones else None

    @property
    def place(self) -> Place | None:
        """The place, when the sentence fits exactly one."""
        return self.where.place


def read_slots(text: str, alarm: Alarm, *, today: date, gazetteer: Gazetteer, within: str | None) -> Slots:
    """Return what *text* (folded) gives. *within* is the area that a bare village name is looked for in first."""
    relation = find_relation(text)
    names = find_names(text, relation)
    numbers = [number for number in find_personal_numbers(text) if number.kind in _TELEPHONES]
    phones = [number.digits for number in numbers if _is_telephone(number.digits)]
    return Slots(
        relation=relation,
        householder=names.householder,
        writer=names.writer,
        phones=tuple(dict.fromkeys(phones)),
        broken_phone=len(phones) < len(numbers) or (not numbers and _ALMOST.search(text) is not None),
        where=find_whereabouts(text, gazetteer, within),
        causes=find_causes(text),
        danger=alarm.dangers,
        sums=find_sums(text),
        when=find_moment(text, today),
    )


_TELEPHONES: Final = frozenset({PersonalNumberKind.MOBILE, PersonalNumberKind.LANDLINE})
# A telephone with a digit too few or too many.
_ALMOST: Final = re.compile(r"(?:电话|手机|号码|联系)[^\d，。]{0,4}\d{5,}|(?<!\d)1[3-9]\d{7,8}(?!\d)")


def _is_telephone(digits: str) -> bool:
    return digits.startswith("0") or len(digits) == _MOBILE_DIGITS or len(digits) in (7, 8)


NOTHING_SAID: Final = Slots()
