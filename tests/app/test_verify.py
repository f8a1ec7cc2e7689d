"""``bangfu verify`` at the command line: in plain Chinese, with an exit code, here and on a copy elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.commands.up import on_tick
from app.main import main
from storage import audit
from storage.database import FILE_NAME, open_store, transaction
from storage.heads import head_text
from storage.keys import load_or_create_key, load_or_create_signer


@dataclass(frozen=True)
class House:
    """A data folder whose audit trail has a signed head."""

    folder: Path
    head: str

    @property
    def database(self) -> Path:
        """The file that a checker takes away."""
        return self.folder / FILE_NAME

    def verify(self, *arguments: str) -> Result:
        """Run the command on this folder."""
        line = ["verify", *arguments, "--data", str(self.folder)]
        return CliRunner().invoke(main, line, catch_exceptions=False)

    def tamper(self) -> None:
        """Change a row behind the product's back."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("DROP TRIGGER audit_is_append_only_update")
            connection.execute("UPDATE audit SET actor = 'officer:9' WHERE seq = 1")


@pytest.fixture
def house(tmp_path: Path, now: datetime) -> House:
    """Return a folder with one event and its head, signed by the tick."""
    folder = tmp_path / "data"
    store = open_store(folder, load_or_create_key(folder, None))
    with transaction(store):
        audit.append(store, actor="officer:1", event="case.noted", subject="case:1", now=now)
    with transaction(store):
        on_tick(store, now, signer=load_or_create_signer(folder, None))
    head = head_text(store)
    store.db.conn.close()
    return House(folder, head)


def test_an_untouched_trail_holds(house: House) -> None:
    result = house.verify("--head", house.head)
    assert result.exit_code == 0
    assert "没有发现改动：1 条记录条条相连，1 个存证码都对。" in result.stdout
    assert "对得上" in result.stdout


def test_a_change_is_named_and_ends_with_one(house: House) -> None:
    house.tamper()
    result = house.verify()
    assert result.exit_code == 1
    assert "第 1 条记录被改动过" in result.stdout


def test_a_copy_is_checked_elsewhere_with_the_public_key_alone(house: House, tmp_path: Path) -> None:
    public = tmp_path / "public.pem"
    public.write_text(house.verify("--public-key").stdout)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    house.database.rename(elsewhere / "copy.db")
    arguments = ("--database", str(elsewhere / "copy.db"), "--public-key", str(public), "--head", house.head)
    visitor = House(tmp_path / "nothing", house.head)
    assert visitor.verify(*arguments).exit_code == 0
    assert not visitor.folder.exists(), "a check elsewhere makes nothing"
    forged = house.head[:-1] + ("0" if house.head[-1] != "0" else "1")
    assert visitor.verify(*arguments[:-1], forged).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (lambda _: ("--head", "12"), "不是存证码"),
        (lambda folder: ("--public-key", str(folder / "none.pem")), "读不出来"),
        (lambda folder: ("--public-key", str(folder / FILE_NAME)), "没有能用的公钥"),
        (lambda folder: ("--database", str(folder / FILE_NAME)), "--public-key"),
    ],
)
def test_what_cannot_be_used_is_said_with_the_remedy(
    house: House, arguments: Callable[[Path], tuple[str, ...]], sentence: str
) -> None:
    result = house.verify(*arguments(house.folder))
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""
