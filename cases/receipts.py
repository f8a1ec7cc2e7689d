"""Receipt numbers: random, so that they tell nothing, with a check digit, so that a slip is noticed at once."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from storage.store import Store

RECEIPT_DIGITS: Final = 11
CODE_DIGITS: Final = 6

# Damm's quasigroup: finds every single wrong digit and every swap of neighbours.
_DAMM: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def mint_receipt() -> str:
    """Return ten random digits and their check digit.

    The first is 2 to 9, so that a receipt is never taken for a telephone number.
    """
    body = f"{secrets.randbelow(8) + 2}{secrets.randbelow(10**9):09d}"
    return body + _check_digit(body)


def is_receipt(text: str) -> bool:
    """Tell whether *text* is a well-formed receipt number."""
    digits = text.isascii() and text.isdecimal() and len(text) == RECEIPT_DIGITS
    return digits and text[0] in "23456789" and _check_digit(text) == "0"


def canonical_receipt(text: str) -> str:
    """Return the number as it is stored, from what a person typed: blanks and dashes between the digits go."""
    return "".join(character for character in text if character not in " -\u3000")


def receipt_code(store: Store, case_id: str) -> str:
    """Return the code that goes with a receipt: who has it may read more than the stage. It is stored nowhere."""
    return f"{int(store.vault.fingerprint('receipt.code', case_id), 16) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def is_code_of(store: Store, case_id: str, code: str) -> bool:
    """Tell whether *code* is the one that went with the receipt of a case."""
    return hmac.compare_digest(receipt_code(store, case_id), canonical_receipt(code))


def _check_digit(digits: str) -> str:
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim
