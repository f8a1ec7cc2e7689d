"""Workflow files: what the bundled ones say, and how a broken one is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases.actors import Role
from cases.calendar import Days, Unit
from cases.errors import WorkflowError
from cases.notices import NoticeKind
from cases.rules import DeadlineKind
from cases.states import Event, State
from cases.workflow import WORKFLOW_FILES, keep_workflow, load_workflow, variants, workflow_of
from cases.workflow_page import workflow_page
from storage.database import transaction
from storage.store import Store

WORKING, NATURAL = Unit.WORKING_DAY, Unit.NATURAL_DAY


@pytest.mark.parametrize("name", variants())
def test_every_bundled_variant_works_and_names_its_sources(name: str) -> None:
    workflow = load_workflow(name)
    assert workflow.name == name
    assert workflow.sources


@pytest.mark.parametrize(
    ("name", "days"),
    [
        (
            "gansu-2023",
            {
                "home_visit": Days(5, WORKING),
                "result_told": Days(5, WORKING),
                "whole_process": Days(15, WORKING),
                "public_notice": Days(5, NATURAL),
            },
        ),
        ("anhui-2022", {"home_visit": Days(2, WORKING), "whole_process": Days(20, WORKING)}),
        ("hainan-2021", {"whole_process": Days(20, WORKING)}),
        ("national-2021", {"whole_process": Days(15, NATURAL), "public_notice": Days(5, NATURAL)}),
    ],
)
def test_the_days_are_those_of_the_published_rules(name: str, days: dict[str, Days]) -> None:
    workflow = load_workflow(name)
    assert {key: workflow.deadlines[key].days for key in days} == days
    assert workflow.deadlines["public_notice"].kind is DeadlineKind.SPAN


def test_the_main_path_leads_from_submission_to_monitoring() -> None:
    workflow = load_workflow("gansu-2023")
    state, path = State.SUBMITTED, [State.SUBMITTED]
    for event in (
        Event.ACKNOWLEDGED,
        Event.HOME_VISIT_RECORDED,
        Event.APPRAISAL_RECORDED,
        Event.NOTICE_POSTED,
        Event.NOTICE_ENDED,
        Event.TOWNSHIP_APPROVED,
        Event.COUNTY_APPROVED,
        Event.RESOLUTION_PROPOSED,
        Event.HOME_VISIT_RECORDED,
        Event.APPRAISAL_RECORDED,
        Event.NOTICE_POSTED,
        Event.NOTICE_ENDED,
        Event.TOWNSHIP_APPROVED,
        Event.RISK_RESOLVED,
    ):
        (row,) = workflow.leading_from(state, event)
        assert row.to is not None
        state = row.to
        path.append(state)
    assert path == list(State)[:15]


def test_what_a_village_may_do_is_the_village_part() -> None:
    workflow = load_workflow("gansu-2023")
    events = {event for state in State for event in workflow.possible(state, frozenset({Role.VILLAGE}))}
    forbidden = {Event.DECLINE_CONFIRMED, Event.TOWNSHIP_APPROVED, Event.COUNTY_APPROVED, Event.WITHDRAWN}
    assert not events & forbidden
    assert Event.DECLINE_PROPOSED in events


def test_every_notice_is_sent_by_an_event_or_by_code_that_names_it(root: Path) -> None:
    workflow = load_workflow("gansu-2023")
    told = {tell.notice for rule in workflow.events.values() for tell in rule.tell}
    senders = "".join(path.read_text("utf-8") for path in (root / "cases").rglob("*.py") if path.name != "notices.py")
    assert {kind for kind in NoticeKind if f"NoticeKind.{kind.name}" not in senders} <= told


def test_the_page_in_the_docs_is_the_generated_one(root: Path) -> None:
    page = (root / "docs" / "workflow.md").read_text(encoding="utf-8")
    assert page == workflow_page(), "run: python -m cases.workflow_page > docs/workflow.md"


def test_a_version_that_was_kept_is_found_again_after_the_file_changed(store: Store, tmp_path: Path) -> None:
    first = load_workflow(str(variant(tmp_path, "a", "[deadlines.whole_process]\nvalue = 14\n")))
    second = load_workflow(str(variant(tmp_path, "b", "[deadlines.whole_process]\nvalue = 13\n")))
    assert first.version != second.version
    with transaction(store):
        keep_workflow(store, first)
        keep_workflow(store, first)
    assert workflow_of(store, first.name, first.version) == first
    with pytest.raises(WorkflowError, match="not in the data folder"):
        workflow_of(store, second.name, second.version)


def variant(folder: Path, name: str, text: str) -> Path:
    """Write a variant of the national one that says *text*."""
    base = (WORKFLOW_FILES / "national-2021.toml").read_text(encoding="utf-8")
    (folder / "national-2021.toml").write_text(base, encoding="utf-8")
    path = folder / f"{name}.toml"
    path.write_text(f'extends = "national-2021"\n{text}', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[states.submitted]\nlabel = 5\n", "broken.toml:3: states.submitted.label: "),
        ("[states.lost]\nlabel = 'x'\n", "broken.toml:2: states.lost"),
        ("[states.submitted]\nholders = ['mayor']\n", "broken.toml:3: states.submitted.holders.0: "),
        ("[states.submitted]\nholders = []\n", "broken.toml:3: states.submitted.holders: 不能为空"),
        ("[states.submitted]\nholders = ['county']\n", "broken.toml:3: states.submitted.holders: .*往下办"),
        ("[states.submitted]\nsuperiors = ['reporter']\n", "broken.toml:3: states.submitted.superiors: reporter 不是"),
        ("[states.submitted]\ncolour = 'red'\n", "broken.toml:3: states.submitted.colour: "),
        ("[events.noted]\nrequired = ['song']\n", "broken.toml:3: events.noted.required: 这个事件没有 song"),
        (
            "[events.noted]\ntell = [{ who = 'holders', notice = 'notice.urgent' }]\n",
            "broken.toml:3: events.noted.tell: notice.urgent 不能发给 holders",
        ),
        (
            "[events.noted]\ntell = [{ who = 'reporter', notice = 'notice.visited' }]\n",
            "broken.toml:3: events.noted.tell: notice.visited 要用到 visited_on",
        ),
        ("[events.decline_confirmed]\nother_than = []\n", "broken.toml:3: events.decline_confirmed.other_than: 必须由"),
        ("[events.county_approved]\nother_than = []\n", "broken.toml:3: events.county_approved.other_than: 必须由"),
        (
            "[events.township_approved]\nproposal = 'opens'\n",
            "broken.toml:3: events.township_approved.proposal: 必须是",
        ),
        ("[deadlines.whole_process]\nvalue = 0\n", "broken.toml:3: deadlines.whole_process.value: 天数至少是 1"),
        ("[deadlines.whole_process]\nvalue = '15'\n", "broken.toml:3: deadlines.whole_process.value: "),
        ("[deadlines.whole_process]\nunit = '天'\n", "broken.toml:3: deadlines.whole_process.unit: "),
        ("[deadlines.whole_process]\nsource = ' '\n", "broken.toml:3: deadlines.whole_process.source: 要写明"),
        ("[deadlines.whole_process]\nclosed_by = []\n", "broken.toml:3: deadlines.whole_process.closed_by: 要写明"),
        ("[deadlines.whole_process]\nbeside = 'x'\n", "broken.toml:3: deadlines.whole_process.beside: 没有 x"),
        ("[events.county_approved]\nimpartial = false\n", "broken.toml:3: events.county_approved.impartial: 必须是"),
        ("[tasks.sign_consent]\nblocks = []\n", "broken.toml:3: tasks.sign_consent.blocks: .*先书面授权"),
        ("[tasks.announce]\ndone_by = []\n", "broken.toml:3: tasks.announce.done_by: 不能为空"),
        ("[tasks.cross_check]\nholders = []\n", "broken.toml:3: tasks.cross_check.holders: 不能为空"),
        ("[tasks.cross_check]\nsource = ''\n", "broken.toml:3: tasks.cross_check.source: 要写明出处"),
        ("[tasks.cross_check]\ndone_with = { noted = 'song' }\n", "tasks.cross_check.done_with: noted 没有 song"),
        (
            "[tasks.tell_reporter]\nlabel='x'\nholders=['village']\nopens_at=['noted']\ndone_by=['told']\nsource='x'\n",
            "broken.toml:2: tasks.tell_reporter: 这个任务由程序自己管",
        ),
        ("[deadlines.public_notice]\nkind = 'limit'\n", "broken.toml:2: deadlines.public_notice: 应从"),
    ],
)
def test_a_broken_variant_is_refused_with_line_and_key(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(WorkflowError, match=complaint):
        load_workflow(str(variant(tmp_path, "broken", text)))


def test_a_variant_that_says_nothing_is_its_base(tmp_path: Path) -> None:
    same, base = load_workflow(str(variant(tmp_path, "same", ""))), load_workflow("national-2021")
    assert (same.name, same.version) == ("same", base.version)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('to = "under_appraisal"\n', "", "states.under_appraisal: 从“已提交”出发走不到这个状态"),
        (
            '[states.withdrawn]\nlabel = "已撤回"\nrests = true',
            '[states.withdrawn]\nlabel = "已撤回"\nholders = ["county"]\nsuperiors = ["county"]',
            "states.withdrawn: 从这个状态出发，案件永远不能办结",
        ),
        ("[deadlines.whole_process]", "[deadlines.whole]", "deadlines.whole_process: 缺少这个期限"),
        (
            '[states.monitored]\nlabel = "已纳入监测帮扶"\nholders = ["village"]\n'
            'superiors = ["township"]\nrests = true',
            "",
            "states.monitored: 缺少这个状态",
        ),
        (
            '[events.told]\nlabel = "当面或电话告知"\nrequired = ["told_on", "means", "to_whom", "mark"]',
            "",
            "events.told: 缺少这个事件",
        ),
        (
            'event = "told"\nstates',
            'event = "noted"\nstates',
            "events.told: 没有一处流转用到这个事件",
        ),
        (
            'event = "told"\nstates',
            'event = "noted"\nstates',
            r"transitions.\d+: 同一状态、同一事件、同一角色写了两次",
        ),
        (
            'roles = ["township", "county"]\nto = "declined"',
            'roles = ["village", "county"]\nto = "declined"',
            r"transitions.\d+: 只有乡镇或县级确认",
        ),
        ('roles = ["reporter"]\nto = "withdrawn"', 'roles = ["village"]\nto = "withdrawn"', "只有申报人自己能撤回"),
        ('roles = ["reporter"]\nto', 'roles = ["inspector"]\nto', r"transitions.\d+.roles: inspector 不办理"),
        ('roles = ["reporter"]\nto', "roles = []\nto", r"transitions.\d+: states 和 roles 不能为空"),
        ('event = "risk_resolved"\nstates', 'event = "submitted"\nstates', r"transitions.\d+.event: submitted 只在"),
    ],
)
def test_a_workflow_that_cannot_work_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    base = (WORKFLOW_FILES / "national-2021.toml").read_text(encoding="utf-8")
    assert old in base
    path = tmp_path / "edited.toml"
    path.write_text(base.replace(old, new), encoding="utf-8")
    with pytest.raises(WorkflowError, match=f"edited.toml:[0-9]+: .*{complaint}"):
        load_workflow(str(path))


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("gone.toml", None, "gone.toml"),
        ("torn.toml", "title = ", "torn.toml: "),
        ("circle.toml", 'extends = "circle"', "circle.toml: extends: goes round in a circle"),
        ("orphan.toml", 'extends = "nobody"', "nobody.toml"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, text: str | None, complaint: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(WorkflowError, match=re.escape(complaint)):
        load_workflow(str(tmp_path / name))
