"""What was typed becomes what was meant, by the words of the corpus; what is right stays as it is."""

from __future__ import annotations

import pytest

from knowledge.lexical import build_lexical
from knowledge.spelling import Speller

TEXTS = [
    "一键报贫怎么报",
    "一键报贫是什么",
    "监测户分几种",
    "监测户有哪些",
    "公示名单贴几天",
    "公示名单要贴多久",
    "农村低保怎么申请",
    "低保标准是多少",
]
SPELLER = Speller(build_lexical(TEXTS))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jiance hu fen ji zhong", "监测户分几种"),
        ("jiancehu有哪些", "监测户有哪些"),
        ("dibao怎么申请", "低保怎么申请"),
    ],
)
def test_pinyin_is_read_as_the_words_of_the_corpus(typed: str, meant: str) -> None:
    assert SPELLER.mend(typed).text == meant


def test_initials_stand_for_official_terms() -> None:
    assert SPELLER.mend("yjbp怎么报", phrases=("一键报贫",)).text == "一键报贫怎么报"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("监侧户分几种", "监测户分几种"),
        ("公事名单贴几天", "公示名单贴几天"),
        ("公示名单单贴几天", "公示名单贴几天"),
    ],
)
def test_slips_of_sound_shape_and_finger_are_mended(typed: str, meant: str) -> None:
    spelled = SPELLER.mend(typed)
    assert spelled.mended == meant
    assert spelled.forms == (typed, meant)


@pytest.mark.parametrize("text", ["公示名单贴几天", "今天天气怎么样", "app怎么下载", "12345", ""])
def test_what_makes_words_is_left_alone(text: str) -> None:
    assert SPELLER.mend(text).forms == (text,)


def test_dialect_is_put_into_plain_words_before_slips_are_looked_for() -> None:
    spelled = SPELLER.mend("低保啷个申请", plain=lambda text: text.replace("啷个", "怎么"))
    assert spelled.forms == ("低保啷个申请", "低保怎么申请")
