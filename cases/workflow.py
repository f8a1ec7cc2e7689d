"""Reads a variant of the workflow and refuses it, with file, line and key, when it cannot work.

A variant is a TOML file; ``extends`` names another one that it overrides key by key (lists are replaced whole).
The version is the fingerprint of the whole content: an edited file is a new version, and a case keeps its own.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from cases.errors import WorkflowError
from cases.rules import Workflow
from cases.toml_lines import Key, key_lines
from cases.workflow_checks import find_problems
from storage.database import check_in_transaction
from storage.store import Store

WORKFLOW_FILES: Final = Path(__file__).parent / "workflows"
# What all variants extend.
_NATIONAL: Final = "national-2021"
_ADAPTER: Final = TypeAdapter(Workflow)


@dataclass(frozen=True)
class _File:
    name: str
    text: str


def variants() -> tuple[str, ...]:
    """Return the names of the bundled variants."""
    return tuple(sorted(path.stem for path in WORKFLOW_FILES.glob("*.toml")))


@lru_cache(maxsize=16)
def load_workflow(name: str) -> Workflow:
    """Return the variant *name*: a bundled one, or the path of a file that ends in ``.toml``.

    Raises:
        WorkflowError: the file is missing or cannot work; every problem is listed.
    """
    path = Path(name) if name.endswith(".toml") else WORKFLOW_FILES / f"{name}.toml"
    content, files = _read(path, seen=())
    return _check(content, path.stem, files)


def workflow_of(store: Store, name: str, version: str) -> Workflow:
    """Return the variant in the version that a case started under.

    Raises:
        WorkflowError: the data folder does not hold that version.
    """
    row = next(store.db.query("SELECT body FROM workflows WHERE name = ? AND version = ?", [name, version]), None)
    if row is None:
        raise WorkflowError([f"{name}: version {version}: not in the data folder"])
    return _thaw(name, row["body"])


def keep_workflow(store: Store, workflow: Workflow) -> None:
    """Store *workflow*, unless this version is known, so that its cases can finish under it."""
    check_in_transaction(store)
    store.db.execute(
        "INSERT OR IGNORE INTO workflows (name, version, body) VALUES (?, ?, ?)",
        [workflow.name, workflow.version, _ADAPTER.dump_json(workflow).decode()],
    )


@lru_cache(maxsize=16)
def _thaw(name: str, body: str) -> Workflow:
    """Return a kept version. It was checked when its cases began; what is checked today is no reason to stop them.

    Events and states that the program did not know then are taken from the national variant, so that an old case can
    be worked like any other; its own rules, days, roles and tasks stay.
    """
    content = _completed({"tasks": {}, "resolution_checks": {}, **json.loads(body)})
    return _parse(content, (_File(f"{name} (kept)", body),))


def _completed(content: Mapping[str, Any]) -> dict[str, Any]:
    today, _ = _read(WORKFLOW_FILES / f"{_NATIONAL}.toml", seen=())
    known = content["events"]
    later = [row for row in today["transitions"] if row["event"] not in known]
    return {
        **content,
        "states": {**today["states"], **content["states"]},
        "events": {**today["events"], **known},
        "transitions": [*content["transitions"], *later],
    }


def _check(content: Mapping[str, Any], name: str, files: Sequence[_File]) -> Workflow:
    version = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]
    workflow = _parse({"name": name, "version": version, **content}, files)
    problems = find_problems(workflow)
    if problems:
        raise WorkflowError([f"{_place(key, files)}: {message}" for key, message in problems])
    return workflow


def _parse(content: Mapping[str, Any], files: Sequence[_File]) -> Workflow:
    try:
        return _ADAPTER.validate_json(json.dumps(content), strict=True)
    except ValidationError as error:
        problems = [(tuple(problem["loc"]), problem["msg"]) for problem in error.errors(include_url=False)]
        raise WorkflowError([f"{_place(key, files)}: {message}" for key, message in problems]) from error


def _read(path: Path, seen: tuple[Path, ...]) -> tuple[dict[str, Any], tuple[_File, ...]]:
    if path in seen:
        raise WorkflowError([f"{path.name}: extends: goes round in a circle"])
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkflowError([f"{path.name}: {error}"]) from error
    base = content.pop("extends", None)
    own = _File(path.name, text)
    if base is None:
        return content, (own,)
    below, files = _read(path.with_name(f"{base}.toml"), (*seen, path))
    return _merge(below, content), (own, *files)


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(below.get(key), dict)
        merged[key] = _merge(below[key], value) if both else value
    return merged


def _place(key: Key, files: Sequence[_File]) -> str:
    """Return file, line and key, by the deepest part of the key that one of the files spells out."""
    spelled = ".".join(str(part) for part in key)
    places = [(file.name, key_lines(file.text)) for file in files]
    for depth in range(len(key), 0, -1):
        for name, lines in places:
            if key[:depth] in lines:
                return f"{name}:{lines[key[:depth]]}: {spelled}"
    return f"{files[0].name}:1: {spelled}"
