"""Whose words a quote hands on: a paper that cites a higher one says what that one says, and is not that one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from knowledge.document import Document
from knowledge.ties import number_key, title_key

_CITED: Final = re.compile(
    r"《(?P<title>[^《》]{4,80})》(?:\s*[(（](?P<number>[^()（）《》]{3,40}号)[)）])?"
    r"[^。；《》\n]{0,6}?(?:要求|规定|明确|提出|指出|强调)"
)


def cited_in(quote: str, own_title: str) -> tuple[str, str] | None:
    """Return title and 文号 (empty where it is not given) of the other paper whose words a quote hands on, if any."""
    for found in _CITED.finditer(quote):
        if title_key(found["title"]) != title_key(own_title):
            return found["title"], found["number"] or ""
    return None


def is_among(cited: tuple[str, str], documents: Iterable[Document]) -> bool:
    """Tell whether one of some documents is the cited paper: by its 文号, else by its title."""
    title, number = cited
    if number:
        return any(number_key(one.number) == number_key(number) for one in documents)
    return any(title_key(one.title) == title_key(title) for one in documents)
