"""``bangfu draft``: what the report conversation understands from one message."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import click
from pydantic import BaseModel, ConfigDict

from app.context import Context
from app.json_lines import answer_lines
from app.places import known_place
from bot.conversation.ear.ear import Ear
from bot.conversation.listening import Listener
from bot.conversation.once import DraftReading, read_once
from knowledge.embedder import load_embedder
from storage.times import local_date


class DraftLine(BaseModel):
    """One line of ``--jsonl`` input."""

    model_config = ConfigDict(extra="ignore")

    id: str
    text: str
    today: date | None = None
    area: str | None = None


@click.command()
@click.option("--jsonl", is_flag=True, required=True, help="从标准输入逐行读 JSON，逐行输出。")
@click.pass_obj
def command(context: Context, *, jsonl: bool) -> None:
    """看看一句话里听出了什么：给谁家报、在哪、什么难处。什么都不记下。

    例子：

    \b
      echo '{"id":"1","text":"我爸上个月脑梗住院花了八万多"}' | bangfu draft --jsonl
    """
    assert jsonl, "the only form there is"
    listener = Listener(context.settings, context.gazetteer, Ear(partial(load_embedder, context.settings)))

    def read(line: DraftLine) -> dict[str, Any]:
        place = known_place(line.area, context.gazetteer, context.say)
        today = line.today or local_date(datetime.now(UTC))
        return _printed(read_once(listener, line.text, today=today, place=place))

    # The first reading loads what is read lazily: that is start-up, not the first line's time.
    read(DraftLine(id="", text="我家在会宁县"))
    if not answer_lines(DraftLine, read):
        raise SystemExit(1)


def _printed(reading: DraftReading) -> dict[str, Any]:
    slots = reading.slots
    return {
        "kind": reading.kind.value,
        "slots": {
            "relation": reading.relation.value if reading.relation else None,
            "householder": slots.householder,
            "phone": slots.phone,
            "place": slots.place.path if slots.place else None,
            "causes": [cause.value for cause in slots.causes],
            "amounts": [{"value": _number(told.value), "what": told.what.value} for told in slots.sums],
            "when": slots.when,
            "danger": [danger.value for danger in slots.danger],
        },
        **_candidates(reading),
        "missing": list(reading.missing),
    }


def _number(value: float) -> float:
    """Return whole yuan without a decimal point."""
    return int(value) if value == int(value) else value


def _candidates(reading: DraftReading) -> dict[str, dict[str, list[str]]]:
    """Return the values among which a slot is open, left out when none is."""
    found = {
        "place": [place.path for place in reading.slots.where.candidates],
        "phone": list(reading.slots.phones) if len(reading.slots.phones) > 1 else [],
    }
    open_slots = {slot: values for slot, values in found.items() if values}
    return {"candidates": open_slots} if open_slots else {}
