"""The process is killed in the middle of a submission and started again: nothing is lost, nothing doubled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.e2e.house import House
from tests.e2e.launch import COMMITTED, DEATHS, SENT
from tests.e2e.reporting import CONSENT, receipts, up_to_consent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> Iterator[House]:
    """Return a serving house; each test leaves it serving."""
    folder = tmp_path_factory.mktemp("house")
    with BotApi() as api, House(folder, api, shutil.copytree(bundled, folder / "data")).start() as house:
        yield house


def count(house: House, table: str, where: str = "1") -> int:
    return int(house.look().db.execute(f"SELECT COUNT(*) FROM {table} WHERE {where}").fetchone()[0])


@pytest.mark.parametrize(("digit", "death"), list(enumerate(DEATHS)))
def test_a_submission_survives_sigkill(house: House, death: str, digit: int) -> None:
    villager = house.api.person(f"王秀{'英兰芳珍'[digit]}")
    up_to_consent(villager, f"1391234567{digit}")
    before = count(house, "cases")
    house.plan_death(death)
    villager.taps(CONSENT)
    house.wait_for_death()
    assert count(house, "cases") - before == (death in (COMMITTED, SENT))

    villager.says("我的进度")
    house.start()
    villager.hears("您的编号")
    villager.hears("已经收到")

    assert len(receipts(villager)) == (2 if death == SENT else 1)
    assert len(set(receipts(villager))) == 1
    assert count(house, "cases") - before == 1
    assert count(house, "inbox", "done_at IS NULL") == 0
    assert count(house, "inbox", "failed_at IS NOT NULL") == 0
    assert count(house, "outbox", "given_up_at IS NOT NULL") == 0


def test_the_form_is_where_it_was_after_sigkill_between_two_turns(house: House) -> None:
    villager = house.api.person("赵秀琴")
    up_to_consent(villager, "13912345679")
    house.kill()
    house.start()
    villager.taps(CONSENT)
    villager.hears("您的编号")
    assert len(receipts(villager)) == 1
