"""The container's own lines, run as an ordinary user in an empty folder: what `docker build` and `docker run` do.

Where no container can be built, this is the proof that the two commands of the README work on a fresh machine.
The service runs without any network but the loopback, so it also proves that nothing is fetched at run time.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

NOBODY = 65534
DROPPED = {"VIRTUAL_ENV", "PYTHONPATH"}
# Brings the loopback up in a fresh network namespace, then becomes the command.
LOOPBACK = (
    "import fcntl, os, socket, struct, sys; s = socket.socket();"
    " fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 0x1 | 0x40)); s.close(); os.execvp(sys.argv[1], sys.argv[1:])"
)


@dataclass(frozen=True)
class Container:
    """A folder that stands for the image, and how to run a line of the Dockerfile in it."""

    folder: Path
    is_root: bool

    def command(self, line: str, *, cut_off: bool) -> list[str]:
        shell = ["sh", "-c", line]
        if not self.is_root:
            return shell
        become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *shell]
        return ["unshare", "--net", sys.executable, "-c", LOOPBACK, *become] if cut_off else become

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in DROPPED}  # noqa: TID251 - handed on to the commands
        return kept | {"HOME": str(self.folder.parent), "PATH": "/usr/local/bin:/usr/bin:/bin"}


def instructions(root: Path) -> list[tuple[str, str]]:
    text = (root / "Dockerfile").read_text().replace("\\\n", " ")
    return [(m[1], m[2]) for m in re.finditer(r"^([A-Z]+) (.+)$", text, re.MULTILINE)]


@pytest.fixture
def container(root: Path) -> Iterator[Container]:
    home = Path(tempfile.mkdtemp(prefix="bangfu-container-"))
    folder = home / "app"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.split("\0"):
        if name and (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    is_root = os.geteuid() == 0
    if is_root:
        for path in [home, *home.rglob("*")]:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    yield Container(folder, is_root)
    shutil.rmtree(home, ignore_errors=True)


def answers(container: Container, pid: int, check: str) -> bool:
    inside = ["nsenter", "--target", str(pid), "--net"] if container.is_root else []
    done = subprocess.run(
        [*inside, "sh", "-c", check], cwd=container.folder, env=container.environment, capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.mark.slow
def test_the_image_builds_and_serves_as_an_ordinary_user_without_a_network(root: Path, container: Container) -> None:
    lines = instructions(root)
    user = [name for name, _ in lines].index("USER")
    assert lines[user][1] != "root"
    for name, line in lines[user:]:
        if name == "RUN":
            subprocess.run(
                container.command(line, cut_off=False), cwd=container.folder, env=container.environment, check=True
            )
    (check,) = (line.partition("CMD ")[2] for name, line in lines if name == "HEALTHCHECK")
    (start,) = (line for name, line in lines if name == "CMD")
    service = subprocess.Popen(
        container.command(start, cut_off=True),
        cwd=container.folder,
        env=container.environment,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 180
        while not answers(container, service.pid, check):
            assert service.poll() is None, "the service ended by itself"
            assert time.monotonic() < deadline, "the health check never passed"
            time.sleep(1)
        ask = '.venv/bin/bangfu ask --quiet --data ../data "雨露计划一年补多少钱"'
        said = subprocess.run(
            container.command(ask, cut_off=True),
            cwd=container.folder,
            env=container.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        assert "3000" in said.stdout
    finally:
        os.killpg(service.pid, signal.SIGTERM)
        service.wait(timeout=60)
