import base64
import stat
from pathlib import Path

import pytest

from storage.errors import WrongKeyError
from storage.keys import load_or_create_key
from storage.vault import new_key


def test_the_first_start_makes_a_key_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    key = load_or_create_key(tmp_path, None)
    file = tmp_path / "keys" / "master.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_or_create_key(tmp_path, None) == key


def test_a_key_from_the_environment_leaves_no_file(tmp_path: Path) -> None:
    key = new_key()
    assert load_or_create_key(tmp_path, base64.b64encode(key).decode()) == key
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("text", ["不是密钥", "c2hvcnQ=", ""])
def test_a_malformed_key_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(WrongKeyError, match="BANGFU_KEY"):
        load_or_create_key(tmp_path, text)
