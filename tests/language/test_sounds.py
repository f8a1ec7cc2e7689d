import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.sounds import initials, sound_key, sound_similarity, syllables

words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南家咀头", "南家嘴头"),
        ("老君坡", "老军破"),
        ("会宁", "惠林"),
        ("黄家湾", "方家湾"),
        ("周家岔", "邹家擦"),
        ("石山", "丝三"),
        ("清水", "亲随"),
        ("甘沟驿", "干钩一"),
    ],
)
def test_words_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)
    assert sound_similarity(one, other) == 1


@pytest.mark.parametrize(("one", "other"), [("会宁", "静宁"), ("低保", "医保"), ("老君坡", "老君台")])
def test_words_that_sound_otherwise_do_not(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)
    assert 0 < sound_similarity(one, other) < 1


@given(words, words)
def test_likeness_is_symmetric_and_between_none_and_whole(one: str, other: str) -> None:
    assert sound_similarity(one, other) == sound_similarity(other, one)
    assert 0 <= sound_similarity(one, other) <= 1
    assert sound_similarity(one, one) == 1


@given(st.text(max_size=20))
def test_every_character_has_one_sound(text: str) -> None:
    assert len(syllables(text)) == len(text)


def test_a_left_out_syllable_costs_its_share() -> None:
    assert sound_similarity("南家咀头", "南家咀") == 0.75
    assert sound_similarity("", "低保") == 0
    assert sound_similarity("", "") == 1


def test_initials_are_the_first_letters() -> None:
    assert initials("一键报贫") == "yjbp"
