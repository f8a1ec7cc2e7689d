"""The bot's menu. Telegram wants Latin names; the conversation knows them beside its own words."""

from __future__ import annotations

from typing import Final

from telegram import BotCommand

MENU: Final = (
    BotCommand("report", "一键报贫：家里有困难，报上去"),
    BotCommand("progress", "我的进度：报上去的办到哪一步了"),
    BotCommand("human", "人工：请工作人员给我回电话"),
    BotCommand("cancel", "取消：不报了"),
    BotCommand("help", "帮助：能问什么、怎么用"),
)
