"""What a hidden chat still shows, channel by channel, and what its owner does about it himself.

Nothing here tells what was said before.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Remains(StrEnum):
    """What a channel could not take out of sight."""

    NOTHING = "nothing"
    OLD_MESSAGES = "old_messages"
    ROLLED_UP = "rolled_up"
    SCREEN = "screen"


_CLOSE: Final = "请马上关掉这个窗口，再开一个。"
_TO_DO: Final[Mapping[Remains, str]] = {
    Remains.NOTHING: "",
    Remains.OLD_MESSAGES: "（两天以前的消息 Telegram 不让我删。上面还看得见的，请自己删：回到聊天列表，"
    "按住这个对话不放，点“删除”；苹果手机是把这个对话往左划，点“删除”。）",
    Remains.ROLLED_UP: f"（屏幕清过了。往上翻还看得见前面的话的，{_CLOSE}）",
    Remains.SCREEN: f"（已经印在屏幕上的字，我收不回来。{_CLOSE}）",
}


def covered(text: str, remains: Remains) -> str:
    """Return the words that a hidden chat begins with, and what is left to do by hand."""
    return "\n".join(filter(None, [text, _TO_DO[remains]]))
