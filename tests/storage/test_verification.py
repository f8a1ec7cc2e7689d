"""Whoever has the database but not the signing key cannot change the audit trail unseen."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import audit
from storage.audit import COLUMNS, ROOT, row_hash
from storage.database import FILE_NAME, open_store, transaction
from storage.errors import HeadTextError, NotADatabaseError, PublicKeyError
from storage.heads import PRINTED_DIGITS, PrintedHead, head_text, latest_head, read_head, sign_head
from storage.keys import load_or_create_signer
from storage.signing import PublicKey, Signer, read_public_keys
from storage.verification import Fault, Finding, Verdict, verify_file

ROWS_A_DAY = 4
DAYS = 3
LAST = ROWS_A_DAY * DAYS
START = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Trail:
    """A finished audit trail, with the key that checks it and the heads that people hold."""

    database: Path
    key: PublicKey
    printed: tuple[PrintedHead, ...]

    def verdict(self, *known: PrintedHead) -> Verdict:
        """Check the trail."""
        return verify_file(self.database, (self.key,), known)

    def faults(self, *known: PrintedHead) -> set[Fault]:
        """Return the kinds of fault that a check finds."""
        return {finding.fault for finding in self.verdict(*known).findings}

    def tampered(self, into: Path, *statements: tuple[str, list[Any]]) -> Trail:
        """Return a copy in which somebody ran *statements* behind the product's back."""
        copy = shutil.copy(self.database, into)
        with closing(sqlite3.connect(copy)) as connection, connection:
            for kind in ("update", "delete"):
                connection.execute(f"DROP TRIGGER IF EXISTS audit_is_append_only_{kind}")
            for statement, values in statements:
                connection.execute(statement, values)
        return Trail(Path(copy), self.key, self.printed)


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Trail:
    """Return three days of events, each day signed at its end."""
    folder = tmp_path_factory.mktemp("trail")
    store = open_store(folder, bytes(32))
    signer = load_or_create_signer(folder, None)
    printed = []
    for number in range(LAST):
        now = START + timedelta(days=number // ROWS_A_DAY, minutes=number)
        with transaction(store):
            audit.append(store, actor=f"officer:{number % 3}", event="case.noted", subject="case:1", now=now)
        if number % ROWS_A_DAY == ROWS_A_DAY - 1:
            with transaction(store):
                sign_head(store, signer, now=now)
            printed.append(read_head(head_text(store)))
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.db.conn.close()
    return Trail(folder / FILE_NAME, signer.public, tuple(printed))


@pytest.fixture
def copy(trail: Trail, tmp_path: Path) -> Callable[..., Trail]:
    """Return a maker of tampered copies."""
    return lambda *statements: trail.tampered(tmp_path / "copy.db", *statements)


def test_a_trail_as_it_was_written_holds(trail: Trail) -> None:
    verdict = trail.verdict(*trail.printed)
    assert verdict.findings == ()
    assert (verdict.rows, verdict.heads, verdict.signed_to) == (LAST, DAYS, LAST)


def test_a_copy_where_nobody_may_write_is_checked_too(trail: Trail, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    shutil.copy(trail.database, folder / "copy.db")
    folder.chmod(0o500)
    try:
        assert verify_file(folder / "copy.db", (trail.key,), trail.printed).findings == ()
    finally:
        folder.chmod(0o700)


ALTERABLE = {
    "at": st.text(max_size=40),
    "actor": st.text(max_size=40),
    "event": st.text(max_size=40),
    "subject": st.text(max_size=40),
    "facts": st.text(max_size=40),
    "commitment": st.text(max_size=64),
    "previous": st.text(max_size=64),
    "hash": st.text("0123456789abcdef", min_size=64, max_size=64),
    "salt": st.binary(max_size=48),
}


@st.composite
def tamperings(draw: st.DrawFn) -> tuple[str, list[Any]]:
    """Draw one way to change the rows of a trail."""
    seq, other = draw(st.lists(st.integers(1, LAST), min_size=2, max_size=2, unique=True))
    match draw(st.sampled_from(["alter", "remove", "swap", "move"])):
        case "alter":
            column = draw(st.sampled_from(sorted(ALTERABLE)))
            return f"UPDATE audit SET {column} = ? WHERE seq = ? AND {column} != ?1", [draw(ALTERABLE[column]), seq]
        case "remove":
            return "DELETE FROM audit WHERE seq = ?", [seq]
        case "swap":
            changed = ", ".join(
                f"{column} = (SELECT {column} FROM audit AS other WHERE other.seq = ?1 + ?2 - audit.seq)"
                for column in ("at", "actor", "event", "subject", "facts", "salt", "commitment")
            )
            return f"UPDATE audit SET {changed} WHERE seq IN (?1, ?2)", [seq, other]
        case _:
            return "UPDATE audit SET seq = seq + 1000 WHERE seq = ?", [seq]


@given(tampering=tamperings())
@settings(max_examples=150, deadline=None)
def test_any_altered_missing_or_reordered_row_is_found(
    trail: Trail, tmp_path_factory: pytest.TempPathFactory, tampering: tuple[str, list[Any]]
) -> None:
    tampered = trail.tampered(tmp_path_factory.mktemp("tampered") / "copy.db", tampering)
    before, after = (_content(path) for path in (trail.database, tampered.database))
    assert bool(tampered.verdict().findings) == (before != after)


def test_each_fault_is_named_where_it_is(copy: Callable[..., Trail]) -> None:
    tampered = copy(("UPDATE audit SET event = 'case.declined' WHERE seq = 2", []))
    assert tampered.verdict().findings == (Finding(Fault.ALTERED, 2),)


def test_a_removed_row_is_missing(copy: Callable[..., Trail]) -> None:
    assert copy(("DELETE FROM audit WHERE seq = 2", [])).verdict().findings == (Finding(Fault.MISSING, 3),)


def test_an_end_cut_off_is_seen_by_its_head(copy: Callable[..., Trail]) -> None:
    assert copy((f"DELETE FROM audit WHERE seq > {LAST - 2}", [])).faults() == {Fault.HEAD_REWRITTEN}


def test_a_chain_rewritten_from_the_middle_betrays_itself_by_the_signed_heads(copy: Callable[..., Trail]) -> None:
    tampered = copy()
    _rewrite(tampered.database, seq=2)
    assert tampered.faults() == {Fault.HEAD_REWRITTEN}
    assert {finding.seq for finding in tampered.verdict().findings} == {1, 2, 3}


def test_a_chain_rewritten_whole_with_its_heads_is_found_by_a_head_on_paper(copy: Callable[..., Trail]) -> None:
    tampered = copy(("DELETE FROM audit_heads", []))
    _rewrite(tampered.database, seq=2)
    assert tampered.faults() == set(), "nothing signed is left to contradict it"
    for printed in tampered.printed:
        assert tampered.verdict(printed).findings == (Finding(Fault.KNOWN_REWRITTEN, printed.seq),)


def test_heads_signed_anew_with_another_key_are_refused(copy: Callable[..., Trail]) -> None:
    tampered = copy(("DELETE FROM audit_heads", []))
    _rewrite(tampered.database, seq=2)
    store = open_store(tampered.database.parent / "house", bytes(32))
    with closing(sqlite3.connect(tampered.database)) as connection, connection:
        forger = Signer(bytes([7]) * 32)
        last = connection.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()[0]
        signature = forger.sign(f"bangfu audit head 1 2026-03-12 {LAST} {last}")
        for number, key in ((1, forger.public.fingerprint), (2, tampered.key.fingerprint)):
            connection.execute(
                "INSERT INTO audit_heads VALUES (?, '2026-03-12', ?, ?, ?, ?)", [number, LAST, last, key, signature]
            )
    store.db.conn.close()
    assert tampered.faults() == {Fault.KEY_UNKNOWN, Fault.HEAD_ALTERED}


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_heads SET day = '2026-03-09' WHERE number = 2", Fault.HEAD_ALTERED),
        ("UPDATE audit_heads SET day = 'gone' WHERE number = 2", Fault.HEAD_ALTERED),
        ("UPDATE audit_heads SET seq = 5 WHERE number = 2", Fault.HEAD_ALTERED),
        ("UPDATE audit_heads SET signature = x'00' WHERE number = 2", Fault.HEAD_ALTERED),
        ("UPDATE audit_heads SET key = 'mine' WHERE number = 2", Fault.KEY_UNKNOWN),
        ("DELETE FROM audit_heads WHERE number = 2", Fault.HEAD_MISSING),
    ],
)
def test_a_touched_head_is_found(copy: Callable[..., Trail], statement: str, fault: Fault) -> None:
    assert fault in copy((statement, [])).faults()


