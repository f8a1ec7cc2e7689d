"""How to reach the Bot API, and what its refusals mean to us."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, TypeAlias

from pydantic import SecretStr
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning

from bot.channels.channel import ChatGoneError, RetryLaterError
from settings.schema import Telegram

Bot: TypeAlias = "ExtBot[int]"

OFFLINE_SECONDS: Final = 10.0
_CONNECTIONS: Final = 32
_GONE: Final = ("chat not found", "user is deactivated", "peer_id_invalid")


def connect(settings: Telegram, token: SecretStr) -> Bot:
    """Return a bot for *token*; nothing is sent yet.

    The rate limiter spaces messages out and never repeats one: repeating is the outbox's decision.
    """
    _hush()
    request = HTTPXRequest(
        connection_pool_size=_CONNECTIONS, connect_timeout=10, read_timeout=20, write_timeout=20, pool_timeout=20
    )
    return ExtBot(
        token.get_secret_value(),
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=request,
        rate_limiter=AIORateLimiter(max_retries=0),
    )


def _hush() -> None:
    # httpx logs every address at INFO, and these addresses carry the token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # A 429 is logged by the outbox, without a traceback; nor need the library warn of its own next version.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", message=".*retry_after", category=PTBDeprecationWarning)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn the library's errors into ours: wait, gone for good, or (a mistake of ours) unchanged.

    Raises:
        RetryLaterError: the pace is limited, Telegram cannot be reached, or it does not know our token.
        ChatGoneError: the person blocked the bot or the chat does not exist.
    """
    try:
        yield
    except RetryAfter as error:
        raise RetryLaterError(wait_seconds(error)) from error
    except (Forbidden, ChatMigrated) as error:
        raise ChatGoneError(type(error).__name__) from error
    except BadRequest as error:
        if any(sign in error.message.lower() for sign in _GONE):
            raise ChatGoneError(error.message) from error
        raise
    except TelegramError as error:
        # No network, a sick server, a withdrawn token: the message is good, and goes when all is well again.
        raise RetryLaterError(OFFLINE_SECONDS) from error


def wait_seconds(error: TelegramError) -> float:
    """Return how long to wait after *error* before the next request."""
    if not isinstance(error, RetryAfter):
        return OFFLINE_SECONDS
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
