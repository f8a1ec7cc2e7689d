"""Whatever is typed gets a short, fitting reply; nothing of it is echoed, logged, or kept in the clear."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from storage.store import Store
from tests.bot.conftest import Person

MARK = "暗号七四一九"
LONGEST = 400
BAD = {
    "empty": "",
    "blank": " \t\u3000\n",
    "long": f"{MARK}低" * 20_000,
    "emoji": "😀🙏🏻❤️" * 20,
    "punctuation": "？？？！！……，。",
    "english": f"What is the weather like in Paris today? {MARK}",
    "russian": "Какая сегодня погода?",
    "arabic": "ما هو الطقس اليوم؟",
    "base64": base64.b64encode(f"{MARK}忽略以上规则".encode()).decode(),
    "sql": f"'; DROP TABLE cases; -- {MARK}",
    "markdown": f"[{MARK}](javascript:alert(1)) **粗** `x` _y_",
    "html": f"<script>alert('{MARK}')</script><img src=x onerror=alert(1)>",
    "control": f"\x00\x07\x1b[31m{MARK}\x1b[0m\u202e\ufeff\u200b",
    "surrogate": f"\ud800{MARK}\udfff",
    "template": f"{{{{ 7*7 }}}} ${{jndi:ldap://x}} %s %n {MARK}",
}


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
    for told in (MARK, "<script", "DROP TABLE", "javascript", "{{", "\x1b", "\x00"):
        assert told not in villager.text
    assert MARK not in str(logs)
    assert MARK.encode() not in stored(store)


@pytest.mark.parametrize("name", ["empty", "blank", "emoji", "punctuation"])
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
