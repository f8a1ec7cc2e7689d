"""JSON in, JSON out, a line each: what ``--jsonl`` of several commands shares."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import click
from pydantic import BaseModel, ValidationError

Line = TypeVar("Line", bound=BaseModel)


def answer_lines(shape: type[Line], answer: Callable[[Line], dict[str, Any]]) -> bool:
    """
    Read an object of ``shape`` from each line of standard input (UTF-8), print what ``answer`` makes of it, and
    tell whether all were good.

    Every answer gets the line's ``id`` first and ``took_ms`` last, and is flushed at once. A line that is no
    such object gets ``{"id", "error"}``, and the rest go on. Empty lines are skipped.
    """
    good = True
    for line in (raw.decode("utf-8", errors="replace") for raw in sys.stdin.buffer):
        if not line.strip():
            continue
        started = time.perf_counter()
        try:
            asked = shape.model_validate_json(line)
        except ValidationError as error:
            good = False
            _print({"id": _id_of(line), "error": _explain(error)})
            continue
        answered = answer(asked)
        took = round((time.perf_counter() - started) * 1000, 1)
        _print({"id": getattr(asked, "id", None), **answered, "took_ms": took})
    return good


def _print(content: dict[str, Any]) -> None:
    click.echo(json.dumps(content, ensure_ascii=False))
    sys.stdout.flush()


def _id_of(line: str) -> str | None:
    try:
        content: object = json.loads(line)
    except ValueError:
        return None
    found = content.get("id") if isinstance(content, dict) else None
    return found if isinstance(found, str) else None


def _explain(error: ValidationError) -> str:
    """Say what is wrong with a line without repeating what it holds."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    if not where:
        return "这一行不是 JSON 对象"
    return f"{where}：没有写" if first["type"] == "missing" else f"{where}：写法不对（{first['msg']}）"
