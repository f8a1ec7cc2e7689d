"""What one sentence gives for the report: everything in it that a form would ask for, and nothing that is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.conversation.amounts import Sum, find_sums
from bot.conversation.approaches import find_approach
from bot.conversation.causes import find_causes
from bot.conversation.danger import Alarm
from bot.conversation.moments import find_moment
from bot.conversation.names import Names, find_names
from bot.conversation.people import find_relation, speaks_of_another
from bot.conversation.phones import find_phones
from bot.conversation.routing import Signals, find_signals
from bot.conversation.state import Place
from bot.conversation.whereabouts import NOWHERE, Whereabouts, find_whereabouts, without_places
from cases.report import Approach, Cause, Danger, Relation
from places.gazetteer import Gazetteer


@dataclass(frozen=True)
class Slots:
    """The slots of the report. ``phones`` are all telephones given, the one to call first.

    ``broken_phone``: a number was given as a telephone, but it cannot be one. ``of_another``: he, she or they are
    spoken of and nobody of one's own, so that nothing tells what the writer is to them.
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
    approach: Approach | None = None
    of_another: bool = False

    @property
    def phone(self) -> str | None:
        """The telephone, when one was given."""
        return self.phones[0] if self.phones else None

    @property
    def tells(self) -> bool:
        """Tell whether anything of what befell the household was said."""
        return bool(self.causes or self.danger or self.sums)

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
        sums=find_sums(placeless),
        when=find_moment(_without_names(placeless, names), today, relation),
        approach=find_approach(text, relation),
        of_another=relation is None and speaks_of_another(text),
    )


NOTHING_SAID: Final = Slots()


def _without_names(text: str, names: Names) -> str:
    """Return *text*, as long as it was, without the people named in it: 蒋国庆 is no National Day."""
    for name in filter(None, (names.householder, names.writer)):
        text = text.replace(name, "◇" * len(name))
    return text


def tells_of_hardship(text: str, signals: Signals | None, slots: Slots) -> bool:
    """Tell whether *text* (folded) tells of a hardship that happened, whatever it asks beside.

    Who asks about a rule gives no name, telephone or village; who tells his story at length may ask on the way.
    """
    if signals is None or not (slots.causes or slots.danger):
        return False
    if _WISHES_TO_REPORT.search(text):
        return True
    if not _asks_at_last(text, signals):
        told = slots.phone or slots.householder or slots.sums or slots.when or _HAPPENED.search(text)
        return bool(told) or not _TOPIC.search(text)
    identified = slots.phone or slots.householder or (slots.place and len(slots.place.code) >= _VILLAGE_DIGITS)
    at_length = len(text) >= _LONG_STORY and bool(slots.sums or slots.when)
    return signals.household and bool(identified or at_length)


def _asks_at_last(text: str, signals: Signals) -> bool:
    """Tell whether *text* asks; of a story only its end counts, and "不知道…" asks nothing."""
    if not (signals.asks_rule or signals.asks):
        return False
    clauses = [clause for clause in _CLAUSE.split(_UNSURE.sub("", text)) if clause]
    if len(text) < _STORY or not clauses:
        return True
    end = find_signals("，".join(clauses[-2:]))
    return end.asks_rule or end.asks


_VILLAGE_DIGITS: Final = 12
_STORY: Final = 40
_LONG_STORY: Final = 60
_CLAUSE: Final = re.compile(r"[，。！？；\n]")
_UNSURE: Final = re.compile(r"[^，。]*不(?:知道|晓得|清楚|记得)[^，。]*")
_WISHES_TO_REPORT: Final = re.compile(
    r"(?:能不能|可不可以|能否|可以|想|要|能)[^，。]{0,4}(?:登记|申报|报(?!销|多|几|哪)(?:一下|上|个)?(?=[，。：？！吗么不]|$))"
)
# What only a question is about.
_TOPIC: Final = re.compile(
    r"补助|补贴|补偿|政策|标准|条件|救助|报销|申请|办理|流程|材料|低保|保险|贷款|医保|规定|对象|鉴定|保障|资助|待遇|危房改造|认定|帮扶"
)
# Something is over, goes on, or cannot be done any more; not a topic such as "大病医疗救助".
_HAPPENED: Final = re.compile(
    r"了|着|咧|哒|过(?!程|渡)|[没不][了成上住起下动着到]|没(?!有(?:规定|政策))|[断死光完塌倒]$|凑不|供不|还不"
)
