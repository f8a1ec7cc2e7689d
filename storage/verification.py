"""Checks an audit chain and its signed heads, in the data folder or on a copy elsewhere, without the master key.

What it proves: with the public key and a head that somebody holds on paper, no row up to that head was altered,
removed, reordered or rewritten since. What it cannot: rows after the last head that anybody holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from storage.audit import COLUMNS, ROOT, row_hash
from storage.errors import NotADatabaseError
from storage.heads import Head, PrintedHead, head_of
from storage.signing import PublicKey

# The fields of a row as text, in the order in which they were hashed.
_FIELDS: Final = tuple("hex(salt)" if column == "salt" else f"CAST({column} AS TEXT)" for column in COLUMNS)
_AT: Final = COLUMNS.index("at")
_ROWS: Final = (
    f"SELECT seq, hash, {', '.join(f'coalesce({field}, char(0))' for field in _FIELDS)}"  # noqa: S608 - our constants
    " FROM audit ORDER BY seq"
)


class Fault(StrEnum):
    """What is wrong with the chain at one place."""

    ALTERED = "altered"
    MISSING = "missing"
    UNLINKED = "unlinked"
    HEAD_ALTERED = "head_altered"
    HEAD_MISSING = "head_missing"
    HEAD_REWRITTEN = "head_rewritten"
    KEY_UNKNOWN = "key_unknown"
    KNOWN_REWRITTEN = "known_rewritten"


@dataclass(frozen=True)
class Finding:
    """One fault. ``seq`` is the row's number, for a fault of a head the head's own number."""

    fault: Fault
    seq: int


@dataclass(frozen=True)
class Verdict:
    """What a check found. ``signed_to`` is the last row that a signature covers, ``signed_on`` its day.

    ``set_backs`` counts rows that are dated before the row in front of them: the machine's clock was set back.
    """

    rows: int
    heads: int
    signed_to: int
    signed_on: date | None
    set_backs: int
    findings: tuple[Finding, ...]


def verify_file(path: Path, keys: Sequence[PublicKey], known: Sequence[PrintedHead]) -> Verdict:
    """Check every row, link and head of a database file against *keys*, and the chain against heads *known* from paper.

    The file is opened for reading only.

    Raises:
        NotADatabaseError: the file is missing, damaged, or none of ours.
    """
    try:
        with closing(_open(path)) as connection:
            return _verify(connection, keys, known)
    except sqlite3.Error as error:
        raise NotADatabaseError(f"{path}: {error}") from error


def _open(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write; ``immutable`` is for a copy that lies where nobody may write."""
    address = path.absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        return sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True)
    return connection


def _verify(connection: sqlite3.Connection, keys: Sequence[PublicKey], known: Sequence[PrintedHead]) -> Verdict:
    heads, findings = _read_heads(connection)
    by_key = {key.fingerprint: key for key in keys}
    findings += [finding for head in heads for finding in _check_signature(head, by_key)]
    wanted = {head.seq for head in heads} | {head.seq for head in known}
    hashes: dict[int, str] = {}
    rows, set_backs, before = 0, 0, b""
    for seq, stored, at, faults in _walk(connection):
        rows += 1
        set_backs += at < before
        before = at
        findings += [Finding(fault, seq) for fault in faults]
        if seq in wanted:
            hashes[seq] = stored
    findings += [Finding(Fault.HEAD_REWRITTEN, head.number) for head in heads if hashes.get(head.seq) != head.hash]
    findings += [
        Finding(Fault.KNOWN_REWRITTEN, head.seq)
        for head in known
        if not hashes.get(head.seq, "").startswith(head.digits)
    ]
    last = heads[-1] if heads else None
    signed_to, signed_on = (last.seq, last.day) if last else (0, None)
    return Verdict(rows, len(heads), signed_to, signed_on, set_backs, tuple(findings))


def _walk(connection: sqlite3.Connection) -> Iterator[tuple[int, str, bytes, list[Fault]]]:
    """Yield each row's number, stored hash, instant and faults; a gap is a fault of the row behind it."""
    previous, expected = ROOT.encode(), 1
    # As bytes: what is no UTF-8 any more must reach the hash, not end the check.
    connection.text_factory = bytes
    for seq, stored, *fields in connection.execute(_ROWS):
        faults = [] if row_hash(fields).encode() == stored else [Fault.ALTERED]
        if seq != expected:
            faults.append(Fault.MISSING)
        elif fields[-1] != previous:
            faults.append(Fault.UNLINKED)
        yield seq, stored.decode(errors="replace"), fields[_AT], faults
        previous, expected = stored, seq + 1


def _read_heads(connection: sqlite3.Connection) -> tuple[list[Head], list[Finding]]:
    connection.text_factory = lambda raw: raw.decode(errors="replace")
    heads: list[Head] = []
    findings: list[Finding] = []
    for values in connection.execute("SELECT number, day, seq, hash, key, signature FROM audit_heads ORDER BY number"):
        row = dict(zip(("number", "day", "seq", "hash", "key", "signature"), values, strict=True))
        expected = heads[-1].number + 1 if heads else 1
        if row["number"] != expected:
            findings.append(Finding(Fault.HEAD_MISSING, expected))
        head = _head(row)
        if head is None:
            findings.append(Finding(Fault.HEAD_ALTERED, row["number"]))
        else:
            heads.append(head)
    return heads, findings


def _head(row: dict[str, Any]) -> Head | None:
    try:
        return head_of(row)
    except (TypeError, ValueError):
        return None


def _check_signature(head: Head, keys: Mapping[str, PublicKey]) -> Iterator[Finding]:
    key = keys.get(head.key)
    if key is None:
        yield Finding(Fault.KEY_UNKNOWN, head.number)
    elif not key.holds(head.signature, head.signed_text):
        yield Finding(Fault.HEAD_ALTERED, head.number)
