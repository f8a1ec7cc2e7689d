"""An invented officer at his desk: on a working day he takes up what waits for him, one step a case."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Final

from PIL import Image

from app.demo.county import person, villages
from app.demo.sheets import sheet_of
from cases.act import Act
from cases.actions.claim import claim
from cases.actions.confirm_decline import confirm_decline
from cases.actions.decide_batch import Batch, decide_batch
from cases.actions.draft_public_notice import draft_public_notice
from cases.actions.end_public_notice import end_public_notice
from cases.actions.post_public_notice import ProofOfPosting, post_public_notice
from cases.actions.record_household import record_household
from cases.actions.record_meeting import AppraisalMeeting, Vote, record_meeting
from cases.actions.record_minutes import Minutes, Review, record_minutes
from cases.actions.step import take_step
from cases.actions.tell_reporter import record_telling
from cases.actors import Officer, Role
from cases.details import (
    Acknowledgement,
    Aid,
    Announcement,
    AssistancePlan,
    ConsentSigned,
    CrossCheck,
    DeclineProposal,
    Details,
    HomeVisit,
    HouseholdRecord,
    Mark,
    NationalEntry,
    ResolutionProposal,
    Telling,
    TellingMeans,
    Visit,
)
from cases.errors import CasesError
from cases.forms import load_form
from cases.history import history
from cases.public_notice.notice import list_notices
from cases.queue import QueueFilter, QueueItem, list_queue
from cases.report import Cause
from cases.states import Event, State
from cases.tasks import TaskKind
from cases.workflow import workflow_of
from storage import attachments
from storage.database import transaction
from storage.store import Store

_AT_ONCE: Final = 30
_NO_RISK: Final = "一家人在外有稳定工作，自付部分已经报销，目前没有返贫致贫风险。"
_SUPERVISION: Final = "青禾县示范电话 0000-0000000（演示）"
# Steps that one officer takes for one case, the first possible one first. Meetings, notices and batches are apart.
_SINGLE: Final = (
    Event.CLAIMED,
    Event.ACKNOWLEDGED,
    Event.HOME_VISIT_RECORDED,
    Event.HOUSEHOLD_RECORDED,
    Event.CONSENT_SIGNED,
    Event.CROSS_CHECKED,
    Event.DECLINE_CONFIRMED,
    Event.PLAN_MADE,
    Event.RESOLUTION_PROPOSED,
    Event.VISITED,
    Event.ENTERED_NATIONALLY,
    Event.ANNOUNCED,
)
_BETWEEN_VISITS: Final = timedelta(days=20)
_ONCE: Final = frozenset({Event.HOME_VISIT_RECORDED, Event.HOUSEHOLD_RECORDED, Event.AID_RECORDED})


@dataclass(frozen=True)
class Day:
    """A working day: its date, and the hour at which officers sit down (aware time)."""

    store: Store
    dice: random.Random
    on: date
    now: datetime

    def photo(self) -> str:
        """Keep a plain picture and return its id."""
        picture = BytesIO()
        shade = self.dice.randrange(90, 200)
        Image.new("RGB", (320, 240), (shade, shade, 120)).save(picture, "JPEG")
        return attachments.save(self.store, picture.getvalue(), media_type="image/jpeg", now=self.now)


def work(day: Day, officer: Officer) -> None:
    """Take one step of each case that this officer gets round to, then hold the meetings that are due."""
    wanted = QueueFilter(waiting=True)
    for item in list_queue(day.store, officer=officer, today=day.on, wanted=wanted, limit=_AT_ONCE):
        if item.case.state is State.UNDER_VERIFICATION and Event.DECLINE_PROPOSED in item.possible and _finds_none(day):
            _try(day, _take, day, officer, item, DeclineProposal(_NO_RISK))
        elif day.dice.random() < _diligence(item):
            _try(day, _step, day, officer, item)
    roles = {grant.role for grant in officer.grants}
    for role, gather in _GATHERINGS.items():
        if role in roles:
            gather(day, officer)


def _finds_none(day: Day) -> bool:
    """Tell whether the officer, rarely, finds that a household he visited is not at risk."""
    return day.dice.random() < 0.01


def _diligence(item: QueueItem) -> float:
    """Return how likely the step is taken today: most are, some wait until they are late."""
    return 0.8 if item.case.urgent else 0.3


def _try(day: Day, action: Callable[..., object], *given: object, **named: object) -> None:
    """Do *action*, all of it or nothing: what the rules refuse stays as it was."""
    try:
        with transaction(day.store):
            action(*given, **named)
    except CasesError:
        return


def _step(day: Day, officer: Officer, item: QueueItem) -> None:
    done = {entry.event: entry.recorded_at for entry in history(day.store, item.case.id)}
    if item.case.urgent and Event.AID_RECORDED in item.possible and Event.AID_RECORDED not in done:
        _take(day, officer, item, Aid(day.on, "先送去米面油和被褥，安排临时住处。"))
        return
    if TaskKind.TELL_REPORTER in item.tasks and Event.TOLD in item.possible:
        told = Telling(day.on, TellingMeans.DOOR, "户主本人", Mark.SIGNATURE)
        record_telling(day.store, item.case.receipt, told, actor=officer, version=item.case.version, now=day.now)
        return
    for event in _SINGLE:
        if event not in item.possible or (event in _ONCE and event in done):
            continue
        if event is Event.VISITED and day.now - done.get(event, done[Event.COUNTY_APPROVED]) < _BETWEEN_VISITS:
            continue
        if event is Event.RESOLUTION_PROPOSED and (Event.PLAN_MADE not in done or day.dice.random() < 0.7):
            continue
        _do(day, officer, item, event)
        return


def _do(day: Day, officer: Officer, item: QueueItem, event: Event) -> None:
    case = item.case
    if event is Event.CLAIMED:
        claim(day.store, case.receipt, actor=officer, version=case.version, now=day.now)
    elif event is Event.DECLINE_CONFIRMED:
        confirm_decline(day.store, case.receipt, actor=officer, version=case.version, now=day.now)
    elif event is Event.HOUSEHOLD_RECORDED:
        form = load_form(day.store, case.id)
        cause = form.causes[0] if form.causes else Cause.OTHER
        sheet = sheet_of(day.dice, cause, f"{form.place_text}{form.group}", day.on)
        record = HouseholdRecord(day.on, sheet)
        record_household(day.store, case.receipt, record, actor=officer, version=case.version, now=day.now)
    else:
        _take(day, officer, item, _written(day, officer, item, event))


def _take(day: Day, officer: Officer, item: QueueItem, details: Details) -> None:
    take_step(day.store, item.case.receipt, Act(details, officer, day.now), version=item.case.version)


def _written(day: Day, officer: Officer, item: QueueItem, event: Event) -> Details:
    """Return what the officer writes down; now and then he finds no risk and proposes to decline."""
    if event is Event.HOME_VISIT_RECORDED:
        colleague = person(day.dice)
        return HomeVisit(day.on, "到家看了房子、水、药费单据，和本人说的对得上。", (officer.name, colleague))
    workflow = workflow_of(day.store, item.case.workflow, item.case.workflow_version)
    texts: Mapping[Event, Details] = {
        Event.ACKNOWLEDGED: Acknowledgement(),
        Event.CONSENT_SIGNED: ConsentSigned(day.on),
        Event.CROSS_CHECKED: CrossCheck(day.on, "和民政、医保、残联、车辆、不动产信息比对，没有发现不一致。"),
        Event.PLAN_MADE: AssistancePlan(day.on, "公益性岗位一个；协助报销医药费；秋季学期办助学手续。", officer.name),
        Event.VISITED: Visit(day.on, (officer.name,), "一家人都好，药按时吃着，岗位工资按月到账。"),
        Event.ENTERED_NATIONALLY: NationalEntry(day.on, f"演示{item.case.receipt[:8]}"),
        Event.ANNOUNCED: Announcement(day.on, "村务公开栏"),
        Event.RESOLUTION_PROPOSED: ResolutionProposal("收入稳住了，几项保障都有。", tuple(workflow.required_checks())),
    }
    return texts[event]


def _meet_in_village(day: Day, officer: Officer) -> None:
    """Hold the week's meeting over the households that were visited; put up and take down notices."""
    for village in villages():
        if Role.VILLAGE in officer.roles_at(village.code):
            if day.dice.random() < 0.35:
                ready = _ready(day, officer, village.code, Event.APPRAISAL_RECORDED)
                _appraise(day, officer, [item for item in ready if TaskKind.RECORD_HOUSEHOLD not in item.tasks])
            for batch in _by_purpose(_ready(day, officer, village.code, Event.NOTICE_POSTED)):
                _try(day, _put_up, day, officer, batch)
    for notice in list_notices(day.store, officer=officer):
        if notice.stands and notice.ends_on <= day.on:
            _try(day, _take_down, day, officer, notice.number)


