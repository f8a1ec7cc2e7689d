"""A workflow's picture shows what its table says."""

from __future__ import annotations

import pytest

from cases.states import State
from cases.workflow import load_workflow, variants
from web.officers.flow_chart import columns_of


@pytest.mark.parametrize("name", variants())
def test_every_variant_is_drawn_with_each_state_once_and_its_steps_between(name: str) -> None:
    workflow = load_workflow(name)
    columns = columns_of(workflow)
    drawn = [box.label for column in columns for box in column.boxes]
    exits = {State.DECLINED, State.WITHDRAWN}
    assert drawn == [rule.label for state, rule in workflow.states.items() if state not in exits]
    for column in columns:
        assert len(column.steps) == len(column.boxes) - 1
        assert all(step.label and step.top < step.bottom for step in column.steps)
        assert all(back.end < back.start and column.box_width < back.x < column.width for back in column.returns)
        assert [box.rests for box in column.boxes] == [False] * (len(column.boxes) - 1) + [True]
    words = "".join(box.exits for column in columns for box in column.boxes)
    assert all(workflow.states[state].label in words for state in exits)
