"""The master key is changed at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.main import main
from storage.database import open_store
from storage.errors import WrongKeyError
from storage.keys import key_text, load_or_create_key
from storage.vault import new_key


def run(folder: Path, *words: str, key: bytes | None = None) -> Result:
    """Run one command on *folder*; *key* is what the environment has."""
    environ = {"BANGFU_KEY": key_text(key) if key else None}
    return CliRunner().invoke(main, [*words, "--data", str(folder)], env=environ)


def test_key_file_is_changed_in_one_go_and_backups_are_spoken_of(tmp_path: Path) -> None:
    old = load_or_create_key(tmp_path, None)
    open_store(tmp_path, old)
    done = run(tmp_path, "rekey")
    assert done.exit_code == 0, done.output
    assert "旧备份" in done.output
    assert key_text(load_or_create_key(tmp_path, None)) not in done.output
    with pytest.raises(WrongKeyError):
        open_store(tmp_path, old)


def test_key_in_the_environment_is_changed_in_two_steps(tmp_path: Path) -> None:
    old = new_key()
    open_store(tmp_path, old)
    first = run(tmp_path, "rekey", key=old)
    new = load_or_create_key(tmp_path, first.stdout.strip())
    assert "--finish" in first.stderr
    open_store(tmp_path, old)
    assert run(tmp_path, "rekey", "--finish", key=new).exit_code == 0
    with pytest.raises(WrongKeyError):
        open_store(tmp_path, old)
    open_store(tmp_path, new)


def test_wrong_key_is_refused_in_words(tmp_path: Path) -> None:
    open_store(tmp_path, new_key())
    refused = run(tmp_path, "rekey", key=new_key())
    assert refused.exit_code == 1
    assert "密钥不对" in refused.stderr
    assert "Traceback" not in refused.output
