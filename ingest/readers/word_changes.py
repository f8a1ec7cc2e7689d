"""Tracked changes and hidden text of Word files: what does not belong to the final text is taken out."""

from __future__ import annotations

from typing import Any, Final

from ingest.page import Removed

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a reader of an older Word sees instead of the drawing beside it.
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF: Final = frozenset({"0", "false", "off"})


def take_out_changes(document: Any) -> list[Removed]:
    """Take deleted and hidden text out of a document's tree and return it; the mark of a paragraph stays."""
    removed: list[Removed] = []
    for fallback in list(document.iter(_FALLBACK)):
        fallback.getparent().remove(fallback)
    for change in list(document.iter(f"{W}del", f"{W}moveFrom")):
        around = change.getparent()
        if around.tag == f"{W}trPr":
            _take(around.getparent(), "修订中删除的文字", removed)
        elif around.tag != f"{W}rPr":
            _take(change, "修订中删除的文字", removed)
    for mark in list(document.iter(f"{W}vanish")):
        run = mark.getparent().getparent()
        if run.tag == f"{W}r" and mark.get(f"{W}val") not in _OFF:
            _take(run, "隐藏的文字", removed)
    return removed


def _take(element: Any, why: str, removed: list[Removed]) -> None:
    text = "".join(piece.text or "" for piece in element.iter(f"{W}t", f"{W}delText"))
    if text.strip():
        removed.append(Removed(why, text.strip()))
    if element.getparent() is not None:
        element.getparent().remove(element)
