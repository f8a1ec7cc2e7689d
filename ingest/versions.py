"""Newer versions of documents: which ones look it, and an officer's word on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from ingest.correcting import By
from knowledge.documents import Document
from knowledge.succession import part, succeed
from knowledge.ties import number_key, title_key
from storage.audit import append
from storage.store import Store

_YEAR: Final = re.compile(r"(?:(?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})(?:年度|年|度)?")
# What computers and people add to the name of a copy: 办法(1), 办法 副本, 办法-修订版, 办法v2.
_COPY: Final = re.compile(r"(?:[ _-]*(?:[(（]\d{1,2}[)）]|副本|最新版?|新版|修订[版稿]?|定稿|终稿|[vV]\d{1,2}))+$")
_NAMED: Final = re.compile(r"[\u3400-\u9fff]{2}")


class Alike(StrEnum):
    """By what a document looks like another version of one that is in use."""

    NUMBER = "文号一样"
    INDEX_NUMBER = "索引号一样"
    TITLE = "标题一样"
    YEAR = "标题只差年份"
    FILE = "文件名一样"


@dataclass(frozen=True)
class Older:
    """A document in use that another one may be the newer version of."""

    document: Document
    why: tuple[Alike, ...]


def likely_older(document: Document, known: Iterable[Document]) -> list[Older]:
    """Return those of the documents in use that *document* looks like a newer version of, the likeliest first."""
    found = [
        Older(other, tuple(_alike(document, other)))
        for other in known
        if other.id != document.id and other.source != document.source and other.replaced_by is None
    ]
    return sorted((one for one in found if one.why), key=lambda one: -len(one.why))


def say_newer(store: Store, document: str, older: str, *, by: By, now: datetime) -> None:
    """
    Record an officer's word that a document is the newer version of another, in the open transaction.

    The older one stays stored; what it says holds until the day before the newer one begins.

    Raises:
        knowledge.succession.SuccessionError: If the older one is this very document, or takes its place.
    """
    succeed(store, document, older, by=by.number, now=now)
    _record(store, "document.succeeded", older, {"successor": document}, by, now)


def unsay_newer(store: Store, older: str, *, by: By, now: datetime) -> None:
    """Take that word back, in the open transaction: the older one counts for itself again."""
    part(store, older, by=by.number, now=now)
    _record(store, "document.parted", older, {}, by, now)


def _alike(one: Document, other: Document) -> Iterable[Alike]:
    if number_key(one.number) and number_key(one.number) == number_key(other.number):
        yield Alike.NUMBER
    if one.index_number.strip() and one.index_number.strip() == other.index_number.strip():
        yield Alike.INDEX_NUMBER
    if None not in (one.area, other.area) and one.area != other.area:
        return  # titles and the names of files are many places' own
    title, others = title_key(one.title), title_key(other.title)
    if title and title == others:
        yield Alike.TITLE
    elif _YEAR.sub("", title) and _YEAR.sub("", title) == _YEAR.sub("", others):
        yield Alike.YEAR
    name = _file_key(one.source)
    if _NAMED.search(name) and name == _file_key(other.source):
        yield Alike.FILE


def _file_key(source: str) -> str:
    path = PurePath(source)
    return _COPY.sub("", path.name.removesuffix(path.suffix)).strip()


def _record(store: Store, event: str, subject: str, facts: dict[str, object], by: By, now: datetime) -> None:
    append(store, actor=f"officer:{by.id}", event=event, subject=subject, now=now, facts=facts)
