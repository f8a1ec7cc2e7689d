"""A local Telegram Bot API server for tests: real HTTP for the bot, plain Python for the people who write to it."""

from tests.botapi.cloud import Cloud, Delivered
from tests.botapi.person import Person
from tests.botapi.server import BotApi

__all__ = ["BotApi", "Cloud", "Delivered", "Person"]
