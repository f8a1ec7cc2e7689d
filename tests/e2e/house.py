"""A whole bangfu on a data folder of its own, as processes: the command line, and the serving process."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx

from settings.schema import PersonalData
from storage.database import open_store
from storage.keys import load_or_create_key
from storage.store import Store
from tests.botapi import BotApi

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 300


class House:
    """Settings and data in *folder*, Telegram played by *api*. Use it as a context manager around ``start``."""

    def __init__(self, folder: Path, api: BotApi, data: Path, *, personal_data: PersonalData = "full") -> None:
        self.personal_data = personal_data
        self.folder = folder
        self.api = api
        self.data = data
        self.fate = folder / "fate"
        self.fate.mkdir()
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "up.log"
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "config.toml").write_text(self._config(), encoding="utf-8")

    def run(self, *words: str) -> str:
        """Run one command to its end and return what it printed; fail with its complaint when it fails."""
        done = subprocess.run(self._command(words), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, f"bangfu {' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> Self:
        """Start ``bangfu up`` and wait until its page answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._command(("up",)), cwd=ROOT, stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self._process.poll() is None, f"bangfu up ended:\n{self.log.read_text()}"
            try:
                if httpx.get(f"{self.address}/healthz").status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"bangfu up did not open its page:\n{self.log.read_text()}")

    def stop(self) -> int:
        """End the process politely and return its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(PATIENCE)

    def kill(self) -> None:
        """Kill the process as a power cut does."""
        assert self._process is not None
        self._process.kill()
        self.wait_for_death()

    def look(self) -> Store:
        """Return a store of one's own on the data folder, beside the serving process."""
        return open_store(self.data, load_or_create_key(self.data, None))

    def plan_death(self, point: str) -> None:
        """Let the process kill itself at *point* of ``launch``."""
        (self.fate / point).touch()

    def wait_for_death(self) -> None:
        """Wait until the process is dead, by SIGKILL and nothing else."""
        assert self._process is not None
        assert self._process.wait(PATIENCE) == -signal.SIGKILL, self.log.read_text()

    def move_clock(self, days: int) -> None:
        """Set the serving process's clock so many days ahead."""
        (self.fate / "days").write_text(str(days))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: Any) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _command(self, words: tuple[str, ...]) -> list[str]:
        options = ["--config", str(self.folder / "config.toml"), "--data", str(self.data)]
        secret = f"BANGFU_TELEGRAM_TOKEN={self.api.token}"
        return ["env", secret, sys.executable, "-m", "tests.e2e.launch", str(self.fate), *words, *options]

    def _config(self) -> str:
        return f"""
area = "甘肃省/白银市/会宁县"
[web]
port = {self.port}
public_address = "https://bangfu.example.org"
[channels.telegram]
base_url = "{self.api.base_url}"
base_file_url = "{self.api.base_file_url}"
poll_seconds = 2
personal_data = "{self.personal_data}"
[contacts]
township = "0943-3221234"
[knowledge]
models_dir = "{ROOT / "build" / "models"}"
[log]
format = "json"
"""


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
