"""Work in the background: shown, failed with a number, stopped at the next step, begun again."""

from __future__ import annotations

import threading
import time

from web.background import Background, Show, Stage

_PATIENCE = 60


def ended(background: Background, key: str) -> Stage:
    """Wait until the work has ended and return how."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        job = background.job(key)
        assert job is not None
        if not job.under_way:
            return job.stage
        time.sleep(0.01)
    raise AssertionError("it does not end")


def test_work_is_stopped_at_its_next_step_and_may_be_begun_again() -> None:
    background, stepped, go_on = Background(), threading.Event(), threading.Event()
    steps: list[int] = []

    def work(show: Show) -> None:
        for number in range(3):
            show(number, 3, number)
            steps.append(number)
            stepped.set()
            go_on.wait(_PATIENCE)

    background.start("draft:1", work)
    assert stepped.wait(_PATIENCE)
    job = background.job("draft:1")
    assert job is not None
    assert (job.stage, job.percent) == (Stage.RUNNING, 0)
    background.start("draft:1", work)
    background.stop("draft:1")
    go_on.set()
    assert ended(background, "draft:1") is Stage.STOPPED
    assert steps == [0]
    background.start("draft:1", work)
    assert ended(background, "draft:1") is Stage.DONE
    assert steps == [0, 0, 1, 2]


def test_what_waits_is_stopped_before_it_begins_and_what_ended_is_left_as_it_is() -> None:
    background, go_on = Background(), threading.Event()
    begun: list[str] = []
    background.start("draft:1", lambda _: (go_on.wait(_PATIENCE), None)[1])
    background.start("draft:2", lambda _: begun.append("second"))
    background.stop("draft:2")
    go_on.set()
    assert (ended(background, "draft:2"), ended(background, "draft:1"), begun) == (Stage.STOPPED, Stage.DONE, [])
    background.stop("draft:1")
    assert ended(background, "draft:1") is Stage.DONE
