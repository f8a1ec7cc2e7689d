"""The doctor names what is missing, and is content when nothing is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.main import main
from bot.conditions import House, conditions
from cases.actions.appoint_officer import appoint_officer, issue_link
from cases.actions.bind_officer import bind_officer
from cases.actors import Grant, Operator, Reporter, Role
from settings.schema import Settings
from storage import audit
from storage.database import transaction
from storage.heads import sign_head
from storage.keys import load_or_create_key, load_or_create_signer
from storage.rekeying import admit_new_key
from storage.store import Store
from storage.vault import new_key


def faults(house: House) -> set[str]:
    """Return the names of what is not as it should be."""
    return {one.name for one in conditions(house) if not one.good}


@pytest.fixture
def house(settings: Settings, store: Store, now: datetime) -> House:
    """Return an empty house as shipped."""
    return House(store, settings, now)


def test_an_empty_house_lacks_people_numbers_index_and_backup(house: House) -> None:
    assert {"备份", "政策知识的索引", "对外网址", "本地电话", "工作人员", "专线", "急事有人应"} <= faults(house)
    assert all(one.remedy for one in conditions(house) if not one.good)


def test_what_was_put_right_is_no_longer_named(house: House, settings: Settings, now: datetime) -> None:
    signer = load_or_create_signer(house.store.data_dir, None)
    roles = (
        (Role.VILLAGE, "620422100203"), (Role.WORK_TEAM, "620422100203"), (Role.GRID_WORKER, "620422100203"),
        (Role.TOWNSHIP, "620422100"), (Role.COUNTY, "620422"), (Role.PROTECTION, "620422100"),
        (Role.CHILD_WORKER, "620422100"), (Role.DISCIPLINE, "620422"),
    )  # fmt: skip
    with transaction(house.store):
        for number, (role, scope) in enumerate(roles):
            officer = appoint_officer(house.store, f"干部{number}", [Grant(role, scope)], actor=Operator(), now=now)
        code = issue_link(house.store, officer, actor=Operator(), now=now)
        bind_officer(house.store, code, actor=Reporter("telegram", "1"), now=now)
        audit.append(house.store, actor="operator", event="backup.made", subject="backup", now=now)
        sign_head(house.store, signer, now=now)
    contacts = dict.fromkeys(type(settings.contacts).model_fields, "0943-1000000")
    filled = settings.model_copy(
        update={
            "contacts": settings.contacts.model_copy(update=contacts),
            "web": settings.web.model_copy(update={"public_address": "https://bangfu.example.gov.cn"}),
        }
    )
    assert faults(House(house.store, filled, now)) <= {"政策知识的索引", "密钥", "磁盘"}


def test_a_change_of_keys_left_half_done_is_named(tmp_path: Path, settings: Settings, now: datetime) -> None:
    master, fresh = load_or_create_key(tmp_path, None), new_key()
    admit_new_key(tmp_path, master, fresh, now=now)
    done = CliRunner().invoke(main, ["doctor", "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "换密钥换到一半" in done.stdout
    assert "bangfu rekey" in done.stdout
    assert "Traceback" not in done.output