def _appraise(day: Day, officer: Officer, items: Sequence[QueueItem]) -> None:
    for batch in _by_purpose(items):
        came = day.dice.randrange(21, 31)
        meeting = AppraisalMeeting(
            day.on, "村委会会议室", 31, came, 21, officer.name, person(day.dice), _photo_of(day)
        )  # fmt: skip
        votes = [_vote(day, item, came) for item in batch]
        _try(day, record_meeting, day.store, meeting, votes, actor=officer, now=day.now)


def _vote(day: Day, item: QueueItem, came: int) -> Vote:
    against = day.dice.randrange(came // 2 + 1, came) if day.dice.random() < 0.04 else day.dice.randrange(3)
    agreed = against < came / 2
    conclusion = "同意上报。" if agreed else "多数人认为家里有稳定收入，目前没有返贫风险。"
    return Vote(item.case.receipt, came - against, against, 0, conclusion)


def _photo_of(day: Day) -> str:
    with transaction(day.store):
        return day.photo()


def _put_up(day: Day, officer: Officer, items: Sequence[QueueItem]) -> None:
    receipts = [item.case.receipt for item in items]
    notice = draft_public_notice(
        day.store, receipts, starts_on=day.on, supervision=_SUPERVISION, actor=officer, now=day.now
    )
    proof = ProofOfPosting(day.on, "村务公开栏", day.photo())
    post_public_notice(day.store, notice.number, proof, actor=officer, now=day.now)


def _take_down(day: Day, officer: Officer, number: int) -> None:
    end_public_notice(day.store, number, on=day.on, photo=day.photo(), actor=officer, now=day.now)


def _meet_in_township(day: Day, officer: Officer) -> None:
    if day.dice.random() < 0.4:
        for batch in _by_purpose(_ready(day, officer, "", Event.TOWNSHIP_APPROVED)):
            minutes = Minutes(day.on, "乡镇会议室", officer.name, person(day.dice), (officer.name, person(day.dice)))
            reviews = [Review(item.case.receipt, True, "程序齐全，同意上报。") for item in batch]
            _try(day, record_minutes, day.store, minutes, reviews, actor=officer, now=day.now)


def _meet_at_county(day: Day, officer: Officer) -> None:
    decisions = (Event.COUNTY_APPROVED, Event.RISK_RESOLVED)
    for number, event in enumerate(decisions):
        items = _ready(day, officer, "", event) if day.dice.random() < 0.2 else []
        if items:
            batch = Batch(day.on, f"青禾演示〔{day.on.year}〕{day.on:%m%d}{number + 1}号", "同意。")
            receipts = [item.case.receipt for item in items]
            _try(day, decide_batch, day.store, batch, receipts, actor=officer, now=day.now)


def _ready(day: Day, officer: Officer, area: str, event: Event) -> list[QueueItem]:
    """Return the officer's cases in *area* for which *event* may happen now."""
    items = list_queue(day.store, officer=officer, today=day.on, wanted=QueueFilter(waiting=True), limit=_AT_ONCE)
    return [item for item in items if event in item.possible and item.case.area_code.startswith(area)]


def _by_purpose(items: Iterable[QueueItem]) -> list[list[QueueItem]]:
    """Return the cases that can stand on one paper together: those in the same state."""
    batches: dict[State, list[QueueItem]] = defaultdict(list)
    for item in items:
        batches[item.case.state].append(item)
    return list(batches.values())


_GATHERINGS: Final[Mapping[Role, Callable[[Day, Officer], None]]] = {
    Role.VILLAGE: _meet_in_village,
    Role.TOWNSHIP: _meet_in_township,
    Role.COUNTY: _meet_at_county,
}
