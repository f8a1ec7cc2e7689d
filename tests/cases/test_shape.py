"""What the room promises of its own code: states are compared in the workflow only, and every action has an actor."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

import cases.actions

ACTIONS = sorted(
    path.stem
    for path in Path(cases.actions.__path__[0]).glob("*.py")
    if path.stem not in {"__init__", "step", "checks"}
)
# The workflow's checks, its page, and the one action that has no state to start from; then what counts by state, and
# what begins where a case ended: asking again, erasing, calling back after a visit.
KNOW_STATES = {
    *("workflow_checks.py", "workflow_page.py", "submit_report.py"),
    *("figures.py", "progress.py", "call_backs.py", "erase_case.py", "erasing.py"),
}


def test_no_code_but_the_workflow_knows_a_state_by_name(root: Path) -> None:
    knowing = {
        path.name for path in (root / "cases").rglob("*.py") if re.search(r"\bState\.[A-Z]", path.read_text("utf-8"))
    }
    assert knowing == KNOW_STATES


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_names_its_actor_and_its_instant(name: str) -> None:
    module = importlib.import_module(f"cases.actions.{name}")
    own = [
        member
        for name, member in inspect.getmembers(module, inspect.isfunction)
        if member.__module__ == module.__name__ and not name.startswith("_")
    ]
    acting = [function for function in own if "actor" in inspect.signature(function).parameters]
    assert acting
    for function in acting:
        parameters = inspect.signature(function).parameters
        assert parameters["actor"].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters["now"].kind is inspect.Parameter.KEYWORD_ONLY
        assert function.__doc__
