"""Counties to photograph, each served by a process of its own: the invented one, and one where nothing happened yet."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx

from app.demo.cast import let_in
from cases.actions.appoint_officer import appoint_officer
from cases.actors import Grant, Operator, Role
from storage.database import open_store, transaction
from storage.keys import load_or_create_key
from tests.e2e.house import ROOT, free_port

_PATIENCE: Final = 1800
_COUNTY: Final = "620422"
_BANGFU: Final = str(Path(sys.executable).with_name("bangfu"))


@contextmanager
def invented_county(folder: Path) -> Iterator[str]:
    """Fill *folder* with the county of ``bangfu demo``, its documents published, and serve it; yield its address."""
    _run(["demo", "--fill-only", "--data", str(folder)])
    config = ["--config", str(folder / "config.toml"), "--data", str(folder)]
    _run([*config, "ingest", str(ROOT / "app" / "demo" / "documents"), "--public", "--as", "1"])
    with _served(["demo", "--data", str(folder)]) as address:
        yield address


@contextmanager
def fresh_county(folder: Path) -> Iterator[str]:
    """Make a county without cases in *folder*, with one officer who is number 1, and serve it; yield its address."""
    folder.mkdir(parents=True)
    now = datetime.now(UTC)
    store = open_store(folder, load_or_create_key(folder, None))
    grants = [Grant(role, _COUNTY) for role in (Role.COUNTY, Role.ADMIN)]
    with transaction(store):
        officer = appoint_officer(store, "高建军", grants, actor=Operator(), now=now)
    let_in(store, folder, [officer], now=now)
    config = folder / "config.toml"
    config.write_text(f'area = "甘肃省/白银市/会宁县"\n[knowledge]\nmodels_dir = "{ROOT / "build" / "models"}"\n')
    with _served(["up", "--config", str(config), "--data", str(folder)]) as address:
        yield address


def _run(words: Sequence[str]) -> None:
    subprocess.run([_BANGFU, "--quiet", *words], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def _served(words: Sequence[str]) -> Iterator[str]:
    port = free_port()
    command = [_BANGFU, *words, "--port", str(port), "--quiet"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(f"{address}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"{address} did not open")
