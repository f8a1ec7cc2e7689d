from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.outgoing import TEXT_LIMIT, full_text, keyboard, length, split_text
from bot.turn import Button, Message


@given(st.text(alphabet=st.sampled_from("低保🏠。，\n 一a"), max_size=300), st.integers(20, 60))
def test_parts_fit_and_lose_nothing_but_white_space(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert parts
    assert all(parts[:-1])


def test_a_short_text_stays_whole() -> None:
    assert split_text("您好") == ["您好"]


@pytest.mark.parametrize(
    ("text", "first"), [("一二三四五六\n七八九十", "一二三四五六"), ("一二三四五。六七八九十", "一二三四五。")]
)
def test_a_text_is_cut_where_a_line_or_a_sentence_ends(text: str, first: str) -> None:
    assert split_text(text, 10)[0] == first


def test_the_limit_leaves_room_below_the_one_of_telegram() -> None:
    assert TEXT_LIMIT < 4096


def test_buttons_keep_their_rows() -> None:
    message = Message(
        "请选", ((Button("是", "y"), Button("否", "n")), (Button("原文", url="https://example.gov.cn/a"),))
    )
    markup = keyboard(message)
    assert markup is not None
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [["是", "否"], ["原文"]]
    assert markup.inline_keyboard[0][1].callback_data == "n"
    assert markup.inline_keyboard[1][0].url == "https://example.gov.cn/a"


def test_a_message_without_buttons_has_no_keyboard() -> None:
    assert keyboard(Message("好")) is None


def test_a_link_that_telegram_refuses_as_a_button_is_written_out() -> None:
    message = Message("接着填：", ((Button("打开网页", url="http://localhost:8600/r/1234"),),))
    assert keyboard(message) is None
    assert full_text(message) == "接着填：\n打开网页：http://localhost:8600/r/1234"


def test_a_lone_surrogate_does_not_stop_a_message() -> None:
    assert full_text(Message("坏\ud800字")) == "坏?字"
