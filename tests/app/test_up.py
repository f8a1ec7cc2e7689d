"""What ``bangfu up`` says before it serves: where, how to make the first officer, and what keeps it from starting."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from app.main import main
from app.serving import announced, serving_at

Up = Callable[..., Result]

_PATIENCE = 300


@pytest.fixture
def config(root: Path, tmp_path: Path) -> Path:
    """Return the shipped configuration with the model's true place."""
    text = (root / "config.toml").read_text(encoding="utf-8")
    file = tmp_path / "config.toml"
    file.write_text(text.replace('"build/models"', f'"{root / "build" / "models"}"'), encoding="utf-8")
    return file


@pytest.fixture
def up(config: Path, indexed: Path) -> Up:
    """Return a call that runs ``bangfu up`` on an indexed folder."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["up", *words, "--config", str(config), "--data", str(indexed)])

    return run


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def stop_when_it_answers(address: str, folder: Path, told: list[str | None]) -> threading.Thread:
    """End the serving process, which is this one, as soon as its page answers; note what others are told of it."""

    def wait() -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                httpx.get(f"{address}/healthz", timeout=60).raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.1)
        told.append(serving_at(folder))
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


@pytest.mark.slow
def test_it_tells_its_address_and_how_to_make_the_first_officer_and_ends_politely(up: Up, indexed: Path) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    told: list[str | None] = []
    stopping = stop_when_it_answers(address, indexed, told)
    result = up("--port", str(port))
    stopping.join()
    assert result.exit_code == 0, result.output
    assert f"村民网页：{address}/" in result.stdout
    assert "BANGFU_TELEGRAM_TOKEN" in result.stdout
    assert "bangfu officer add" in result.stdout
    assert (told, serving_at(indexed)) == ([address], None)


def test_an_officers_link_names_the_server_that_runs_or_says_which_it_assumes(config: Path, indexed: Path) -> None:
    at = ["--config", str(config), "--data", str(indexed)]
    area = "甘肃省/白银市/会宁县"
    with announced(indexed, "http://127.0.0.1:8765"):
        added = CliRunner().invoke(
            main, ["officer", "add", "--name", "陈建国", "--role", "county", "--area", area, *at]
        )
        with announced(indexed, "http://127.0.0.1:9999"):
            assert serving_at(indexed) == "http://127.0.0.1:8765"
    assert "http://127.0.0.1:8765/desk/start/" in added.stdout
    assert added.stderr == ""
    linked = CliRunner().invoke(main, ["officer", "link", "陈建国", *at])
    assert "http://127.0.0.1:8600/desk/start/" in linked.stdout
    assert "照配置写的" in linked.stderr


def test_a_port_in_use_ends_it_with_the_remedy(up: Up) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = up("--port", str(other.getsockname()[1]))
    assert result.exit_code == 1
    assert "换一个端口" in result.stderr


def test_an_unknown_workflow_ends_it_with_the_ones_there_are(up: Up, config: Path) -> None:
    config.write_text(config.read_text(encoding="utf-8").replace('"gansu-2023"', '"gansu-1999"'), encoding="utf-8")
    result = up("--port", "0")
    assert result.exit_code == 1
    assert "gansu-1999" in result.stderr
    assert "gansu-2023" in result.stderr


def test_a_missing_model_ends_it_with_the_remedy(up: Up, config: Path, root: Path) -> None:
    text = config.read_text(encoding="utf-8").replace(str(root / "build" / "models"), "nowhere")
    config.write_text(text, encoding="utf-8")
    result = up("--port", "0")
    assert result.exit_code == 1
    assert "make setup" in result.stderr
