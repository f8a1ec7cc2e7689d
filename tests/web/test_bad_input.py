"""Whatever is typed into the page is answered shortly, shown escaped, and kept nowhere in the clear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from bot.conversation.conversation import Conversation
from bot.wording import word
from bot.worker import Handler, Workers
from places.gazetteer import load_gazetteer
from settings.schema import Settings
from storage.stores import Stores
from tests.bad_input import BAD, LONGEST, MARK
from tests.web.conftest import Clock
from tests.web.test_continuation import Ignorance
from tests.web.villager import Villager
from web.app import build_app
from web.villagers.turns import to_turn


@pytest.fixture
def conversation(settings: Settings) -> Handler:
    """Return the real conversation."""
    return Conversation(settings, Ignorance(), load_gazetteer())


@pytest.fixture
def app(settings: Settings, stores: Stores, conversation: Handler, clock: Clock) -> Iterator[Starlette]:
    """Return the application with the real sentences; the real conversation may take its time."""
    settings = settings.model_copy(update={"web": settings.web.model_copy(update={"wait_seconds": 20.0})})
    workers = Workers(stores.here, conversation, {"web": to_turn}, clock=clock)
    app = build_app(settings, stores.here, workers, word, clock=clock)
    workers.start()
    yield app
    workers.stop()


@pytest.mark.parametrize("name", [name for name in BAD if name not in ("empty", "blank", "surrogate", "long")])
def test_what_is_typed_is_answered_shortly_shown_escaped_and_kept_sealed(
    name: str, visit: Callable[[], Villager], stores: Stores
) -> None:
    villager = visit()
    villager.open("/")
    with capture_logs() as logs:
        answered = villager.say(BAD[name])
    assert answered.status_code == 200
    theirs = [said for who, said in villager.bubbles() if who == "theirs"]
    assert theirs
    assert 0 < len(theirs[-1]) <= LONGEST
    assert MARK not in theirs[-1]
    for markup in ("<script>alert", "<img src=x", "\x1b", "\x00", 'href="javascript'):
        assert markup not in villager.html
    assert MARK not in str(logs)
    files = [path for path in Path(stores.here().data_dir).iterdir() if path.name.startswith("bangfu.db")]
    assert not [path for path in files if MARK.encode() in path.read_bytes()]


def test_what_is_longer_than_the_page_takes_is_refused_and_not_shown(
    visit: Callable[[], Villager], stores: Stores
) -> None:
    villager = visit()
    villager.open("/")
    assert villager.say(BAD["long"]).status_code == 400
    assert MARK not in villager.html
    assert next(stores.here().db.query("SELECT count(*) AS kept FROM inbox"))["kept"] == 0
