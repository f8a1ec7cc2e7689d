"""A worded message as Telegram takes it: plain texts of bearable length, and a keyboard under the last one."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.turn import Button, Message

TEXT_LIMIT: Final = 4000


def length(text: str) -> int:
    """Count UTF-16 units, as Telegram does: an emoji is two."""
    return len(text.encode("utf-16-le", errors="replace")) // 2


def split_text(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut *text* into parts of at most *limit* units, at a line's end where there is one, else after a sentence.

    Nothing but white space at the cuts is lost.
    """
    parts = []
    rest = text.strip()
    while length(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest]


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """Return the buttons of *message*, or None when it has none that Telegram accepts."""
    rows = [[_button(button) for button in row if not _is_local(button)] for row in message.buttons]
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


def full_text(message: Message) -> str:
    """Return the text of *message*; a link that Telegram refuses as a button stands below it in words."""
    links = [f"{button.label}：{button.url}" for row in message.buttons for button in row if _is_local(button)]
    text = "\n".join([message.text, *links])
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)


def _is_local(button: Button) -> bool:
    """Tell whether the button links to a host without a dot (localhost): Telegram refuses the whole message."""
    return bool(button.url) and "." not in (urlsplit(button.url).hostname or "")


def _cut(text: str, limit: int) -> int:
    """Return where to cut: the end of the longest start of *text* that fits and does not tear a sentence."""
    end = _longest_start(text, limit)
    for mark in ("\n\n", "\n", "。", "；", "，"):
        at = text.rfind(mark, end // 2, end)
        if at >= 0:
            return at + len(mark)
    return end


def _longest_start(text: str, limit: int) -> int:
    units = 0
    for position, character in enumerate(text):
        units += length(character)
        if units > limit:
            return position
    return len(text)
