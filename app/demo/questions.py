"""What people of the invented county asked the assistant: most of it answered, some of it not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.channels.terminal import TerminalChat
from bot.worker import Handler
from storage.store import Store

_ASKED: Final = (
    ("娃上大学没钱咋办",),
    ("一键报贫是个啥", "那要什么材料？"),
    ("低保咋申请",),
    ("我家人均收入多少算监测对象",),
    ("住院花了八万，还能报销多少", "还有别的救助没有"),
    ("公益性岗位怎么报名",),
    ("小额信贷能贷多少", "要不要抵押"),
    ("残疾人两项补贴是多少",),
    ("危房改造找谁",),
    ("雨露计划今年还有吗",),
    ("外面有人说交解冻费就能领扶贫款",),
    ("养牛补贴一头给多少",),
    ("村上那条路啥时候修",),
    ("光伏发电分红啥时候发",),
    ("养牛的补贴标准",),
    ("村里修路的事找谁",),
    ("合作医疗今年交多少",),
    ("易地搬迁的房子能不能卖",),
    ("临时救助一次给多少",),
    ("村里说我家不够条件，我不服",),
)  # fmt: skip

# Of no use to those who asked: for the knowledge desk.
_DISLIKED: Final = frozenset({"公益性岗位怎么报名", "残疾人两项补贴是多少", "危房改造找谁"})
_NO_USE: Final = re.compile(r"\s*(\d+)\. 没用")


def ask_all(store: Store, conversation: Handler, *, now: datetime, progress: Callable[[int, int], None]) -> None:
    """Let each of them ask in a chat of his own, over the days before *now*; who is to be called back, at *now*."""
    for number, questions in enumerate(_ASKED):
        at = now - timedelta(days=20) * (1 - (number + 1) / len(_ASKED))
        shown: list[str] = []
        chat = TerminalChat(store, conversation, chat=f"demo-{number}", show=shown.append, clock=partial(_same, at))
        for question in questions:
            chat.say(question)
            button = next(filter(None, map(_NO_USE.fullmatch, reversed(shown))), None)
            if question in _DISLIKED and button is not None:
                chat.say(button[1])
        progress(number + 1, len(_ASKED))


def _same(moment: datetime) -> datetime:
    return moment
