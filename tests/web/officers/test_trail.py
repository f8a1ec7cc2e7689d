"""Whatever the audit trail may hold has a name that its reader understands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from web.officers.labels import trail_label

ROOMS = ("storage", "cases", "knowledge", "ingest", "bot", "web", "app")
WRITERS = ("append", "record", "_audit", "_record")
EVENT = re.compile(r"[a-z_]+\.[a-z_]+")


def events(tree: ast.AST) -> Iterator[str]:
    """Yield the names of events that a module writes down: given to a writer, or kept as ``event`` before."""
    for node in ast.walk(tree):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            named = [keyword.value for keyword in node.keywords if keyword.arg == "event"]
            given = [*node.args, *named] if name in WRITERS else []
        elif isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "event" for target in node.targets):
            given = [node.value]
        for one in (inner for value in given for inner in ast.walk(value)):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and EVENT.fullmatch(one.value):
                yield one.value


def test_every_event_that_is_written_down_is_shown_in_words(root: Path) -> None:
    modules = [path for room in ROOMS for path in (root / room).rglob("*.py")]
    written = {event for path in modules for event in events(ast.parse(path.read_text(encoding="utf-8")))}
    assert {"alarm.raised", "entry.given_back", "public_notice.overdue"} <= written
    assert {event for event in written if trail_label(event) == event} == set()
