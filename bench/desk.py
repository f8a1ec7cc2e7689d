"""The console under load: ``python -m bench.desk [--cases 100000] [--write-docs]``.

A county of that many cases in a fresh data folder; each page is opened as its officer would, and its time stands
beside the same page with a hundred cases. Then the weight of each page, and how many taps each step of the main
path takes from the list: one to open the case, one for each form, one to send it, and the fields that must be
filled and are not filled already.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final

from starlette.testclient import TestClient

from app.evaluation.quality_page import write_between
from bot import wording
from bot.wording.cases import event_label
from bot.worker import Workers
from cases.actors import Officer
from cases.details.describing import WrittenType, written_fields
from cases.workflow import load_workflow
from settings.load import load_settings
from storage.database import transaction
from storage.store import Store
from storage.stores import Stores
from storage.vault import new_key
from tests.cases.conftest import WALK, Desk, set_up
from web.app import build_app
from web.officers.sessions import COOKIE, open_session

ROOT: Final = Path(__file__).parent.parent
NOW: Final = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
FEW: Final = 100
LOOKS: Final = 7
DOCS: Final = ROOT / "docs" / "pages.md"
PAGES: Final = {
    "今天": "/desk",
    "队列": "/desk/queue",
    "队列最后一页": "/desk/queue?page=999999",
    "队列：等我办": "/desk/queue?waiting=1",
    "队列：超期": "/desk/queue?due=overdue",
    "队列：一个环节": "/desk/queue?state=submitted",
    "地方": "/desk/areas",
    "有没有变化（自动问）": "/desk/changes?since=2026-03-10T02:00:00.000000%2B00:00",
    "起草公示": "/desk/notices/new",
}
_WHO: Final = {"village": "村", "township": "乡镇", "county": "县"}
# A case like the first one, with a number, place and limit of its own, in one of three states.
_CLONE: Final = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :cases)
    INSERT INTO cases (id, receipt, submission_id, state, version, active, urgent, area_code, assignee, due_on,
        due_provisional, workflow, workflow_version, applied_on, created_at, changed_at)
    SELECT printf('%032x', i), printf('%011d', i), printf('s%d', i),
        CASE i % 3 WHEN 0 THEN 'submitted' WHEN 1 THEN 'acknowledged' ELSE 'under_verification' END,
        1, 1, i % 50 = 0, printf('620422%03d%03d', 101 + i % 20, 201 + i % 12), NULL,
        date('2026-03-01', printf('+%d days', i % 40)), 0, workflow, workflow_version, applied_on, created_at,
        '2026-03-01T00:00:00.000000+00:00'
    FROM cases, n WHERE cases.id = :first
"""


def main() -> int:
    """Measure, print, and write it down where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    body = "\n\n".join((_pages(options.cases), _once(), _taps()))
    print(body)
    if options.write_docs:
        write_between("bench desk", [body], page=DOCS)
    return 0


def _pages(cases: int) -> str:
    few, _ = measure(FEW)
    many, weights = measure(cases)
    lines = [
        f"命令 `python -m bench.desk --write-docs`，每页看 {LOOKS} 次取中位数，县级账号；机器是共用的，看倍数。",
        "",
        f"| 页 | {FEW:,} 件，毫秒 | {cases:,} 件，毫秒 | 倍数 | 页重 kB | 传输 kB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, path in PAGES.items():
        plain, sent = weights[path]
        ratio = many[path] / few[path]
        lines.append(f"| {name} | {few[path]:.0f} | {many[path]:.0f} | {ratio:.1f} | {plain:.0f} | {sent:.0f} |")
    return "\n".join(lines)


def _once() -> str:
    """Return the weight of what a browser fetches once and keeps."""
    lines = ["| 只取一次的文件 | kB | 传输 kB |", "|---|---:|---:|"]
    for name in ("desk.css", "desk.js", "htmx.min.js"):
        content = (ROOT / "web" / "static" / name).read_bytes()
        lines.append(f"| {name} | {len(content) / 1000:.0f} | {len(gzip.compress(content)) / 1000:.0f} |")
    return "\n".join(lines)


def measure(cases: int) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Return the median milliseconds of each page over that many cases, and its weight plain and as it is sent."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(ROOT / "config.toml", Path(folder), environ={})
        stores = Stores(settings.data_path, new_key())
        store = stores.here()
        desk = set_up(store, NOW)
        fill(desk, cases)
        workers = Workers(stores.here, None, {}, clock=lambda: NOW)  # type: ignore[arg-type] # nobody talks here
        app = build_app(settings, stores.here, workers, wording.word, clock=lambda: NOW + timedelta(days=20))
        seconds: dict[str, float] = {}
        weights: dict[str, tuple[float, float]] = {}
        with TestClient(app) as browser:
            browser.cookies.set(COOKIE, token(store, desk.county), domain="testserver.local", path="/desk")
            for path in PAGES.values():
                taken = []
                for _ in range(LOOKS):
                    start = time.perf_counter()
                    answer = browser.get(path)
                    taken.append(time.perf_counter() - start)
                    assert answer.status_code == 200, (path, answer.status_code)
                seconds[path] = median(taken) * 1000
                weights[path] = len(answer.content) / 1000, len(gzip.compress(answer.content, 6)) / 1000
        store.db.close()
        return seconds, weights


def fill(desk: Desk, cases: int) -> None:
    """Put that many cases into the queue of the county."""
    first = desk.submit()
    with transaction(desk.store):
        desk.store.db.execute(_CLONE, {"cases": cases, "first": first.id})


def token(store: Store, officer: Officer) -> str:
    """Return the token of a session."""
    with transaction(store):
        return open_session(store, officer, device="bench", now=NOW + timedelta(days=20))


def _taps() -> str:
    """Return the taps of each step of the main path."""
    workflow = load_workflow("gansu-2023")
    lines = ["| 主路上的一步 | 谁 | 点几下 | 要填几项 |", "|---|---|---:|---:|"]
    for _, who, details in WALK:
        required = workflow.events[details.event].required
        dated = {field.name for field in written_fields(details.event) if field.type is WrittenType.DATE}
        to_fill = [name for name in required if name not in dated]
        taps = 1 + (1 if not required else 2) + len(to_fill)
        lines.append(f"| {event_label(details.event)} | {_WHO[who]} | {taps} | {len(to_fill)} |")
    return "\n".join([*lines, "", "成批办的一步，一整页队列点 3 下。"])


if __name__ == "__main__":
    sys.exit(main())
