"""How an edited entry differs from the one that came with the program, field by field and word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from knowledge.entries import Entry
from web.knowledge_desk.entry_form import values_of

NAMES: Final[Mapping[str, str]] = {
    "question": "问题", "variants": "别的问法", "answer": "答案", "area": "地点", "valid_from": "从哪天起",
    "valid_to": "到哪天为止", "period_note": "起止没写全的说明", "stage": "阶段", "audience": "读者",
    "department": "归哪个部门管", "hotline": "让人去问谁", "group": "哪一组", "topic": "和哪一条回答同一件事",
    "deadlines": "答案里说的期限", "sources": "出处", "checked": "核对到哪天",
}  # fmt: skip
"""What the fields of an entry are called on its form."""


@dataclass(frozen=True)
class Piece:
    """Some words: only in the entry as it is now (``added``), only as it came (``dropped``), or in both."""

    text: str
    added: bool = False
    dropped: bool = False


@dataclass(frozen=True)
class Difference:
    """A field that is otherwise than it came, its words in pieces."""

    name: str
    pieces: tuple[Piece, ...]


def differences(bundled: Entry, now: Entry) -> list[Difference]:
    """Return what of an entry is otherwise than in the bundled one, in the order of the form."""
    before, after = values_of(bundled), values_of(now)
    found = [
        Difference(name, tuple(_pieces(before.get(field, ""), after.get(field, ""))))
        for field, name in NAMES.items()
        if before.get(field, "") != after.get(field, "")
    ]
    if bundled.sources != now.sources:
        found.append(Difference(NAMES["sources"], tuple(_pieces(_sources(bundled), _sources(now)))))
    return found


def _pieces(before: str, after: str) -> Iterator[Piece]:
    for kind, start, stop, new_start, new_stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(before[start:stop])
            continue
        if start < stop:
            yield Piece(before[start:stop], dropped=True)
        if new_start < new_stop:
            yield Piece(after[new_start:new_stop], added=True)


def _sources(entry: Entry) -> str:
    lines = (
        (f"《{one.title}》", one.publisher, one.number, one.date, one.grade.value, one.area, one.url)
        for one in entry.sources
    )
    return "\n".join(" ".join(filter(None, line)) for line in lines)