def test_a_head_is_signed_once_a_day_and_only_when_the_chain_grew(tmp_path: Path) -> None:
    store, signer = open_store(tmp_path, bytes(32)), Signer(bytes(range(32)))

    def sign(days: int) -> bool:
        with transaction(store):
            return sign_head(store, signer, now=START + timedelta(days=days)) is not None

    def append() -> None:
        with transaction(store):
            audit.append(store, actor="a", event="e", subject="s", now=START)

    assert head_text(store) == ""
    assert not sign(0), "there is nothing to sign"
    append()
    assert sign(0)
    append()
    assert not sign(0), "today has its head"
    assert sign(1)
    assert not sign(2), "nothing happened since"
    head = latest_head(store)
    assert head is not None
    assert (head.number, head.seq) == (2, 2)


def test_a_head_reads_back_from_paper_however_it_was_typed(trail: Trail) -> None:
    head = trail.printed[-1]
    assert len(head.digits) == PRINTED_DIGITS
    spaced = f"{head.text[:12]} {head.text[12:].upper()}\n"
    assert read_head(spaced) == head
    for wrong in ("", "20260310", "20261310-4-" + "0" * 24, "20260310-4-xyz", head.text[:20]):
        with pytest.raises(HeadTextError):
            read_head(wrong)


