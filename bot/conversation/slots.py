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
from bot.conversation.names import find_names
from bot.conversation.people import find_relation
from bot.conversation.phones import find_phones
from bot.conversation.routing import Signals
from bot.conversation.state import Place
from bot.conversation.whereabouts import NOWHERE, Whereabouts, find_whereabouts, without_places
from cases.report import Cause, Danger, Relation
from places.gazetteer import Gazetteer


@dataclass(frozen=True)
class Slots:
    """The slots of the report. ``phones`` are all telephones given, the one to call first.

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
    where = find_whereabouts(text, gazetteer, within)
    placeless = without_places(text, where)
    names = find_names(placeless, relation)
    phones = find_phones(placeless, relation)
    return Slots(
        relation=relation,
        householder=names.householder,
        writer=names.writer,
        phones=phones.numbers,
        broken_phone=phones.broken,
        where=where,
        causes=find_causes(text),
        danger=alarm.dangers,
        sums=find_sums(text),
        when=find_moment(text, today),
    )


NOTHING_SAID: Final = Slots()


def tells_of_hardship(text: str, signals: Signals | None, slots: Slots) -> bool:
    """Tell whether *text* (folded) tells of a hardship that happened, whatever it asks beside.

    Who asks about a rule gives no name, telephone or village; who tells his story at length may ask on the way.
    """
    if signals is None or not (slots.causes or slots.danger):
        return False
    if not (signals.asks_rule or signals.asks):
        return bool(slots.phone or slots.householder or slots.sums or slots.when or _HAPPENED.search(text))
    identified = slots.phone or slots.householder or (slots.place and len(slots.place.code) >= _VILLAGE_DIGITS)
    at_length = len(text) >= _LONG_STORY and bool(slots.sums or slots.when)
    return signals.household and bool(identified or at_length)


_VILLAGE_DIGITS: Final = 12
_LONG_STORY: Final = 60
# Something is over, goes on, or cannot be done any more; not a topic such as "大病医疗救助".
_HAPPENED: Final = re.compile(
    r"了|着|咧|哒|过(?!程|渡)|[没不][了成上住起下动着到]|没(?!有(?:规定|政策))|[断死光完塌倒]$|凑不|供不|还不"
)
