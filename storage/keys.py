"""Where the keys live: in the environment (handed in by settings) or in files of the data folder."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

from storage.errors import WrongKeyError
from storage.signing import Signer
from storage.vault import KEY_BYTES, new_key


def load_or_create_key(data_dir: Path, configured: str | None) -> bytes:
    """Return the master key of *data_dir*, making one at the first start.

    *configured* is the base64 text of the key when it comes from the environment; then no file is written.

    Raises:
        WrongKeyError: the key is not the base64 text of 32 bytes.
    """
    return _load_or_create(key_file(data_dir), configured, "BANGFU_KEY")


def key_file(data_dir: Path) -> Path:
    """Return where the master key lies, unless it comes from the environment."""
    return data_dir / "keys" / "master.key"


def next_key_file(data_dir: Path) -> Path:
    """Return where a new master key lies while the old one is being changed for it."""
    return data_dir / "keys" / "master.key.next"


def load_or_create_next_key(data_dir: Path) -> bytes:
    """Return the new master key of a change that is under way, making one when none was made yet."""
    return _load_or_create(next_key_file(data_dir), None, "")


def take_next_key(data_dir: Path) -> None:
    """Put the new master key in the place of the old one, at once and for good."""
    next_key_file(data_dir).replace(key_file(data_dir))
    folder = os.open(data_dir / "keys", os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def key_text(key: bytes) -> str:
    """Return a key as BANGFU_KEY and the key file have it."""
    return base64.b64encode(key).decode()


def load_or_create_signer(data_dir: Path, configured: str | None) -> Signer:
    """Return what signs the daily heads of *data_dir*, making its key at the first use.

    *configured* is the base64 text of the key's 32 bytes when it comes from the environment; then no file is written.

    Raises:
        WrongKeyError: the key is not the base64 text of 32 bytes.
    """
    return Signer(_load_or_create(data_dir / "keys" / "signing.key", configured, "BANGFU_SIGNING_KEY"))


def _load_or_create(path: Path, configured: str | None, variable: str) -> bytes:
    if configured is not None:
        return _decode(configured, variable)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _decode(path.read_text(), str(path))
    with os.fdopen(descriptor, "w") as file:
        key = new_key()
        file.write(key_text(key) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def _decode(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise WrongKeyError(f"{where}: not base64") from error
    if len(key) != KEY_BYTES:
        raise WrongKeyError(f"{where}: {len(key)} bytes instead of {KEY_BYTES}")
    return key
