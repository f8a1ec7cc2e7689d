"""Reports in village words with what a careful reader would put down from them, made from ``*.toml`` beside this file.

Every filling and every slip is drawn from one seed: the same set on every machine.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.evaluation.drafts.slips import mistyped, spoken_phone
from app.evaluation.drafts.villages import Villages
from app.evaluation.split import Half
from places.gazetteer import Gazetteer

FOLDER: Final = Path(__file__).parent
TODAY: Final = date(2026, 3, 5)
"""The day on which every report of the set is made."""

_SEED: Final = 20260305
_COUNTY: Final = "620422"
_TIMES: Final = 5
_PLACEHOLDER: Final = re.compile(r"\{(?P<name>[a-z_]+)(?::(?P<what>[^}]+))?\}")
_VILLAGE_FORMS: Final = frozenset({"place", "village", "short", "misheard"})
_OPEN: Final = "_open"


@dataclass(frozen=True)
class Truth:
    """What the text gives: None and empty where it gives nothing."""

    kind: str
    relation: str | None
    householder: str | None
    phone: str | None
    place: str | None
    when: str | None
    causes: tuple[str, ...]
    amounts: tuple[tuple[float, str], ...]
    danger: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One report. ``unscored`` names the slots on which careful readers would differ, ``also`` the causes that some
    would add. ``county`` is a code."""

    id: str
    family: str
    text: str
    county: str
    truth: Truth
    unscored: frozenset[str]
    also: frozenset[str]


def load_reports(half: Half, gazetteer: Gazetteer) -> list[Told]:
    """Return all reports of *half*."""
    content = tomllib.loads((FOLDER / f"{half}.toml").read_text(encoding="utf-8"))
    rng = random.Random(f"{_SEED}{half}")  # noqa: S311 - a fixed set, no secret
    return [
        _fill(record, number, time, _Filling(rng, content["words"], Villages(gazetteer, half, _county(record), rng)))
        for number, record in enumerate(content["record"], start=1)
        for time in range(1, _times(record) + 1)
    ]


def _times(record: Mapping[str, Any]) -> int:
    return int(record.get("times", _TIMES if "{" in record["text"] else 1))


def _county(record: Mapping[str, Any]) -> str:
    return str(record.get("county", _COUNTY))


class _Filling:
    """Fills the placeholders of one text and remembers what it put there."""

    def __init__(self, rng: random.Random, words: Mapping[str, Sequence[Any]], villages: Villages) -> None:
        self.rng, self.villages, self._words = rng, villages, words
        self.truth: dict[str, Any] = {"amounts": []}

    def parts(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield the stretches of the filled text, each with whether it was filled in."""
        end = 0
        for found in _PLACEHOLDER.finditer(text):
            yield text[end : found.start()], False
            yield self._put(found["name"], found["what"]), True
            end = found.end()
        yield text[end:], False

    def _put(self, name: str, what: str | None) -> str:
        if name in _VILLAGE_FORMS or name == "town":
            spelt, self.truth["place"] = self.villages.named(name)
            return spelt
        if name in ("phone", "other_phone"):
            digits = f"1{self.rng.choice('3589')}{self.rng.randrange(10**9):09d}"
            if name == "phone":
                self.truth["phone"] = digits
            return spoken_phone(digits, self.rng)
        chosen = self.rng.choice(self._words[name])
        if name == "name":
            self.truth["householder"] = chosen
        elif name.startswith("when"):
            self.truth["when"] = chosen[1]
        elif name == "sum":
            self.truth["amounts"].append((float(chosen[1]), str(what)))
        return str(chosen if isinstance(chosen, str) else chosen[0])


def _fill(record: Mapping[str, Any], number: int, time: int, filling: _Filling) -> Told:
    parts = list(filling.parts(record["text"]))
    text = mistyped(parts, record.get("noise", 0.0), filling.rng)
    given = {**filling.truth, **{name: value for name, value in record.items() if name not in ("family", "text")}}
    return Told(
        id=f"{record['family']}-{number}-{time}",
        family=record["family"],
        text=text,
        county=_county(record),
        truth=_truth(given, filling),
        unscored=frozenset(name.removesuffix(_OPEN) for name in record if name.endswith(_OPEN)),
        also=frozenset(record.get("causes_also", ())),
    )


def _truth(given: Mapping[str, Any], filling: _Filling) -> Truth:
    place = given.get("place")
    return Truth(
        kind=given.get("kind", "report"),
        relation=given.get("relation", "本人") or None,
        householder=given.get("householder"),
        phone=given.get("phone"),
        place=filling.villages.full(place) if place and "省" not in place else place,
        when=given.get("when") or None,
        causes=tuple(given.get("causes", ())),
        amounts=tuple((float(value), what) for value, what in given["amounts"]),
        danger=tuple(given.get("danger", ())),
    )
