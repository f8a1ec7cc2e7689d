"""The golden questions of the tuning half and those of practice as what ranking and confidence are fitted on."""

from __future__ import annotations

from collections.abc import Sequence

from app.evaluation.acceptable import acceptable_entries
from app.evaluation.golden import PRACTICE, load_golden
from app.evaluation.split import Half, split
from bot.conversation.once import AskKind
from knowledge.entries import Entry
from knowledge.training import Labelled

# What these families ask is routed before anything is looked up, or tries to lead astray.
_NOT_LOOKED_UP = frozenset({"complaint", "distress", "fraud", "injection", "report"})


def tuning_questions(entries: Sequence[Entry]) -> list[Labelled]:
    """Return the questions of the tuning half and of practice that are looked up, with the entries that answer them."""
    questions = load_golden()
    halves = split(questions, {entry.id: entry.topic for entry in entries})
    tuned = [golden for golden in questions if halves[golden.id] is Half.TUNE]
    found = []
    for golden in (*tuned, *load_golden(PRACTICE)):
        if golden.family in _NOT_LOOKED_UP:
            continue
        right = acceptable_entries(golden, entries) if AskKind.ANSWER in golden.expect.kind else frozenset()
        if right or AskKind.ANSWER not in golden.expect.kind:
            found.append(
                Labelled(golden.question, entries=right, area=golden.area, as_of=golden.as_of, history=golden.history)
            )
    return found
