"""Measures that fit a household's risks, each with its place, year and source. They are hints, never a closed list."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ConfigDict, TypeAdapter

from cases.details import MeasureKind
from cases.report import Cause

MEASURES_FILE: Final = Path(__file__).parent / "measures.toml"
# A round trip that takes longer is a question of water (indicators of 2004: at most 20 minutes is basically safe).
WATER_MINUTES: Final = 20
_UNSAFE_HOUSES: Final = frozenset({"C", "D", "无房"})


class Face(StrEnum):
    """A question that stands beside the cause of a risk."""

    HOUSING = "住房"
    WATER = "饮水"


@dataclass(frozen=True)
class Measure:
    """A measure as a published text describes it. ``place`` and ``year`` limit what it says of money."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    kind: MeasureKind
    title: str
    what: str
    place: str
    year: str
    source: str
    causes: tuple[Cause, ...] = ()
    faces: tuple[Face, ...] = ()
    url: str = ""


@lru_cache(maxsize=1)
def all_measures() -> tuple[Measure, ...]:
    """Return every measure of the file, in its order."""
    content = tomllib.loads(MEASURES_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Measure, ...]).validate_python(content["measures"])


def suggested_measures(causes: Collection[Cause], sheet: Mapping[str, Any]) -> list[Measure]:
    """Return the measures that fit *causes* and what the *sheet* of the home visit shows; an empty sheet shows nothing.

    The main risk and the second ones of the sheet count beside *causes*.
    """
    named = {sheet.get("main_risk"), *sheet.get("second_risks", ())} - {None}
    risks = {*causes, *(Cause(name) for name in named)}
    faces = _faces(sheet)
    return [one for one in all_measures() if risks.intersection(one.causes) or faces.intersection(one.faces)]


def _faces(sheet: Mapping[str, Any]) -> set[Face]:
    faces = {Face.HOUSING} if sheet.get("house") in _UNSAFE_HOUSES else set()
    if sheet.get("water_cut") or sheet.get("water_minutes", 0) > WATER_MINUTES:
        faces.add(Face.WATER)
    return faces
