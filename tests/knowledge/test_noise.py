"""Slips are made as people make them, the same for the same seed."""

from __future__ import annotations

import pytest

from knowledge.noise import Noise, noisy
from language.sounds import sound_key

TEXT = "监测对象分哪几类户"


@pytest.mark.parametrize("noise", list(Noise))
def test_every_kind_changes_the_text_and_repeats_itself(noise: Noise) -> None:
    changed = noisy(TEXT, noise, "种子")
    assert changed != TEXT
    assert changed == noisy(TEXT, noise, "种子")


def test_each_kind_does_what_it_is_called() -> None:
    assert sound_key(noisy(TEXT, Noise.SOUND, "1")) == sound_key(TEXT)
    assert len(noisy(TEXT, Noise.MISSING, "1")) == len(TEXT) - 1
    assert len(noisy(TEXT, Noise.DOUBLED, "1")) == len(TEXT) + 1
    assert any(char.isascii() for char in noisy(TEXT, Noise.PINYIN, "1"))
    assert TEXT in noisy(TEXT, Noise.FILLER, "1")


def test_what_cannot_slip_stays() -> None:
    assert noisy("12345", Noise.SOUND, "1") == "12345"
    assert noisy("", Noise.PINYIN, "1") == ""
