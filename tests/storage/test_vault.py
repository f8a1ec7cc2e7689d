import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import SealBrokenError
from storage.vault import FieldCipher, Vault, new_key

PLACE = {"table": "cases", "row": "a1", "column": "name"}


@given(st.text())
def test_a_sealed_text_opens_to_itself(text: str) -> None:
    cipher = FieldCipher(new_key())
    assert cipher.open_text(cipher.seal(text, **PLACE), **PLACE) == text


@pytest.mark.parametrize(("part", "other"), [("table", "notes"), ("row", "a2"), ("column", "phone")])
def test_a_seal_opens_only_where_it_was_made(part: str, other: str) -> None:
    cipher = FieldCipher(new_key())
    sealed = cipher.seal("马秀兰", **PLACE)
    assert cipher.open_text(sealed, **PLACE) == "马秀兰"
    with pytest.raises(SealBrokenError, match="does not open"):
        cipher.open_text(sealed, **{**PLACE, part: other})


def test_a_seal_opens_only_with_its_key_and_unaltered() -> None:
    sealed = FieldCipher(key := new_key()).seal("马秀兰", **PLACE)
    assert FieldCipher(key).open_text(sealed, **PLACE) == "马秀兰"
    with pytest.raises(SealBrokenError):
        FieldCipher(new_key()).open_text(sealed, **PLACE)
    with pytest.raises(SealBrokenError):
        FieldCipher(key).open_text(sealed[:-1] + bytes([sealed[-1] ^ 1]), **PLACE)
    with pytest.raises(SealBrokenError, match="unknown seal format"):
        FieldCipher(key).open_text(b"\x02" + sealed[1:], **PLACE)


def test_the_same_value_is_sealed_differently_each_time_but_found_by_one_fingerprint() -> None:
    vault = Vault(new_key())
    assert vault.seal("13900000000", **PLACE) != vault.seal("13900000000", **PLACE)
    assert vault.fingerprint("phone", "13900000000") == vault.fingerprint("phone", "13900000000")


def test_fingerprints_differ_by_kind_and_by_key() -> None:
    vault = Vault(new_key())
    found = {
        vault.fingerprint("phone", "1"),
        vault.fingerprint("name", "1"),
        Vault(new_key()).fingerprint("phone", "1"),
    }
    assert len(found) == 3


def test_a_key_of_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        FieldCipher(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short")
