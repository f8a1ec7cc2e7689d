"""The code on a village's poster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.signing import Signer
from storage.village_codes import VillageCodes

CODES = VillageCodes(Signer(b"k" * 32))
VILLAGE = "620422100203"


@given(st.from_regex(r"\A\d{6}(\d{3}){0,2}\Z"))
def test_a_code_names_the_area_it_was_made_for_and_fits_a_start_link(area: str) -> None:
    code = CODES.mint(area)
    assert CODES.read(code) == CODES.read(f" {code.lower()} ") == area
    assert code == CODES.mint(area)
    assert len(code) <= 64


@given(st.integers(0, 28), st.sampled_from("0189ABCXYZ2"))
def test_a_code_with_any_other_character_names_nothing(at: int, other: str) -> None:
    code = CODES.mint(VILLAGE)
    forged = code[:at] + other + code[at + 1 :]
    assert forged == code or CODES.read(forged) is None


@pytest.mark.parametrize("text", ["", "V", VILLAGE, "V" + VILLAGE, "V620422100203" + "A" * 16, "你好"])
def test_what_was_not_made_here_names_nothing(text: str) -> None:
    assert CODES.read(text) is None
    assert VillageCodes(Signer(b"o" * 32)).read(CODES.mint(VILLAGE)) is None
