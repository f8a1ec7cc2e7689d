"""The console while a draft is rehearsed in the same process: ``python -m bench.rehearsing [--write-docs]``.

The bundled knowledge in a fresh data folder (or ``--data``, a folder that has its index); a draft is held against the
golden questions in the background, and pages are opened meanwhile, beside the same pages with nothing going on. It is
stopped after ``QUESTIONS`` of them, as an officer may: how long that takes is told too.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from starlette.testclient import TestClient

from app.evaluation.quality_page import write_between
from app.evaluation.rehearsing import GoldenExamination
from bench.desk import DOCS, ROOT
from bot import wording
from bot.worker import Workers
from knowledge.entries import bundled_entry
from knowledge.entry_drafts import Written, load_draft, open_draft
from knowledge.knowledge import Knowledge
from settings.load import load_settings
from storage.database import transaction
from storage.keys import load_or_create_key
from storage.stores import Stores
from tests.cases.conftest import set_up
from web.app import build_app
from web.knowledge_desk.drafts import begin_rehearsing
from web.officers.sessions import COOKIE, open_session
from web.site import Knowing, Site

PAGES: Final = {"今天": "/desk", "队列": "/desk/queue", "问答": "/desk/knowledge/entries"}
QUESTIONS: Final = 100
LOOKS: Final = 15
_EDITED: Final = "three-kinds"


def main() -> int:
    """Measure, print, and write it down where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if options.data is not None:
            shutil.copytree(options.data, data)
        body = "\n".join(_measured(data))
    print(body)
    if options.write_docs:
        write_between("bench rehearsing", [body], page=DOCS)
    return 0


def _measured(data: Path) -> list[str]:
    settings = load_settings(ROOT / "config.toml", data, environ={})
    data.mkdir(exist_ok=True)
    stores, now = Stores(data, load_or_create_key(data, None)), datetime.now(UTC)
    store, knowledge = stores.here(), Knowledge(settings)
    knowledge.refresh(store, now=now)
    desk = set_up(store, now)
    workers = Workers(stores.here, None, {}, clock=lambda: now)  # type: ignore[arg-type] # nobody talks here
    knowing = Knowing(knowledge, GoldenExamination(settings))
    app = build_app(settings, stores.here, workers, wording.word, clock=lambda: datetime.now(UTC), knowing=knowing)
    entry = bundled_entry(_EDITED)
    assert entry is not None
    written = Written(replace(entry, variants=entry.variants[1:]))
    with transaction(store):
        number = open_draft(store, written, officer=desk.county.id, now=now)
        token = open_session(store, desk.county, device="bench", now=now)
    site: Site = app.state.site
    with TestClient(app) as browser:
        browser.cookies.set(COOKIE, token, domain="testserver.local", path="/desk")
        idle = _times(browser)
        begin_rehearsing(site, load_draft(store, number))
        _wait(site, number, 1)
        began = time.perf_counter()
        busy = _times(browser)
        asked = _wait(site, number, QUESTIONS)
        pace = asked / (time.perf_counter() - began)
        site.background.stop(f"draft:{number}")
        stopping = time.perf_counter()
        while (job := site.background.job(f"draft:{number}")) is not None and job.under_way:
            time.sleep(0.01)
        stopped = time.perf_counter() - stopping
    lines = [
        f"命令 `python -m bench.rehearsing --write-docs`，每页看 {LOOKS} 次取中位数；机器是共用的，看倍数。",
        "",
        "| 页 | 平时，毫秒 | 正在查评测题，毫秒 |",
        "|---|---:|---:|",
        *(f"| {name} | {idle[name]:.0f} | {busy[name]:.0f} |" for name in PAGES),
    ]
    return [*lines, "", f"每秒问 {pace:.1f} 道（每道问两遍）；按“不查了”以后 {stopped:.1f} 秒停下。"]


def _times(browser: TestClient) -> dict[str, float]:
    found = {}
    for name, path in PAGES.items():
        taken = []
        for _ in range(LOOKS):
            start = time.perf_counter()
            answer = browser.get(path)
            taken.append(time.perf_counter() - start)
            assert answer.url.path == path, "the officer is signed in"
        found[name] = median(taken) * 1000
    return found


def _wait(site: Site, number: int, done: int) -> int:
    """Wait until so many questions were asked and return how many were."""
    while True:
        job = site.background.job(f"draft:{number}")
        assert job is not None
        assert job.stage != "failed", "the log tells why"
        if job.done >= done or not job.under_way:
            return job.done
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