def test_the_public_key_travels_as_a_file_and_old_keys_beside_it(trail: Trail) -> None:
    other = Signer(bytes(range(32))).public
    assert read_public_keys((trail.key.pem + other.pem).encode()) == (trail.key, other)
    for wrong in (b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"):
        with pytest.raises(PublicKeyError):
            read_public_keys(wrong)


def test_the_signing_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first, second = (load_or_create_signer(tmp_path, None) for _ in range(2))
    assert first.public == second.public
    assert (tmp_path / "keys" / "signing.key").stat().st_mode & 0o077 == 0


def test_what_is_no_database_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("没有")
    sqlite3.connect(tmp_path / "empty.db").close()
    for name in ("text.db", "empty.db", "missing.db"):
        with pytest.raises(NotADatabaseError):
            verify_file(tmp_path / name, (), ())


def _content(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM audit ORDER BY seq").fetchall()


def _rewrite(path: Path, *, seq: int) -> None:
    """Change one row and hash the whole chain anew, as somebody with the database can."""
    fields = ", ".join("hex(salt)" if column == "salt" else f"CAST({column} AS TEXT)" for column in COLUMNS[:-1])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE audit SET event = 'case.declined' WHERE seq = ?", [seq])
        previous = ROOT
        for values in connection.execute(f"SELECT {fields} FROM audit ORDER BY seq").fetchall():
            fresh = row_hash([value.encode() for value in (*values, previous)])
            connection.execute("UPDATE audit SET previous = ?, hash = ? WHERE seq = ?", [previous, fresh, values[0]])
            previous = fresh
