"""A data folder of an earlier version: it is migrated with its rows, its chain holds, its cases go on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from cases.case import load_case
from cases.clock import tick
from cases.deadlines import open_deadlines
from cases.details import Acknowledgement, Note
from cases.errors import WorkflowError
from cases.proof import differences
from cases.queue import QueueFilter, list_queue
from cases.states import Event, State
from cases.workflow import workflow_of
from storage.data_key import unlock
from storage.database import FILE_NAME, open_store, transaction
from storage.migrations import MIGRATIONS
from storage.store import Store
from storage.times import local_date
from storage.verification import verify_file
from tests.cases.conftest import WALK, Desk

# What the program did not know before its seventh migration.
LATER = (Event.VISITED, Event.CALLED_BACK, Event.FALSE_ALARM, Event.REINSTATED, Event.REVIEW_REQUESTED)
STATES = (State.SUBMITTED, State.UNDER_VERIFICATION, State.ON_PUBLIC_NOTICE, State.AWAITING_COUNTY_DECISION)


def as_it_was(store: Store, folder: Path) -> Path:
    """Write the rows of *store* into a database of the schema before the seventh migration, its workflows shorter."""
    folder.mkdir()
    old = Database(folder / FILE_NAME)
    old.execute("PRAGMA foreign_keys = OFF")
    MIGRATIONS.apply(old, stop_before="m007_documents")
    old.execute("ATTACH DATABASE ? AS today", [str(store.data_dir / FILE_NAME)])
    for table in old.tables:
        if not table.name.startswith(("_", "sqlite_")):
            columns = ", ".join(column.name for column in table.columns)
            old.execute(
                f"INSERT OR REPLACE INTO main.{table.name} ({columns}) SELECT {columns} FROM today.{table.name}"
            )
    for row in list(old.query("SELECT * FROM workflows")):
        body = json.loads(row["body"])
        body["events"] = {event: rule for event, rule in body["events"].items() if event not in LATER}
        body["transitions"] = [one for one in body["transitions"] if one["event"] not in LATER]
        old.execute("UPDATE workflows SET body = ? WHERE version = ?", [json.dumps(body), row["version"]])
    old.conn.commit()
    old.close()
    return folder


@pytest.fixture
def upgraded(desk: Desk, key: bytes, tmp_path: Path) -> Desk:
    """Return the desk over a folder of an earlier version, with a case in each of some states."""
    for number, state in enumerate(STATES):
        desk.bring_to(state, submission_id=f"submission-{number}")
    folder = as_it_was(desk.store, tmp_path / "earlier")
    # Then the master key itself sealed the folder.
    return replace(desk, store=open_store(folder, unlock(desk.store, key)))


def test_an_earlier_folder_is_migrated_with_its_rows_and_its_chain_holds(upgraded: Desk) -> None:
    store = upgraded.store
    assert MIGRATIONS.pending(store.db) == []
    assert verify_file(store.data_dir / FILE_NAME, (), ()).findings == ()
    assert list(differences(store)) == []
    assert next(store.db.query("PRAGMA foreign_key_check"), None) is None
    assert next(store.db.query("SELECT count(*) AS n FROM cases"))["n"] == len(STATES)


@pytest.mark.parametrize("state", STATES)
def test_an_old_case_goes_on_to_its_decision(upgraded: Desk, state: State) -> None:
    store = upgraded.store
    (row,) = store.db.query("SELECT id FROM cases WHERE state = ?", [state.value])
    case = load_case(store, row["id"])
    reached = [step[0] for step in WALK]
    first = reached.index(state) + 1 if state in reached else 0
    for _, who, details in WALK[first : reached.index(State.MONITORED) + 1]:
        case = upgraded.do(case, who, details)
    assert case.state is State.MONITORED
    assert verify_file(store.data_dir / FILE_NAME, (), ()).findings == ()
    assert list(differences(store)) == []


def test_the_queue_and_the_clock_know_old_cases(upgraded: Desk) -> None:
    late = upgraded.later + timedelta(days=60)
    waiting = QueueFilter(waiting=True)
    listed = list_queue(upgraded.store, officer=upgraded.county, today=local_date(late), wanted=waiting)
    assert State.AWAITING_COUNTY_DECISION in {item.case.state for item in listed}
    with transaction(upgraded.store):
        assert tick(upgraded.store, late) > 0


def test_an_old_case_learns_what_came_later_and_keeps_its_own_rules(upgraded: Desk) -> None:
    store = upgraded.store
    (row,) = store.db.query("SELECT name, version FROM workflows")
    kept = workflow_of(store, row["name"], row["version"])
    assert set(LATER) <= set(kept.events)
    assert kept.leading_from(State.MONITORED, Event.VISITED)
    assert kept.deadlines == upgraded.workflow.deadlines
    assert kept.version == upgraded.workflow.version
    case = load_case(store, next(store.db.query("SELECT id FROM cases"))["id"])
    assert upgraded.do(case, "township", Note("升级以后接着办。")).version == case.version + 1


def test_a_kept_version_that_cannot_be_read_is_named(upgraded: Desk) -> None:
    store = upgraded.store
    (row,) = store.db.query("SELECT name, version, body FROM workflows")
    store.db.execute("UPDATE workflows SET body = ?", [json.dumps({**json.loads(row["body"]), "deadlines": 3})])
    with pytest.raises(WorkflowError, match="deadlines"):
        workflow_of(store, row["name"], row["version"])


def test_an_edited_workflow_is_for_new_cases_only(desk: Desk) -> None:
    before = desk.submit()
    longer = {key: replace(rule, value=rule.value + 1) for key, rule in desk.workflow.deadlines.items()}
    edited = replace(desk, workflow=replace(desk.workflow, version="edited", deadlines=longer))
    after = edited.submit(submission_id="submission-2")
    visits = [
        deadline.due.date
        for case in (before, after)
        for deadline in open_deadlines(desk.store, case.id)
        if deadline.key == "home_visit"
    ]
    assert visits == [date(2026, 3, 17), date(2026, 3, 18)]
    moved = [edited.do(case, "village", Acknowledgement()) for case in (before, after)]
    assert [case.workflow_version for case in moved] == [desk.workflow.version, "edited"]
