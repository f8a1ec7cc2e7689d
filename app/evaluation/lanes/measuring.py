"""Listens to every saying and counts which lane it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.evaluation.lanes.sayings import Saying
from app.evaluation.risk import Share
from bot.conversation.lanes import Lane, take_lane
from bot.conversation.listening import Listener
from storage.times import SHANGHAI

NOON: Final = datetime(2026, 6, 1, 12, tzinfo=SHANGHAI)
URGENT: Final = frozenset({Lane.DANGER, Lane.VIOLENCE, Lane.CHILD})

_NAMES: Final = {
    Lane.QUESTION: "问政策",
    Lane.HARDSHIP: "遭难",
    Lane.REPORT: "要报",
    Lane.PROGRESS: "进度",
    Lane.HUMAN: "找人",
    Lane.FRAUD: "诈骗",
    Lane.COMPLAINT: "反映",
    Lane.FORGERY: "造假",
    Lane.INJECTION: "诱导",
    Lane.INSULT: "骂人",
    Lane.SMALL_TALK: "闲话",
    Lane.UNREADABLE: "不懂",
    Lane.DANGER: "危急",
    Lane.VIOLENCE: "家暴",
    Lane.CHILD: "孩子",
    Lane.OTHER: "别的",
}


@dataclass(frozen=True)
class Taken:
    """The lane that a saying took."""

    saying: Saying
    lane: Lane

    @property
    def is_right(self) -> bool:
        """Tell whether it is one that the saying belongs in."""
        return self.lane in self.saying.lanes


def measure(listener: Listener, sayings: Sequence[Saying]) -> list[Taken]:
    """Listen to each saying as the first message of a chat."""
    return [Taken(saying, take_lane(listener, saying.text, now=NOON)) for saying in sayings]


def matrix(taken: Sequence[Taken]) -> list[list[str]]:
    """Return a row a lane that was right, a column a lane that was taken, and the share that went right."""
    lanes = [lane for lane in Lane if any(lane in (one.lane, one.saying.lanes[0]) for one in taken)]
    heading = ["该走 \\ 走了", "句数", "走对", *(_NAMES[lane] for lane in lanes)]
    rows = [_row(_NAMES[lane], [one for one in taken if one.saying.lanes[0] is lane], lanes) for lane in lanes]
    return [heading, *(row for row in rows if row), _row("合计", taken, lanes)]


def manners(taken: Sequence[Taken]) -> list[list[str]]:
    """Return a row a manner of saying it."""
    names = dict.fromkeys(one.saying.manner for one in taken)
    groups = [(name, [one for one in taken if one.saying.manner == name]) for name in names]
    return [["说法", "句数", "走对"], *([name, str(len(ones)), _percent(ones)] for name, ones in groups)]


def urgent_line(taken: Sequence[Taken]) -> str:
    """Return how much of what cannot wait was heard, and how often an alarm was raised for nothing."""
    urgent = [one for one in taken if one.saying.lanes[0] in URGENT]
    calm = [one for one in taken if one.saying.lanes[0] not in URGENT]
    heard = Share(sum(one.lane in URGENT for one in urgent), len(urgent))
    false = Share(sum(one.lane in URGENT for one in calm), len(calm))
    return f"等不得的 {_counted(urgent, heard)}听出来了；不急的 {_counted(calm, false)}错拉了警报。"


def misses(taken: Sequence[Taken]) -> Iterator[str]:
    """Yield each saying that took a wrong lane."""
    for one in taken:
        if not one.is_right:
            right = "、".join(_NAMES[lane] for lane in one.saying.lanes)
            yield f"{one.saying.text}  该走{right}，走了{_NAMES[one.lane]}"


def _counted(ones: Sequence[Taken], share: Share) -> str:
    low, high = share.interval
    return f"{len(ones)} 句里 {share.part} 句（{share.value:.1%}，{low:.1%}–{high:.1%}）"


def _row(name: str, ones: Sequence[Taken], lanes: Sequence[Lane]) -> list[str]:
    if not ones:
        return []
    counts = [sum(one.lane is lane for one in ones) for lane in lanes]
    return [name, str(len(ones)), _percent(ones), *(str(count) if count else "·" for count in counts)]


def _percent(ones: Sequence[Taken]) -> str:
    return f"{sum(one.is_right for one in ones) / len(ones):.1%}"
