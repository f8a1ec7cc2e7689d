"""Folders are searched through to any depth, links are not followed, and what cannot be read says why."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ingest.files import find_files, read_bytes
from ingest.refusal import Reason, RefusedError
from storage.database import transaction
from storage.store import Store


def test_a_folder_of_a_thousand_levels_with_links_back_is_searched_once(store: Store, tmp_path: Path) -> None:
    top = tmp_path / "资料"
    top.mkdir()
    here = os.getcwd()
    try:
        os.chdir(top)
        for _ in range(1100):  # deeper than the interpreter's own recursion
            os.mkdir("a")
            os.chdir("a")
        Path("底.txt").write_text("低保")
        os.symlink(top, "圈")
    finally:
        os.chdir(here)
    (top / "Thumbs.db").write_text("x")
    with transaction(store):
        found = find_files(store, [top])
    subprocess.run(["rm", "-rf", str(top / "a")], check=True)  # too deep for what clears up behind tests
    assert [file.path.name for file in found.files] == ["底.txt"]


@pytest.mark.parametrize(
    ("name", "word"), [("没有.txt", "不见了"), (".", "不是普通文件"), ("链接.txt", "不是普通文件")]
)
def test_what_is_no_file_to_read_says_why(name: str, word: str, tmp_path: Path) -> None:
    os.symlink(tmp_path, tmp_path / "链接.txt")
    with pytest.raises(RefusedError, match=word) as refused:
        read_bytes(tmp_path / name, 1)
    assert refused.value.reason is Reason.UNREADABLE
