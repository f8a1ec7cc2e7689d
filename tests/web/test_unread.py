"""What nobody came to read becomes a person's task, and can still be read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage import outbox
from storage.database import transaction
from storage.outbox import OutboxItem
from storage.store import Store
from storage.stores import Stores
from tests.web.conftest import Clock, Parrot
from tests.web.villager import Villager
from web.villagers.unread import hand_over_unread

AFTER = timedelta(days=3)


def tell(store: Store, chat: str, said: str, now: datetime, *, notice: bool, case_id: str | None = None) -> None:
    """Put one message into a chat's line."""
    with transaction(store):
        outbox.put(
            store,
            channel="web",
            chat=chat,
            kind="echo",
            params={"said": said},
            notice=notice,
            case_id=case_id,
            now=now,
        )


def hand_over(store: Store, now: datetime) -> list[str]:
    """Hand over all that is unread, as the clock does, and return the cases that a person must tell about."""
    asked: list[str] = []

    def ask(_store: Store, item: OutboxItem, _now: datetime) -> None:
        asked.append(item.case_id or "")

    done = 1
    while done:
        with transaction(store):
            done = hand_over_unread(store, now=now, after=AFTER, undeliverable=ask)
    return asked


def test_only_old_notices_about_cases_become_tasks(store: Store, now: datetime) -> None:
    tell(store, "gone", "答", now, notice=False)
    tell(store, "gone", "来看过了", now, notice=True, case_id="case-1")
    tell(store, "gone", "县上定了", now + timedelta(days=2), notice=True, case_id="case-1")
    tell(store, "other", "收到了", now + timedelta(days=1), notice=True, case_id="case-2")

    assert hand_over(store, now + AFTER) == []
    assert hand_over(store, now + AFTER + timedelta(seconds=1)) == ["case-1"]
    assert hand_over(store, now + timedelta(days=9)) == ["case-1", "case-2"]
    assert hand_over(store, now + timedelta(days=99)) == []


def test_what_was_read_in_time_is_nobodys_task(
    villager: Villager, parrot: Parrot, stores: Stores, clock: Clock
) -> None:
    villager.say("你好")
    tell(stores.here(), parrot.heard[0].chat, "来看过了", clock(), notice=True, case_id="case-1")
    villager.open("/")

    assert hand_over(stores.here(), clock() + timedelta(days=99)) == []


def test_who_comes_late_still_reads_it(villager: Villager, parrot: Parrot, stores: Stores, clock: Clock) -> None:
    villager.say("你好")
    tell(stores.here(), parrot.heard[0].chat, "来看过了", clock(), notice=True, case_id="case-1")
    clock.now += timedelta(days=9)
    assert hand_over(stores.here(), clock()) == ["case-1"]

    villager.open("/")
    assert villager.bubbles()[-1] == ("theirs", "您说：来看过了")


def test_it_runs_inside_a_transaction(store: Store, now: datetime) -> None:
    tell(store, "gone", "来看过了", now, notice=True, case_id="case-1")

    def fail(_store: Store, _item: OutboxItem, _now: datetime) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction(store):
        hand_over_unread(store, now=now + timedelta(days=9), after=AFTER, undeliverable=fail)

    assert hand_over(store, now + timedelta(days=9)) == ["case-1"]
