"""Every write and every reveal leaves its row in the audit trail, however its module is written."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "cases"
ACTIONS = sorted((ROOM / "actions").glob("*.py"))
# Words of SQL that change rows.
WRITES = ("INSERT ", "UPDATE ", "DELETE ")
# Reads of personal fields that are no reveal by themselves: whoever shows what they return must leave the trace.
REVEALS = {"read_objection", "read_referral", "entries_of"}


def _functions() -> dict[str, set[str]]:
    """Return what each function of the room calls, by name: names are not reused between modules of a meaning."""
    calls: dict[str, set[str]] = {}
    for path in ROOM.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                calls.setdefault(f"{path.stem}.{function.name}", set()).update(_called(function))
    return calls


def _called(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name):
                    names.add(name)
                case ast.Attribute(value=ast.Name(id=module), attr=name):
                    names.add(f"{module}.{name}")
    return names


CALLS = _functions()


def _reaches(function: str, wanted: str, seen: frozenset[str] = frozenset()) -> bool:
    """Tell whether *function*, or what it calls within the room, calls *wanted*."""
    if wanted in CALLS[function]:
        return True
    module = function.partition(".")[0]
    for name in CALLS[function]:
        bare = name.rpartition(".")[2]
        own = f"{module}.{bare}"
        found = [own] if own in CALLS else [known for known in CALLS if known.endswith(f".{bare}")]
        for called in found:
            if called not in seen | {function} and _reaches(called, wanted, seen | {function}):
                return True
    return False


def _acting(path: Path) -> list[str]:
    """Return the public functions of an action's module: those that somebody does."""
    module = ast.parse(path.read_text("utf-8"))
    return [
        node.name
        for node in module.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "actor" in {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    ]


DONE_BY_SOMEBODY = [(path.stem, name) for path in ACTIONS for name in _acting(path)]


def test_the_walk_finds_the_actions() -> None:
    assert len(DONE_BY_SOMEBODY) > 30
    assert ("record_meeting", "record_meeting") in DONE_BY_SOMEBODY


@pytest.mark.parametrize(("module", "name"), DONE_BY_SOMEBODY)
def test_every_action_reaches_the_audit_trail(module: str, name: str) -> None:
    assert _reaches(f"{module}.{name}", "audit.append"), name


@pytest.mark.parametrize("reveal", sorted(REVEALS))
def test_what_opens_personal_words_is_called_only_where_a_trace_is_left(reveal: str) -> None:
    callers = [function for function, called in CALLS.items() if reveal in called]
    assert callers
    for caller in callers:
        assert _reaches(caller, "audit.append"), caller


def test_nothing_outside_this_room_opens_personal_words_past_the_trace(root: Path) -> None:
    outside = [
        path
        for folder in ("app", "bot", "web", "ingest")
        for path in (root / folder).rglob("*.py")
        if REVEALS.intersection(_called(ast.parse(path.read_text("utf-8"))))
    ]
    assert outside == []


def test_the_trail_is_written_by_one_function_only(root: Path) -> None:
    writing = [
        str(path.relative_to(root))
        for folder in ("app", "bot", "cases", "ingest", "knowledge", "storage", "web")
        for path in (root / folder).rglob("*.py")
        if any(f"{verb}INTO audit (" in path.read_text("utf-8") for verb in WRITES)
    ]
    assert writing == ["storage/audit.py"]
