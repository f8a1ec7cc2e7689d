"""A workflow drawn: its states one below the other, what leads on between them, what leads back beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cases.rules import Workflow
from cases.states import State

_LETTER, _SMALL_LETTER, _MARGIN = 14, 12, 12
_HEIGHT, _PITCH = 64, 102
_LANE: Final = 14


@dataclass(frozen=True)
class Box:
    """A state at ``y``: what it is called, who works there, where else it may lead. ``rests``: nothing is owed."""

    y: int
    label: str
    holders: str
    exits: str
    rests: bool


@dataclass(frozen=True)
class Step:
    """What leads from one box to the next: its words, and where its arrow begins and ends."""

    label: str
    top: int
    bottom: int


@dataclass(frozen=True)
class Return:
    """What leads back to an earlier box: from where to where, and how far beside the boxes it runs."""

    start: int
    end: int
    x: int


@dataclass(frozen=True)
class Column:
    """States that follow one another, drawn ``width`` by ``height`` with boxes ``box_width`` by ``box_height``."""

    boxes: tuple[Box, ...]
    steps: tuple[Step, ...]
    returns: tuple[Return, ...]
    width: int
    height: int
    box_width: int
    box_height: int = _HEIGHT


def columns_of(workflow: Workflow) -> list[Column]:
    """Return a column for each run of states up to one where a case rests; side exits are named in the boxes."""
    moves = _moves(workflow)
    return [_column(workflow, run, moves) for run in _runs(workflow, moves)]


def _moves(workflow: Workflow) -> dict[State, dict[State, str]]:
    """Return for each state where it may lead, each with the first event that leads there."""
    moves: dict[State, dict[State, str]] = {state: {} for state in workflow.states}
    for state in workflow.states:
        for row in workflow.moves_from(state):
            if row.to is not None:
                moves[state].setdefault(row.to, workflow.events[row.event].label)
    return moves


def _runs(workflow: Workflow, moves: Mapping[State, Mapping[State, str]]) -> list[list[State]]:
    order = list(workflow.states)
    runs = [order[:1]]
    for before, after in pairwise(order):
        if after not in moves[before]:
            break
        if workflow.states[before].rests:
            runs.append([after])
        else:
            runs[-1].append(after)
    return runs


def _column(workflow: Workflow, run: Sequence[State], moves: Mapping[State, Mapping[State, str]]) -> Column:
    boxes = tuple(_box(workflow, run, place, moves[state]) for place, state in enumerate(run))
    widths = [
        (len(one.label) * _LETTER, len(one.holders) * _SMALL_LETTER, len(one.exits) * _SMALL_LETTER) for one in boxes
    ]
    box_width = max(max(one) for one in widths) + 2 * _MARGIN
    steps = tuple(
        Step(moves[before][after], boxes[place].y + _HEIGHT, boxes[place + 1].y)
        for place, (before, after) in enumerate(pairwise(run))
    )
    back = [(place, run.index(to)) for place, state in enumerate(run) for to in moves[state] if to in run[:place]]
    returns = tuple(
        Return(boxes[start].y + _HEIGHT // 3, boxes[end].y + 2 * _HEIGHT // 3, box_width + _LANE * (lane + 1))
        for lane, (start, end) in enumerate(back)
    )
    width = box_width + _LANE * (len(returns) + 1)
    return Column(boxes, steps, returns, width, boxes[-1].y + _HEIGHT + 2, box_width)


def _box(workflow: Workflow, run: Sequence[State], place: int, leads: Mapping[State, str]) -> Box:
    rule = workflow.states[run[place]]
    holders = "、".join(role.label for role in rule.holders) or "不用再办"
    exits = "、".join(workflow.states[to].label for to in leads if to not in run)
    return Box(place * _PITCH + 2, rule.label, holders, f"也可到：{exits}" if exits else "", rule.rests)
