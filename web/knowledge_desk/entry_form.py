"""An entry as a form: its values as text, and the entry that was written into them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, TypeVar

from knowledge.entries import Contact, Entry, Grade, Source, StatedDays
from knowledge.standing import Audience, Stage
from web.forms import Form

SOURCES: Final = 6
"""How many sources the form has room for."""
GRADES: Final = {Grade.A: "A 发布单位原网页", Grade.B: "B 转载、报道", Grade.KNOWN: "K 通用号码"}
AUDIENCES: Final = (Audience.PUBLIC, Audience.CADRE)
_SOURCE_FIELDS: Final = ("title", "publisher", "number", "date", "url", "grade", "area")
_PLAIN: Final = ("question", "answer", "area", "group", "department", "period_note", "topic")
_DAYS: Final = re.compile(r"(\S+)\s+(\d{1,4})\s*(工作日|自然日)\s*(.*)")
_ID_BYTES: Final = 4
_T = TypeVar("_T")


class UnfitEntryError(ValueError):
    """Something in the form cannot stand in an entry; the message says what to write, ``field`` where."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def values_of(entry: Entry) -> dict[str, str]:
    """Return an entry as the form shows it."""
    values = {name: getattr(entry, name) for name in _PLAIN}
    values |= {
        "answer": entry.answer.strip(),
        "topic": "" if entry.topic == entry.id else entry.topic,
        "variants": "\n".join(entry.variants),
        "stage": entry.stage.value,
        "audience": entry.audience.value,
        "hotline": entry.hotline.value,
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else "",
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else "",
        "deadlines": "\n".join(_days_line(name, days) for name, days in entry.deadlines.items()),
    }
    for place, source in enumerate(entry.sources):
        values |= {f"source-{place}-{field}": str(getattr(source, field)) for field in _SOURCE_FIELDS}
    return values


def fresh_values(today: date, group: str, area: str) -> dict[str, str]:
    """Return the values of a form for a new entry."""
    return {
        "group": group,
        "area": area,
        "stage": Stage.REGULAR.value,
        "audience": Audience.PUBLIC.value,
        "hotline": Contact.TOWNSHIP.value,
        "valid_from": today.isoformat(),
        "period_note": "没有写到哪天为止，有新规定再改。",
        "source-0-grade": Grade.A.value,
    }


def read_entry(form: Form, known: Entry | None, today: date) -> Entry:
    """
    Return the entry that a form holds; ``known`` is the one that it edits. Its facts were looked up ``today``.

    Raises:
        UnfitEntryError: If a field has no fitting value. What the whole must keep to is checked elsewhere.
    """
    id_ = known.id if known is not None else f"own-{secrets.token_hex(_ID_BYTES)}"
    sources = tuple(_sources(form))
    graded = [source.grade for source in sources if source.grade is not Grade.KNOWN]
    text = {name: form.text(name) for name in _PLAIN}
    return Entry(
        id=id_,
        group=text["group"],
        question=text["question"],
        variants=tuple(dict.fromkeys(filter(None, map(str.strip, form.text("variants").split("\n"))))),
        answer=text["answer"],
        area=text["area"],
        stage=_choice(form, "stage", {one.value: one for one in Stage}),
        sources=sources,
        grade=max(graded, default=Grade.KNOWN),
        checked=today,
        department=text["department"],
        hotline=_choice(form, "hotline", {one.value: one for one in Contact}),
        audience=_choice(form, "audience", {one.value: one for one in AUDIENCES}),
        topic=text["topic"] or id_,
        valid_from=_day(form, "valid_from"),
        valid_to=_day(form, "valid_to"),
        period_note=text["period_note"],
        deadlines=dict(_deadlines(form)),
    )


def typed_values(form: Form) -> dict[str, str]:
    """Return what was typed, as it was typed."""
    return {name: form.text(name) for name in form.fields}


def _sources(form: Form) -> Iterator[Source]:
    for place in range(SOURCES):
        given = {field: form.text(f"source-{place}-{field}") for field in _SOURCE_FIELDS}
        if given["title"] or given["publisher"]:
            grade = _choice(form, f"source-{place}-grade", {one.value: one for one in Grade})
            yield Source(
                given["title"], given["publisher"], grade, given["number"], given["date"], given["url"], given["area"]
            )


def _choice(form: Form, field: str, choices: Mapping[str, _T]) -> _T:
    value = form.text(field)
    if value not in choices:
        raise UnfitEntryError(field, "请从列出的里面选。")
    return choices[value]


def _day(form: Form, field: str) -> date | None:
    text = form.text(field)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UnfitEntryError(field, "日期请写成 2026-03-12 的样子。") from None


def _deadlines(form: Form) -> Iterator[tuple[str, StatedDays]]:
    for line in filter(None, map(str.strip, form.text("deadlines").split("\n"))):
        found = _DAYS.fullmatch(line)
        if found is None:
            raise UnfitEntryError("deadlines", f"期限“{line}”看不懂，请写成“home_visit 5 工作日 从受理算起”的样子。")
        yield found[1], StatedDays(int(found[2]), found[3], found[4].strip())


def _days_line(name: str, days: StatedDays) -> str:
    return f"{name} {days.value} {days.unit} {days.starts_at}".strip()
