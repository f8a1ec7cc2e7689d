"""Daily heads of the audit chain: its last hash, signed, kept, and printed on paper that leaves the house.

A plain chain can be rewritten whole by whoever has the database. He cannot sign a new head without the private key,
and he cannot change the heads that people hold on paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from storage.database import check_in_transaction
from storage.errors import HeadTextError
from storage.signing import Signer
from storage.store import Store
from storage.times import local_date

# What is printed of a hash: 96 bits, too many to find another chain for, few enough to type.
PRINTED_DIGITS: Final = 24
_TEXT: Final = re.compile(r"(\d{8})-(\d{1,12})-([0-9a-f]{16,64})")


@dataclass(frozen=True)
class Head:
    """The end of the chain on a day. ``key`` is the fingerprint of the public key that checks ``signature``."""

    number: int
    day: date
    seq: int
    hash: str
    key: str
    signature: bytes

    @property
    def signed_text(self) -> str:
        """What the signature covers."""
        return signed_text(self.number, self.day, self.seq, self.hash)


@dataclass(frozen=True)
class PrintedHead:
    """A head as somebody holds it on paper: ``digits`` are the first ones of the hash of row ``seq``."""

    day: date
    seq: int
    digits: str

    @property
    def text(self) -> str:
        """The head as it is printed."""
        return f"{self.day:%Y%m%d}-{self.seq}-{self.digits}"


def sign_head(store: Store, signer: Signer, *, now: datetime) -> Head | None:
    """Sign the present end of the chain, once a day and only if it grew; return the new head, else None.

    Needs an open transaction.
    """
    check_in_transaction(store)
    last = next(store.db.query("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"), None)
    before = latest_head(store)
    today = local_date(now)
    if last is None or (before and (before.day == today or before.seq == last["seq"])):
        return None
    number = before.number + 1 if before else 1
    signature = signer.sign(signed_text(number, today, last["seq"], last["hash"]))
    head = Head(number, today, last["seq"], last["hash"], signer.public.fingerprint, signature)
    store.db.execute(
        "INSERT INTO audit_heads (number, day, seq, hash, key, signature) VALUES (?, ?, ?, ?, ?, ?)",
        [head.number, today.isoformat(), head.seq, head.hash, head.key, head.signature],
    )
    return head


def latest_head(store: Store) -> Head | None:
    """Return the head that was signed last."""
    row = next(store.db.query("SELECT * FROM audit_heads ORDER BY number DESC LIMIT 1"), None)
    return head_of(row) if row else None


def head_text(store: Store) -> str:
    """Return the latest head as it is printed on receipts and papers; empty while there is none."""
    head = latest_head(store)
    return PrintedHead(head.day, head.seq, head.hash[:PRINTED_DIGITS]).text if head else ""


def read_head(text: str) -> PrintedHead:
    """Return the head that a person typed from paper; blanks and capitals do not matter.

    Raises:
        HeadTextError: it is no head.
    """
    match = _TEXT.fullmatch("".join(text.split()).lower())
    try:
        return PrintedHead(date.fromisoformat(match[1]), int(match[2]), match[3]) if match else _refuse()
    except ValueError as error:
        raise HeadTextError("the day of the head is no date") from error


def head_of(row: dict[str, Any]) -> Head:
    """Return the head that a row of ``audit_heads`` holds."""
    fields = ("number", "seq", "hash", "key", "signature")
    return Head(day=date.fromisoformat(row["day"]), **{field: row[field] for field in fields})


def signed_text(number: int, day: date, seq: int, row_hash: str) -> str:
    """Return the text over which a head is signed. Its number tells when one before it is missing."""
    return f"bangfu audit head {number} {day.isoformat()} {seq} {row_hash}"


def _refuse() -> PrintedHead:
    raise HeadTextError("a head looks like 20260310-1234-0123456789abcdef01234567")
