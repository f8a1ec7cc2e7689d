"""Whatever is typed gets a short, fitting reply; nothing of it is echoed, logged, or kept in the clear."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.channels.terminal import TerminalChat
from bot.conversation.conversation import Conversation
from storage.store import Store
from tests.bad_input import BAD, FOREIGN, LONGEST, MARK, UNESCAPED
from tests.bot.conftest import Person


def stored(store: Store) -> bytes:
    """Return all bytes of the database and its log."""
    files = [path for path in Path(store.data_dir).iterdir() if path.name.startswith("bangfu.db")]
    return b"".join(path.read_bytes() for path in files)


@pytest.mark.parametrize("name", BAD)
def test_a_reply_is_short_and_gives_nothing_back(name: str, store: Store, villager: Person) -> None:
    with capture_logs() as logs:
        kinds = villager.say(BAD[name])
    assert kinds
    assert "error.failed" not in kinds
    assert len(villager.text) <= LONGEST
    for told in (MARK, *UNESCAPED):
        assert told not in villager.text
    assert MARK not in str(logs)
    assert MARK.encode() not in stored(store)


@pytest.mark.parametrize("name", BAD)
def test_the_terminal_shows_a_short_reply_and_nothing_that_moves_its_cursor(
    name: str, store: Store, conversation: Conversation, now: datetime
) -> None:
    shown: list[str] = []
    with capture_logs() as logs:
        TerminalChat(store, conversation, chat="t", show=shown.append, clock=lambda: now).say(BAD[name])
    said = "\n".join(shown)
    assert said.strip()
    assert len(said) <= LONGEST
    assert not [told for told in (MARK, *UNESCAPED) if told in said]
    assert MARK not in str(logs)
    assert MARK.encode() not in stored(store)


@pytest.mark.parametrize("name", ["empty", "blank", "emoji", "punctuation", *FOREIGN])
def test_what_holds_no_words_is_asked_for_in_words(name: str, villager: Person) -> None:
    assert villager.say(BAD[name]) == ["chat.unreadable"]


@given(text=st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_a_reply_that_any_channel_can_carry(text: str, villager: Person) -> None:
    kinds = villager.say(text)
    assert kinds
    assert "error.failed" not in kinds
    assert not any(ord(character) < 32 and character != "\n" for character in villager.text)
    villager.text.encode("utf-8")


@given(text=st.text(alphabet=st.sampled_from("不得可以必须2024年元万民政低保<>{}\x00 \n，。;'\"😀"), max_size=120))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_buttons_that_nobody_made_do_no_harm(text: str, villager: Person) -> None:
    kinds = villager.say(button=text)
    assert kinds
    assert "error.failed" not in kinds
