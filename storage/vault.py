"""Encryption of personal fields: AES-256-GCM, bound to table, row and column, found again by keyed hashes."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import SealBrokenError

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_FORMAT: Final = b"\x01"


def key_name(master: bytes) -> str:
    """Return the name of a master key: tells two keys apart and nothing of either."""
    return _derive(master, b"bangfu key name").hex()[:16]


def new_key() -> bytes:
    """Return a fresh 256-bit key from the operating system."""
    return os.urandom(KEY_BYTES)


class FieldCipher:
    """Seals single fields under one key.

    Each field is bound to its place (``table:row:column``), so a sealed value that is copied to another row
    does not open there.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, this one {len(key)}")
        self._aead = AESGCM(key)

    def seal(self, value: str | bytes, *, table: str, row: str, column: str) -> bytes:
        """Return *value* encrypted for this one place."""
        nonce = os.urandom(_NONCE_BYTES)
        plain = value.encode() if isinstance(value, str) else value
        return _FORMAT + nonce + self._aead.encrypt(nonce, plain, _place(table, row, column))

    def open_bytes(self, sealed: bytes, *, table: str, row: str, column: str) -> bytes:
        """Return what was sealed for this place.

        Raises:
            SealBrokenError: wrong key, altered bytes, or sealed for another place.
        """
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if sealed[:1] != _FORMAT:
            raise SealBrokenError(f"{table}.{column} of row {row}: unknown seal format")
        try:
            return self._aead.decrypt(nonce, body, _place(table, row, column))
        except InvalidTag as error:
            raise SealBrokenError(f"{table}.{column} of row {row} does not open") from error

    def open_text(self, sealed: bytes, *, table: str, row: str, column: str) -> str:
        """Return the sealed text of this place; raises as ``open_bytes`` does."""
        return self.open_bytes(sealed, table=table, row=row, column=column).decode()


class Vault(FieldCipher):
    """The key of a data folder, split into one key for sealing and one for look-ups."""

    def __init__(self, master: bytes) -> None:
        super().__init__(_derive(master, b"bangfu field"))
        self._lookup = _derive(master, b"bangfu lookup")

    def fingerprint(self, kind: str, value: str) -> str:
        """Return a keyed hash of *value* for equality search. ``kind`` keeps phones and names apart."""
        return hmac.new(self._lookup, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()


def _derive(master: bytes, purpose: bytes) -> bytes:
    if len(master) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, this one {len(master)}")
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(master)


def _place(table: str, row: str, column: str) -> bytes:
    return f"{table}:{row}:{column}".encode()
