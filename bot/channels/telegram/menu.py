"""The bot's menu: Telegram wants Latin names, the conversation wants words."""

from __future__ import annotations

from typing import Final

from telegram import BotCommand

START: Final = "start"
# Name, what the conversation hears, what the menu shows.
_ENTRIES: Final = (
    ("report", "一键报贫", "家里有困难，报上去"),
    ("progress", "我的进度", "报上去的办到哪一步了"),
    ("human", "人工", "请工作人员给我回电话"),
    ("cancel", "取消", "不报了，从头来"),
)
_WORDS: Final = {name: words for name, words, _ in _ENTRIES}


def menu() -> list[BotCommand]:
    """Return the menu as Telegram shows it."""
    return [BotCommand(name, f"{words}：{meaning}") for name, words, meaning in _ENTRIES]


def parse_command(text: str) -> tuple[str, str] | None:
    """Return name and rest of a ``/command``, or None when *text* is none."""
    if not text.startswith("/"):
        return None
    name, _, rest = text[1:].partition(" ")
    return name.partition("@")[0].lower(), rest.strip()


def words_for(name: str) -> str | None:
    """Return what the conversation hears for a command of the menu, or None for an unknown one."""
    return _WORDS.get(name)
