"""Figures that a measurement writes into a page of the docs, between two marks."""

from __future__ import annotations

import re
from pathlib import Path


def write_section(page: Path, name: str, body: str) -> None:
    """
    Replace what stands between the marks of ``name`` in a page.

    Raises:
        ValueError: If the page has no such marks.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = page.read_text(encoding="utf-8")
    between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not between.search(text):
        raise ValueError(f"{page.name} has no section {begin} … {end}")
    page.write_text(between.sub(lambda _: f"{begin}\n\n{body}\n\n{end}", text), encoding="utf-8")
