"""The same scenarios over the terminal, the web page and Telegram come to the same cases."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.reading import Answers
from bot.memory.idle_drafts import mind_drafts
from cases.access import reveal_file
from cases.act import Act
from cases.actions.appoint_officer import appoint_officer, issue_link
from cases.actions.step import take_step
from cases.actors import Grant, Officer, Operator, Role
from cases.details import Acknowledgement, DeclineConfirmation, DeclineProposal, Details, HomeVisit
from cases.duplicates import links_of
from cases.officers import find_officer
from cases.receipts import receipt_code
from cases.tasks import open_tasks
from places.gazetteer import load_gazetteer
from settings.schema import Settings
from storage.database import transaction
from storage.keys import load_or_create_signer
from storage.store import Store
from storage.stores import Stores
from storage.times import local_date
from storage.village_codes import VillageCodes
from tests.bot.conftest import COUNTY, TOWNSHIP, VILLAGE, Known
from tests.scenarios.hands import Hand, PageHand, TelegramHand, TerminalHand

CHANNELS = ("terminal", "web", "telegram")


def read_scenarios(name: str) -> dict[str, dict[str, Any]]:
    """Return the scenarios of a file by their names."""
    content = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    return {one["name"]: one for one in content["scenario"]}


SCENARIOS = read_scenarios("scenarios") | read_scenarios("waiting") | read_scenarios("odd") | read_scenarios("people")
TOO_LONG = {"long_name": "王" * 200, "long_story": "难啊，" * 33_000}
WALKS = [(name, channel) for name, one in SCENARIOS.items() for channel in one.get("channels", CHANNELS)]

Open = Callable[..., Hand]


@pytest.fixture
def stores(settings: Settings, key: bytes) -> Stores:
    return Stores(settings.data_path, key)


@dataclass
class Clock:
    """The time of everybody in a scenario; days may pass."""

    now: datetime
    passed: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    def __call__(self) -> datetime:
        return self.now + timedelta(milliseconds=next(self.passed))


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def answers() -> Answers:
    """Return what answers the questions of a scenario."""
    return Known()


@pytest.fixture
def open_hand(
    settings: Settings, stores: Stores, clock: Clock, tmp_path: Path, channel: str, answers: Answers
) -> Iterator[Open]:
    """Return a way to take the phone of one more person on the channel."""
    opened: list[Hand] = []

    def take(*, off: bool = False, on: str = channel, chat: str = "t") -> Hand:
        telegram = settings.channels.telegram.model_copy(update={"personal_data": "off" if off else "full"})
        here = settings.model_copy(
            update={
                "area": "甘肃省/白银市/会宁县",
                "channels": settings.channels.model_copy(update={"telegram": telegram}),
                "web": settings.web.model_copy(update={"burst": 200}),
            }
        )
        conversation = Conversation(here, answers, load_gazetteer())
        hands: dict[str, Callable[[], Hand]] = {
            "terminal": lambda: TerminalHand(stores, conversation, clock, tmp_path, chat=chat),
            "web": lambda: PageHand(here, stores, conversation, clock),
            "telegram": lambda: TelegramHand(here, stores, conversation, clock),
        }
        opened.append(hands[on]())
        return opened[-1]

    yield take
    for hand in opened:
        hand.close()


def appoint(store: Store, name: str, role: Role, scope: str, now: datetime) -> str:
    """Appoint an officer and return the code that binds his chat."""
    with transaction(store):
        officer = appoint_officer(store, name, [Grant(role, scope)], actor=Operator(), now=now)
        return issue_link(store, officer, actor=Operator(), now=now)


def walk(hand: Hand, scenario: dict[str, Any], store: Store, clock: Clock) -> None:
    """Do every step and hear what must be said to it."""
    for step in scenario["steps"]:
        take(hand, step, store, clock)
        hand.hears(step.get("hears", ""))
        for words in step.get("lacks", ()):
            assert words not in hand.heard(), hand.heard()


def take(hand: Hand, step: dict[str, Any], store: Store, clock: Clock) -> None:
    """Do one step."""
    match next(iter(step)):
        case "say":
            hand.say(step["say"].format(**TOO_LONG, **_receipt(store)))
        case "tap":
            hand.tap(step["tap"])
        case "photo":
            hand.photo()
        case "location":
            hand.location(*step["location"])
        case "contact":
            hand.contact(step["contact"])
        case "poster":
            hand.start(VillageCodes(load_or_create_signer(store.data_dir, None)).mint(step["poster"]))
        case "days":
            clock.now += timedelta(days=step["days"])
            with transaction(store):
                mind_drafts(store, clock())
        case "officers":
            officers_do(store, step["officers"], clock())
        case other:
            raise AssertionError(other)


def officers_do(store: Store, what: str, now: datetime) -> None:
    """Let the officers of village and township do something to the first report."""
    receipt = _receipt(store)["receipt"]
    village, township = find_officer(store, "马志远"), find_officer(store, "李玉梅")
    steps: dict[str, list[tuple[Officer, Details]]] = {
        "visit": [
            (village, Acknowledgement()),
            (village, HomeVisit(local_date(now), "属实", ("马志远", "王得福"))),
        ],
        "decline": [
            (village, DeclineProposal("家里有两辆货车")),
            (township, DeclineConfirmation("家里有两辆货车")),
        ],
    }
    with transaction(store):
        for officer, details in steps[what]:
            take_step(store, receipt, Act(details, officer, now), version=None)


def _receipt(store: Store) -> dict[str, str]:
    """Return number and code of the first receipt, where there is one."""
    row = next(store.db.query("SELECT id, receipt FROM cases ORDER BY rowid LIMIT 1"), None)
    return {"receipt": row["receipt"], "code": receipt_code(store, row["id"])} if row else {}


def newest_case(store: Store, now: datetime) -> dict[str, Any]:
    """Return what the newest case holds, as the county reads it."""
    receipt = next(store.db.query("SELECT receipt FROM cases ORDER BY rowid DESC LIMIT 1"))["receipt"]
    with transaction(store):
        reader = appoint_officer(store, "陈建国", [Grant(Role.COUNTY, COUNTY)], actor=Operator(), now=now)
        file = reveal_file(store, receipt, officer=reader, now=now)
    assert file.form is not None
    return {
        "householder": file.householder.name,
        "phone": file.householder.phone,
        "relation": file.form.relation.value,
        "files": len(file.form.attachments),
        "area_code": file.case.area_code,
        "urgent": file.case.urgent,
        "tasks": sorted(task.kind.value for task in open_tasks(store, file.case.id)),
        "links": len(links_of(store, file.case)),
        "late": file.case.entered_late,
        "living": store.db["case_areas"].count,
    }


@pytest.mark.parametrize(("name", "channel"), WALKS, ids=[f"{name}-{channel}" for name, channel in WALKS])
def test_a_scenario_comes_to_the_same_on_every_channel(
    open_hand: Open, stores: Stores, clock: Clock, now: datetime, name: str, channel: str
) -> None:
    scenario, store = SCENARIOS[name], stores.here()
    appoint(store, "李玉梅", Role.TOWNSHIP, TOWNSHIP, now)
    code = appoint(store, "马志远", Role.VILLAGE, VILLAGE, now)
    if "before" in scenario:
        walk(open_hand(on="terminal", chat="somebody else"), SCENARIOS[scenario["before"]], store, clock)
    hand = open_hand(off=scenario.get("off", False))
    if scenario.get("officer"):
        hand.start(code)
        hand.hears("村")
    walk(hand, scenario, store, clock)
    assert next(store.db.query("SELECT count(*) AS cases FROM cases"))["cases"] == scenario["cases"]
    calls = [row["reason"] for row in store.db.query("SELECT reason FROM calls ORDER BY number")]
    assert calls == scenario.get("calls", [])
    if "has" in scenario:
        found = newest_case(store, now)
        assert {key: found[key] for key in scenario["has"]} == scenario["has"]
    if "gone" in scenario:
        assert scenario["gone"] not in hand.shows()
