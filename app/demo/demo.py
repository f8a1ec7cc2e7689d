"""Fill a data folder with the invented county: knowledge, documents, officers, cases, questions."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from datetime import datetime
from importlib import resources
from pathlib import Path
from threading import Event
from typing import Final

from app.context import Context
from app.conversing import open_conversation
from app.demo.cast import let_in
from app.demo.county import PATH, PROVINCE, areas
from app.demo.life import Story, live
from app.demo.questions import ask_all
from app.progress import progress_bar
from cases.actors import Officer
from cases.workflow import load_workflow
from ingest.placing import Placer
from ingest.run import ingest
from knowledge.indexing import Progress
from knowledge.knowledge import Knowledge
from places.extract import write_areas
from storage.areas import areas_folder, gazetteer_of

CONFIG_NAME: Final = "config.toml"
_LOOK: Final = 0.2


class _GivenUpError(Exception):
    """The county is not wanted any more."""


def fill(folder: Path, models: Path, story: Story, *, quiet: bool = False) -> list[Officer]:
    """Fill *folder* and return the county's officers. *models* is the folder of embedding models.

    What it knows is indexed while its people live: that keeps one core busy, they the other. The folder also gets the
    configuration under which it works: ``bangfu --config FOLDER/config.toml ...``.

    Raises:
        ModelMissingError: If there is no embedding model.
    """
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    context = Context(_write_config(folder, models), folder, quiet)
    _write_areas(folder)
    store = context.open_store()
    knowledge = Knowledge(context.settings)
    with _learning(context, knowledge, story.now) as learnt:
        with progress_bar("青禾县的四个月", quiet=quiet) as show:
            workflow = load_workflow(context.settings.cases.workflow)
            officers = live(store, workflow, story, progress=show)
        let_in(store, folder, officers, now=story.now)
        with progress_bar("建立索引", quiet=quiet) as show:
            learnt(show)
    with progress_bar("村民的提问", quiet=quiet) as show:
        ask_all(store, open_conversation(context, knowledge), now=story.now, progress=show)
    return officers


@contextmanager
def _learning(context: Context, knowledge: Knowledge, now: datetime) -> Iterator[Callable[[Progress], None]]:
    """Take in and index the county's documents beside the block; yield what waits until that is done."""
    _ = knowledge.embedder  # said at once where it is missing
    state = {"done": 0, "total": 1}
    given_up = Event()

    def note(done: int, total: int) -> None:
        state.update(done=done, total=total)
        if given_up.is_set():
            raise _GivenUpError

    def learn() -> None:
        store = context.open_store()
        with resources.as_file(resources.files("app.demo").joinpath("documents")) as documents:
            ingest(store, [documents], context.settings.ingest, Placer(gazetteer_of(store)), now=now)
        knowledge.refresh(store, now=now, progress=note)

    with ThreadPoolExecutor(1) as aside:
        learning = aside.submit(learn)

        def wait(show: Progress) -> None:
            while not wait_for([learning], timeout=_LOOK).done:
                show(state["done"], state["total"])
            learning.result()
            show(state["total"], state["total"])

        try:
            yield wait
        finally:
            given_up.set()


def _write_areas(folder: Path) -> None:
    target = areas_folder(folder)
    target.mkdir()
    names = {PROVINCE: "甘肃省"} | areas()
    (target / "demo.txt.xz").write_bytes(lzma.compress(write_areas(names).encode()))


def _write_config(folder: Path, models: Path) -> Path:
    config = folder / CONFIG_NAME
    lines = (
        "# 演示县的配置，由 bangfu demo 写成。这个县不存在，人和事都是编的。",
        f"area = {_quoted(PATH)}",
        'data_dir = "."',
        "[channels.telegram]",
        'personal_data = "full"',
        "[knowledge]",
        f"models_dir = {_quoted(str(models))}",
        "[log]",
        'level = "error"',
    )
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return config


def _quoted(text: str) -> str:
    """Return *text* as a TOML string: JSON's are among them."""
    return json.dumps(text, ensure_ascii=False)
