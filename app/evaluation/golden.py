"""The golden questions: what people ask, and what a right reply to it would be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

import knowledge
from bot.conversation.once import AskKind
from knowledge.answer import Asker
from knowledge.entries import Entry

FOLDER = Path(knowledge.__file__).parent / "golden"

PRACTICE = FOLDER / "practice"
"""The questions that are looked at one by one, learnt from and fitted on."""

BLIND = FOLDER / "blind"
"""The questions that nothing is tuned on and whose single results nobody looks at: measured whole, reported whole."""

AS_OF = date(2026, 6, 1)
"""The day on which a question is asked that names none: the bundled entries are checked up to the day before."""


@dataclass(frozen=True)
class Expected:
    """
    What a right reply is.

    ``kind`` lists every right action, as ``bangfu ask --jsonl`` names it. ``entries`` names the entries (or
    topics) any one of which answers the question, first the one that it was written for; ``also`` those that
    answer a second question in the same message. Each of ``facts`` must stand in an answer (``a|b``: one of
    them), none of ``forbidden`` may stand in any reply.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    kind: frozenset[AskKind]
    entries: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Golden:
    """One golden question. ``history`` holds the asker's earlier messages, oldest first; ``area`` is a path."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    family: str
    question: str
    expect: Expected
    history: tuple[str, ...] = ()
    area: str | None = None
    asker: Asker = Asker.VILLAGER
    as_of: date = field(default=AS_OF)


class GoldenError(ValueError):
    """The golden set is not as it must be; the message names file, question and remedy, in Chinese."""


_ADAPTER = TypeAdapter(Golden)


def load_golden(folder: Path = FOLDER) -> list[Golden]:
    """
    Read every question below *folder*, one JSON object a line, one file a family.

    Raises:
        GoldenError: If there is none, a line is not a question, or two have one id.
    """
    found = [_read(path, number, line) for path in sorted(folder.glob("*.jsonl")) for number, line in _lines(path)]
    if not found:
        raise GoldenError(f"{folder} 里没有评测题（.jsonl），请检查文件夹")
    seen: set[str] = set()
    for golden in found:
        if golden.id in seen:
            raise GoldenError(f"评测题编号 {golden.id} 用了两次，请改掉一个")
        seen.add(golden.id)
    return found


def check_names(questions: Iterable[Golden], entries: Iterable[Entry]) -> None:
    """
    Make sure that every expected name is an entry or a topic.

    Raises:
        GoldenError: If one is neither.
    """
    known = {name for entry in entries for name in (entry.id, entry.topic)}
    for golden in questions:
        for name in (*golden.expect.entries, *golden.expect.also):
            if name not in known:
                raise GoldenError(f"评测题 {golden.id} 写了 {name}，没有这个条目或主题，请改正")


def wanted_entries(names: Iterable[str], entries: Iterable[Entry]) -> frozenset[str]:
    """Return the ids that *names* stand for: an entry's id is that entry alone, a topic all of its entries."""
    by_topic: dict[str, set[str]] = {}
    for entry in entries:
        by_topic.setdefault(entry.topic, set()).add(entry.id)
    ids = {id_ for members in by_topic.values() for id_ in members}
    return frozenset(id_ for name in names for id_ in ({name} if name in ids else by_topic.get(name, set())))


def topics_of(golden: Golden, topic_of: Mapping[str, str]) -> tuple[str, ...]:
    """Return the topics that a question was written for: the first of ``entries`` and the first of ``also``."""
    main = (*golden.expect.entries[:1], *golden.expect.also[:1])
    return tuple(dict.fromkeys(topic_of.get(name, name) for name in main))


def _lines(path: Path) -> list[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _read(path: Path, number: int, line: str) -> Golden:
    try:
        golden = _ADAPTER.validate_python(json.loads(line))
    except json.JSONDecodeError as error:
        raise GoldenError(f"{path.name} 第 {number} 行不是 JSON（{error.msg}），请改正") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise GoldenError(f"{path.name} 第 {number} 行的 {where} 不对（{first['type']}），请改正") from error
    if golden.family != path.stem:
        raise GoldenError(f"{path.name} 第 {number} 行的 family 是 {golden.family}，应当和文件名一样")
    return golden
