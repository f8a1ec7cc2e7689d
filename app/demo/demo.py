"""Fill a data folder with the invented county: knowledge, documents, officers, cases, questions."""

from __future__ import annotations

import json
import lzma
from importlib import resources
from pathlib import Path
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
from knowledge.knowledge import Knowledge
from places.extract import write_areas
from storage.areas import areas_folder, gazetteer_of

CONFIG_NAME: Final = "config.toml"


def fill(folder: Path, models: Path, story: Story, *, quiet: bool = False) -> list[Officer]:
    """Fill *folder* and return the county's officers. *models* is the folder of embedding models.

    The folder also gets the configuration under which it works: ``bangfu --config FOLDER/config.toml ...``.
    """
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    context = Context(_write_config(folder, models), folder, quiet)
    _write_areas(folder)
    store = context.open_store()
    with progress_bar("青禾县的四个月", quiet=quiet) as show:
        workflow = load_workflow(context.settings.cases.workflow)
        officers = live(store, workflow, story, progress=show)
    let_in(store, folder, officers, now=story.now)
    with resources.as_file(resources.files("app.demo").joinpath("documents")) as documents:
        ingest(store, [documents], context.settings.ingest, Placer(gazetteer_of(store)), now=story.now)
    knowledge = Knowledge(context.settings)
    with progress_bar("建立索引", quiet=quiet) as show:
        knowledge.refresh(store, now=story.now, progress=show)
    with progress_bar("村民的提问", quiet=quiet) as show:
        ask_all(store, open_conversation(context, knowledge), now=story.now, progress=show)
    return officers


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
