"""Marks of state secrets (GB/T 9704: 密级和保密期限): a file that bears one is refused unread."""

from __future__ import annotations

import re
from typing import Final

from ingest.refusal import Reason, RefusedError

_GRADE: Final = r"绝\s*密|机\s*密|秘\s*密|絕\s*密"
_STAR: Final = re.compile(rf"({_GRADE})\s*[★☆✭✩⭐*]")
_STATED: Final = re.compile(rf"(密\s*级|涉密等级|保密等级)\s*[:：|]?\s*({_GRADE})")
_LINE: Final = re.compile(rf"\s*[【\[(（]?\s*({_GRADE})\s*([（(]?.{{0,6}}(年|月|长期|件)[)）]?)?\s*[】\])）]?\s*")
_NAME: Final = re.compile(rf"[【\[(（]\s*({_GRADE})|({_GRADE})\s*[★☆*]|^({_GRADE})[-_ .—]")
_HEAD_LINES: Final = 40


def check_not_secret(text: str, name: str) -> None:
    """
    Refuse a file whose head or name bears a mark of secrecy. Speaking of secrecy is no mark.

    Raises:
        RefusedError: ``SECRET``.
    """
    head = text.split("\n")[:_HEAD_LINES]
    marked = _STAR.search(text) or _STATED.search(text) or _NAME.search(name)
    marked = marked or next(filter(None, map(_LINE.fullmatch, head)), None)
    if marked:
        grade = re.search(_GRADE, marked.group())
        raise RefusedError(Reason.SECRET, re.sub(r"\s", "", grade.group()) if grade else "")
