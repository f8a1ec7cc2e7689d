"""Putting right what a document was taken for: the particulars by their names, and values as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ingest.judging import AUTHORITY_NAMES
from knowledge.corrections import correct, withdraw
from knowledge.standing import Audience, DocumentKind, Stage
from places.gazetteer import Gazetteer
from storage.audit import append
from storage.store import Store

# The particulars in the order they are read, by the words that people use for them.
FIELD_NAMES: Final[Mapping[str, str]] = {
    "number": "文号", "index_number": "索引号", "publisher": "发布机构", "url": "网址", "written_on": "成文日期",
    "published_on": "发布日期", "valid_from": "施行日期", "valid_to": "失效日期", "area": "地点", "kind": "类别",
    "authority": "权威性", "stage": "阶段", "audience": "读者", "title": "标题",
}  # fmt: skip
UNKNOWN_PLACE: Final = "不详"
_CHOICES: Final = {
    "kind": {one.value: one.value for one in DocumentKind},
    "stage": {one.value: one.value for one in Stage},
    "audience": {one.value: one.value for one in Audience},
    "authority": {name: authority.value for authority, name in AUTHORITY_NAMES.items()},
}
_DATES: Final = frozenset({"written_on", "published_on", "valid_from", "valid_to"})


class UnfitValueError(ValueError):
    """A value cannot stand where it was put; the message says what to write."""


@dataclass(frozen=True)
class By:
    """Who puts something right: the number that people know an officer by, and his id, for the audit trail."""

    number: str
    id: str


def choices_of(field: str) -> tuple[str, ...]:
    """Return what may be chosen for a particular, nothing where it is written freely."""
    return tuple(_CHOICES.get(field, ()))


def stored_value(field: str, text: str, gazetteer: Gazetteer) -> str | None:
    """
    Return a value as the store keeps it; None: the document does not state it.

    Raises:
        UnfitValueError: If it is no place, no date or none of the choices, or a title is left empty.
    """
    if field == "area":
        return _area(text, gazetteer)
    if field in _CHOICES:
        if text not in _CHOICES[field]:
            raise UnfitValueError(f"{FIELD_NAMES[field]}请写：{'、'.join(_CHOICES[field])}。")
        return _CHOICES[field][text]
    if field in _DATES:
        try:
            return date.fromisoformat(text).isoformat() if text else None
        except ValueError:
            raise UnfitValueError(f"{FIELD_NAMES[field]}请写成 2026-03-12 的样子。") from None
    if field == "title" and not text:
        raise UnfitValueError("标题不能空着。")
    if field == "url" and text and not text.startswith(("http://", "https://")):
        raise UnfitValueError("网址要以 http:// 或 https:// 开头。")
    return text


def put_right(
    store: Store,
    document: str,
    values: Mapping[str, str | None],
    withdrawn: Iterable[str] = (),
    *,
    by: By,
    now: datetime,
) -> None:
    """Record what is put right (values as stored) and what is taken back, with its audit rows; in a transaction."""
    for field, value in values.items():
        correct(store, document, field, value, by=by.number, now=now)
        _record(store, document, {"field": field, "value": value}, by, now)
    for field in withdrawn:
        withdraw(store, document, field, by=by.number, now=now)
        _record(store, document, {"field": field, "withdrawn": True}, by, now)


def _area(text: str, gazetteer: Gazetteer) -> str | None:
    if text == UNKNOWN_PLACE:
        return None
    area = gazetteer.by_path(text)
    if area is None:
        raise UnfitValueError(f"没有“{text}”这个地方。请写 全国、甘肃省/白银市/会宁县 这样的路径，或 {UNKNOWN_PLACE}。")
    return area.code


def _record(store: Store, document: str, facts: Mapping[str, object], by: By, now: datetime) -> None:
    append(store, actor=f"officer:{by.id}", event="document.corrected", subject=document, now=now, facts=facts)
