"""When it happened: the date in a sentence that belongs to the hardship."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.conversation.causes import find_causes
from language.dates import Moment, find_dates

# "今年81了" and "今年六十八，" tell an age.
_AGE: Final = re.compile(r"(?:都|已经|才|刚|快)?[\d一二三四五六七八九十]+(?:多)?(?:岁|了|[，。]|$)")
# "我大前天殁了" tells of the father and the day before yesterday.
_FATHER: Final = re.compile(r"(?<=[我俺])大(?=前[天年])")


def find_moment(text: str, today: date) -> str | None:
    """Return the date of the event as an ISO prefix (2026-02, 2026-02-14, 2025), None when none is told.

    The first date counts whose clause tells of a hardship, or else the first beside such a clause; one that stands
    apart dates something else. A date to come never counts.
    """
    past = [
        moment
        for moment in find_dates(_FATHER.sub("爹", text), today)
        if moment.iso <= today.isoformat() and not _AGE.match(text, moment.end)
    ]
    telling = [moment for moment in past if find_causes(_around(text, moment, 0))]
    beside = [moment for moment in past if find_causes(_around(text, moment, 1))]
    chosen = next(iter(telling or beside), None)
    return chosen.iso if chosen else None


def _around(text: str, moment: Moment, more: int) -> str:
    """Return the clause of *moment*, with so many *more* on either side."""
    ends = [mark.start() for mark in _CLAUSE_END.finditer(text)]
    before = [end for end in ends if end < moment.start]
    after = [end for end in ends if end >= moment.end]
    begin = before[-1 - more] + 1 if len(before) > more else 0
    return text[begin : after[more] if len(after) > more else len(text)]


_CLAUSE_END: Final = re.compile(r"[，。！？；\n]")
