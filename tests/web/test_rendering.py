"""From plain text to safe HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.rendering import clock, speech

_OURS = {'<b class="num">', "</b>"}


@given(st.text())
def test_speech_says_what_the_text_says_and_adds_no_markup_of_it(text: str) -> None:
    html = str(speech(text))

    assert set(re.findall(r"<[^>]*>", html)) <= {"<br>", "</a>", *_OURS, *re.findall(r'<a href="tel:\d+">', html)}
    assert unescape(re.sub(r"<[^>]+>", "", html.replace("<br>", "\n"))) == unescape(text.replace("&", "&amp;"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("有危险打110、119，救护120。", ["110", "119", "120"]),
        ("拨打 12345 或 12356", ["12345", "12356"]),
        ("您的电话 13800000000", []),
        ("乡镇 0943-3221100", ["09433221100"]),
        ("补助120元，共110户，119人", []),
        ("国办发〔2021〕42号，第110条", []),
        ("12345.67", []),
        ("标准是 12000 元", []),
        ("身份证 620422199001011234", []),
    ],
)
def test_numbers_to_call_can_be_tapped_and_amounts_cannot(text: str, numbers: list[str]) -> None:
    assert re.findall(r'href="tel:(\d+)"', speech(text)) == numbers


def test_a_receipt_stands_out_and_stays_on_one_line() -> None:
    assert speech("编号：410 1784 0532，请记下") == '编号：<b class="num">410 1784 0532</b>，请记下'
    assert speech("410 1784 05321") == "410 1784 05321"


def test_the_time_of_day_is_that_of_shanghai() -> None:
    assert clock(datetime(2026, 3, 10, 20, 5, tzinfo=UTC)) == "04:05"
