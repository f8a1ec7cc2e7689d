"""Reading the bundled entries from their TOML files, one file a group."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from knowledge import untold
from knowledge.entries.entry import Entry

STARTER = Path(__file__).parent.parent / "starter"

_ADAPTER = TypeAdapter(Entry)
_REMEDIES = {
    "missing": "没有写，请补上这一项",
    "missing_argument": "没有写，请补上这一项",
    "unexpected_keyword_argument": "不认识这一项，请检查拼写或删掉",
    "enum": "不在可选的值里，请改成其中之一：{expected}",
    "string_type": "应当是文字，请加上引号",
    "tuple_type": "应当是一个列表，请用方括号",
    "int_type": "应当是整数，请去掉引号",
    "int_parsing": "应当是整数，请改成数字",
}


class EntryError(ValueError):
    """A starter file that cannot be read; the message names file, entry, field and remedy."""


def load_starter(folder: Path | None = None) -> list[Entry]:
    """
    Read every entry below *folder* (the bundled ones by default), in the order of file names.

    Raises:
        EntryError: If a file is no TOML, has no group or no entries, or an entry's field is missing, unknown
            or of the wrong kind.
    """
    folder = STARTER if folder is None else folder
    paths = sorted(path for path in folder.glob("*.toml") if path.name != untold.FILE)
    if not paths:
        raise EntryError(f"{folder}：没有找到 .toml 文件，请检查文件夹")
    return [entry for path in paths for entry in _read_file(path)]


def bundled_entry(id_: str) -> Entry | None:
    """Return the entry of this id as it came with the program, None when none did."""
    return _bundled().get(id_)


@cache
def _bundled() -> Mapping[str, Entry]:
    return {entry.id: entry for entry in load_starter()}


def _read_file(path: Path) -> list[Entry]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EntryError(f"{path.name}：不是正确的 TOML 文件（{error}），请改正后再试") from error
    group, tables = content.get("group"), content.get("entries")
    if not isinstance(group, str) or not group:
        raise EntryError(f"{path.name}：开头没有 group，请写上这一组的名字")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise EntryError(f"{path.name}：没有 [[entries]]，请至少写一条")
    return [_read_entry(table, group=group, path=path, place=place) for place, table in enumerate(tables, 1)]


def _read_entry(table: Mapping[str, Any], *, group: str, path: Path, place: int) -> Entry:
    name = table.get("id", f"第{place}条")
    try:
        return _ADAPTER.validate_python({"topic": table.get("id"), **table, "group": group})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise EntryError(f"{path.name}：条目 {name} 的 {field}：{_remedy(first)}") from error


def _remedy(error: ErrorDetails) -> str:
    if error["type"].startswith("date"):
        return f"{error['input']!r} 不是日期，请写成 2024-03-01 的样子"
    known = _REMEDIES.get(error["type"])
    if known is None:
        return f"{error['input']!r} 的写法不对，请对照别的条目改正"
    return known.format(**error.get("ctx", {}))
