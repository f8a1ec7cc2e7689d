"""Keeping up with folders: what changes is done again, and Ctrl-C breaks nothing off at the first time."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from app.watching import keep_up


def ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_it_is_done_once_the_watch_stands_and_again_after_each_change_until_ctrl_c(tmp_path: Path) -> None:
    done: list[list[str]] = []

    def again() -> None:
        done.append(sorted(path.name for path in tmp_path.iterdir()))
        if len(done) == 1:
            (tmp_path / ".~lock.通知.txt#").touch()  # litter starts nothing
            (tmp_path / "通知.txt").touch()
        else:
            ctrl_c()

    keep_up(again, [tmp_path])
    assert done == [[], [".~lock.通知.txt#", "通知.txt"]]


def test_what_runs_at_ctrl_c_is_finished_and_a_second_one_breaks_it_off(tmp_path: Path) -> None:
    steps: list[str] = []

    def patient() -> None:
        ctrl_c()
        steps.append("finished")

    keep_up(patient, [tmp_path])
    assert steps == ["finished"]

    def hurried() -> None:
        ctrl_c()
        ctrl_c()
        steps.append("never reached")

    with pytest.raises(KeyboardInterrupt):
        keep_up(hurried, [tmp_path])
    assert steps == ["finished"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
