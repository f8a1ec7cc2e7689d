"""Receipt numbers notice slips and are never taken for telephones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cases.receipts import canonical_receipt, is_receipt, mint_receipt
from cases.report import is_phone
from language.masking import find_personal_numbers

RECEIPTS = st.builds(lambda _: mint_receipt(), st.integers())


@given(RECEIPTS)
def test_a_fresh_receipt_is_well_formed_and_no_personal_number(receipt: str) -> None:
    assert len(receipt) == 11
    assert is_receipt(receipt)
    assert not is_phone(receipt)
    assert not find_personal_numbers(f"受理号 {receipt}")


@given(receipt=RECEIPTS, place=st.integers(0, 10), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(receipt: str, place: int, digit: str) -> None:
    altered = receipt[:place] + digit + receipt[place + 1 :]
    assert is_receipt(altered) is (altered == receipt)


@given(receipt=RECEIPTS, place=st.integers(0, 9))
def test_two_neighbours_swapped_are_noticed(receipt: str, place: int) -> None:
    altered = receipt[:place] + receipt[place + 1] + receipt[place] + receipt[place + 2 :]
    assert is_receipt(altered) is (altered == receipt)


@given(st.text(max_size=15))
def test_any_other_text_is_no_receipt(text: str) -> None:
    digits = text.isascii() and text.isdecimal() and len(text) == 11
    assert digits or not is_receipt(text)


@given(RECEIPTS)
def test_blanks_and_dashes_that_people_type_are_forgiven(receipt: str) -> None:
    assert canonical_receipt(f" {receipt[:4]} {receipt[4:8]}-{receipt[8:]}\u3000") == receipt
