"""What proves that an officer is himself: a password hashed with argon2id, and a second factor if he wants one."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from cases.actors import Officer
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import to_text

SHORTEST: Final = 10
LONGEST: Final = 200
_SECRET_BYTES: Final = 20
_STEP_SECONDS: Final = 30

_hasher: Final = PasswordHasher()
# Checked when there is no such officer, so that the answer takes as long.
_NOBODY: Final = _hasher.hash("nobody")


def fault_of(password: str, officer: Officer) -> str:
    """Return why *password* is too weak to be kept, in words; empty when it will do."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"密码要 {SHORTEST} 个字以上。几个词连在一起，好记也难猜。"
    if officer.name in password or len(set(password)) < 5 or password.isdecimal():
        return "这个密码太好猜：不要全是数字、不要几个字反复、不要用自己的姓名。请换一个。"
    return ""


def has_password(store: Store, officer: str) -> bool:
    """Tell whether an officer ever set a password."""
    return _row(store, officer) is not None


def set_password(store: Store, officer: Officer, password: str, *, now: datetime) -> None:
    """Keep the hash of a new password; a second factor stays as it is. Needs an open transaction."""
    check_in_transaction(store)
    store.db.execute(
        "INSERT INTO officer_passwords (officer, hash, changed_at) VALUES (?, ?, ?)"
        " ON CONFLICT (officer) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at",
        [officer.id, _hasher.hash(password), to_text(now)],
    )
    _audit(store, officer, "officer.password_set", now)


def is_password(store: Store, officer: str | None, password: str) -> bool:
    """Tell whether *password* is this officer's. Takes a quarter of a second, for nobody as well."""
    row = _row(store, officer) if officer else None
    try:
        _hasher.verify(row["hash"] if row else _NOBODY, password[:LONGEST])
    except VerifyMismatchError:
        return False
    return row is not None


def new_secret() -> bytes:
    """Return a fresh secret for a second factor."""
    return os.urandom(_SECRET_BYTES)


def secret_address(secret: bytes, officer: Officer) -> str:
    """Return the address that an authenticator reads from a square code."""
    return _totp(secret).get_provisioning_uri(f"{officer.number} {officer.name}", "帮扶助手")


def has_second_factor(store: Store, officer: str) -> bool:
    """Tell whether an officer must type a six-digit code as well."""
    row = _row(store, officer)
    return row is not None and row["totp"] is not None


def set_second_factor(store: Store, officer: Officer, secret: bytes | None, *, now: datetime) -> None:
    """Keep the secret of a second factor, sealed, or end it with None. Needs an open transaction."""
    check_in_transaction(store)
    sealed = secret and store.vault.seal(secret, table="officer_passwords", row=officer.id, column="totp")
    store.db.execute(
        "UPDATE officer_passwords SET totp = ?, totp_step = 0 WHERE officer = ?", [sealed or None, officer.id]
    )
    _audit(store, officer, "officer.second_factor_set" if secret else "officer.second_factor_ended", now)


def fits_secret(secret: bytes, code: str, *, now: datetime) -> bool:
    """Tell whether *code* is the one that *secret* makes now, give or take half a minute."""
    return _step_of(secret, code, now) is not None


def use_code(store: Store, officer: str, code: str, *, now: datetime) -> bool:
    """Tell whether *code* proves the second factor, and use it up: the same code opens nothing twice.

    Needs an open transaction.
    """
    check_in_transaction(store)
    row = _row(store, officer)
    if row is None or row["totp"] is None:
        return True
    secret = store.vault.open_bytes(row["totp"], table="officer_passwords", row=officer, column="totp")
    step = _step_of(secret, code, now)
    if step is None or step <= row["totp_step"]:
        return False
    store.db.execute("UPDATE officer_passwords SET totp_step = ? WHERE officer = ?", [step, officer])
    return True


def _step_of(secret: bytes, code: str, now: datetime) -> int | None:
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdecimal()):
        return None
    current = int(now.timestamp()) // _STEP_SECONDS
    for step in (current, current - 1, current + 1):
        try:
            _totp(secret).verify(digits.encode(), step * _STEP_SECONDS)
        except InvalidToken:
            continue
        return step
    return None


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, 6, SHA1(), _STEP_SECONDS)  # noqa: S303 - RFC 6238 as every authenticator knows it


def _row(store: Store, officer: str) -> dict[str, Any] | None:
    return next(store.db.query("SELECT * FROM officer_passwords WHERE officer = ?", [officer]), None)


def _audit(store: Store, officer: Officer, event: str, now: datetime) -> None:
    audit.append(store, actor=f"officer:{officer.id}", event=event, subject=f"officer:{officer.id}", now=now)
