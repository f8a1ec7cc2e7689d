"""The knowledge desk over the bundled knowledge: a county's officers, the real conversation, a few golden questions."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from app.evaluation.rehearsing import GoldenExamination
from bot.conversation.conversation import Conversation
from bot.worker import Workers
from cases.actors import Role
from knowledge.embedder import Embedder, load_embedder
from knowledge.knowledge import Knowledge
from settings.load import load_settings
from settings.schema import Settings
from storage.areas import gazetteer_of
from storage.keys import load_or_create_key
from storage.stores import Stores
from tests.cases.conftest import COUNTY, Desk, appoint, set_up
from tests.web.conftest import Clock, word
from tests.web.officers.clerk import Clerk
from web.app import build_app
from web.site import Knowing
from web.villagers.turns import to_turn

_PATIENCE = 120
_GOLDEN = (
    ("three", "监测对象有哪几类", ["three-kinds"]),
    ("college", "娃上大学交不起学费咋办", ["cannot-afford-college"]),
)


@pytest.fixture(scope="session")
def model(root: Path) -> Embedder:
    """Return the built-in embedding model, read once."""
    return load_embedder(load_settings(root / "config.toml", environ={}))


@pytest.fixture
def settings(indexed: Path, root: Path) -> Settings:
    """Return settings over a copy of the bundled knowledge, in a county, that take files of up to a megabyte."""
    settings = load_settings(root / "config.toml", indexed, environ={})
    web = settings.web.model_copy(update={"wait_seconds": 20.0})
    ingest = settings.ingest.model_copy(update={"max_megabytes": 1})
    return settings.model_copy(update={"area": "甘肃省/白银市/会宁县", "web": web, "ingest": ingest})


@pytest.fixture
def key(indexed: Path) -> bytes:
    """Return the key of that folder."""
    return load_or_create_key(indexed, None)


@pytest.fixture
def knowledge(settings: Settings, model: Embedder) -> Knowledge:
    """Return the room that answers."""
    knowledge = Knowledge(settings)
    knowledge.embedder = model
    return knowledge


@pytest.fixture
def examination(settings: Settings, tmp_path: Path) -> GoldenExamination:
    """Return what asks a handful of golden questions."""
    folder = tmp_path / "golden"
    folder.mkdir()
    lines = [
        json.dumps({"id": id_, "family": "few", "question": text, "expect": {"kind": ["answer"], "entries": entries}})
        for id_, text, entries in _GOLDEN
    ]
    (folder / "few.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return GoldenExamination(settings, folder)


@pytest.fixture
def app(
    settings: Settings, stores: Stores, knowledge: Knowledge, examination: GoldenExamination, clock: Clock
) -> Iterator[Starlette]:
    """Return the running application with the real conversation."""
    conversation = Conversation(settings, knowledge, gazetteer_of(stores.here()))
    workers = Workers(stores.here, conversation, {"web": to_turn}, clock=clock)
    app = build_app(settings, stores.here, workers, word, clock=clock, knowing=Knowing(knowledge, examination))
    workers.start()
    yield app
    workers.stop()


@pytest.fixture
def desk(stores: Stores, clock: Clock) -> Desk:
    """Return the county's officers, and its administrator."""
    desk = set_up(stores.here(), clock.now)
    appoint(desk.store, clock.now, "高建军", (Role.ADMIN, COUNTY))
    return desk


@pytest.fixture
def clerk(app: Starlette, desk: Desk, clock: Clock) -> Callable[[str], Clerk]:
    """Return a maker of officers at the console, by what the desk calls them."""
    return lambda who: Clerk(app).sign_in(desk.store, desk.officer(who), now=clock.now)


@pytest.fixture
def county(clerk: Callable[[str], Clerk]) -> Clerk:
    """Return the county's officer at the console."""
    return clerk("county")


def work_done(app: Starlette, key: str) -> None:
    """Wait until what the desk does in the background under *key* has ended well."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        job = app.state.site.background.job(key)
        assert job is not None, f"{key} was never begun"
        if not job.under_way:
            assert job.stage == "done", f"{key} failed"
            return
        time.sleep(0.05)
    raise AssertionError(f"{key} takes too long")
