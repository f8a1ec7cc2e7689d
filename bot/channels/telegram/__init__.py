"""Telegram, the reference channel: python-telegram-bot's ``Bot`` and a poll loop that stores before it confirms."""

from bot.channels.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]
