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

    Of several dates the first whose sentence part tells of a hardship counts; a date to come never does.
    """
    past = [
        moment
        for moment in find_dates(_FATHER.sub("爹", text), today)
        if moment.iso <= today.isoformat() and not _AGE.match(text, moment.end)
    ]
    telling = [moment for moment in past if find_causes(_around(text, moment))]
    chosen = next(iter(telling or past), None)
    return chosen.iso if chosen else None


def _around(text: str, moment: Moment) -> str:
    """Return the clause of *moment*."""
    begin = max((text.rfind(mark, 0, moment.start) for mark in "，。！？；\n"), default=-1) + 1
    ends = [end for mark in "，。！？；\n" if (end := text.find(mark, moment.end)) >= 0]
    return text[begin : min(ends, default=len(text))]
