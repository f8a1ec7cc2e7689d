"""Invented households in hardship: who they are and what befell them."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Final

from app.demo.county import person, phone, villages
from cases.actors import Reporter
from cases.report import Cause, Consent, Danger, Relation, Report

CHANNEL: Final = "web"
_KIN: Final = ("老伴", "我爸", "我妈", "儿子", "我男人", "我媳妇", "女儿")
_GROUPS: Final = ("一社", "二社", "三社", "四社", "五社")
_RELATIONS: Final = (
    (Relation.SELF, 70),
    (Relation.CHILD, 12),
    (Relation.VILLAGE_CADRE, 10),
    (Relation.NEIGHBOUR, 8),
)


@dataclass(frozen=True)
class _Story:
    cause: Cause
    text: str
    amounts: tuple[int, int]
    danger: tuple[Danger, ...]


def report_of(number: int, dice: random.Random, now: datetime, today: date) -> Report:
    """Return the report of the household of that number, handed in at *now*."""
    village = dice.choice(villages())
    relation = dice.choices([one for one, _ in _RELATIONS], [share for _, share in _RELATIONS])[0]
    story = dice.choice(_stories())
    amount = dice.randrange(*story.amounts, 100)
    return Report(
        submission_id=f"demo-{number}",
        relation=relation,
        householder=person(dice),
        phone=phone(number),
        area_code=village.code,
        story=story.text.format(n=amount, kin=dice.choice(_KIN)),
        consent=Consent("2026-01", now),
        applied_on=today,
        causes=(story.cause,),
        danger=story.danger,
        place_text=village.name,
        group=dice.choice(_GROUPS),
        reporter_name="" if relation is Relation.SELF else person(dice),
        tell=Reporter(CHANNEL, f"demo-{number}") if dice.random() < 0.7 else None,
    )


@cache
def _stories() -> tuple[_Story, ...]:
    text = resources.files("app.demo").joinpath("stories.toml").read_text(encoding="utf-8")
    return tuple(
        _Story(
            Cause(row["cause"]),
            row["text"],
            (row["amounts"][0], row["amounts"][1]),
            tuple(Danger(one) for one in [row.get("danger")] if one),
        )
        for row in tomllib.loads(text)["story"]
    )
