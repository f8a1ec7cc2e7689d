"""The invented county is whole, and stays apart from real data."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.demo.cast import cast, password_of
from app.demo.demo import CONFIG_NAME, fill
from app.demo.households import CHANNEL
from app.demo.life import Story
from app.main import main
from bot.wording import word
from cases.actors import Role
from cases.officers import all_officers
from cases.states import State
from knowledge.documents import load_documents
from settings.load import load_settings
from storage import outbox
from storage.areas import gazetteer_of
from storage.database import FILE_NAME, open_store
from storage.keys import load_or_create_key
from storage.store import Store
from storage.verification import verify_file
from web.officers.passwords import is_password

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(bundled: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a county with fewer cases and days than people see."""
    folder = tmp_path_factory.mktemp("county") / "demo"
    shutil.copytree(bundled, folder)
    fill(folder, root / "build" / "models", Story(NOW, cases=30, seed=7, days=60), quiet=True)
    return folder


@pytest.fixture
def store(folder: Path) -> Store:
    return open_store(folder, load_or_create_key(folder, None))


def test_the_county_has_officers_of_every_role_and_cases_on_their_way(store: Store) -> None:
    roles = {grant.role for officer in all_officers(store) for grant in officer.grants}
    assert roles == set(Role) - {Role.REPORTER, Role.SYSTEM}
    states = Counter(row["state"] for row in store.db.query("SELECT state FROM cases"))
    assert sum(states.values()) == 30
    assert states[State.MONITORED] > 0
    assert len(states) >= 4


def test_its_areas_its_documents_and_its_questions_are_there(store: Store) -> None:
    assert gazetteer_of(store).by_path("甘肃省/示范市/青禾县/柳湾镇/上柳村") is not None
    assert {document.area for document in load_documents(store)} == {"629901"}
    assert next(store.db.query("SELECT count(*) AS n FROM answers_given"))["n"] > 20


def test_what_its_people_are_told_can_be_said_and_names_places_of_the_county(store: Store) -> None:
    chats = [outbox.for_chat(store, channel=CHANNEL, chat=f"demo-{number}") for number in range(1, 31)]
    told = [item for chat in chats for item in chat if item.kind == "notice.received"]
    assert told
    registers = {word(item.kind, item.params, personal_data=True).text.split("这是")[1][:3] for item in told}
    assert registers <= {"柳湾镇", "红崖镇", "清水塬", "南岭乡"}


def test_its_audit_trail_is_whole(folder: Path) -> None:
    assert not verify_file(folder / FILE_NAME, [], []).findings


def test_its_own_configuration_opens_it(folder: Path) -> None:
    assert load_settings(folder / CONFIG_NAME, None).area == "甘肃省/示范市/青禾县"


def test_one_officer_of_each_role_can_sign_in_at_the_console(store: Store, folder: Path) -> None:
    shown = cast(all_officers(store))
    assert set(shown) >= {Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY, Role.INSPECTOR}
    assert all(is_password(store, officer.id, password_of(folder)) for officer in shown.values())


def test_a_folder_with_other_data_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    result = CliRunner().invoke(main, ["demo", "--fill-only", "--data", str(tmp_path)])
    assert result.exit_code == 1
    assert "已经有别的东西" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
