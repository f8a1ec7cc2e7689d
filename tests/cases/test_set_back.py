"""A clock that is set back: officers write nothing until it is right, and a word of the administrator ends it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from structlog.testing import capture_logs

from app.main import main
from bot.conditions import House, conditions
from cases.errors import ClockSetBackError
from cases.set_back import TOLERANCE, check_clock, say_clock_is_right, set_back_behind
from settings.schema import Settings
from storage import audit
from storage.database import FILE_NAME, open_store, transaction
from storage.vault import new_key
from storage.verification import verify_file
from tests.cases.conftest import VILLAGE, Desk


def test_what_would_lie_before_what_was_written_is_refused_and_logged(desk: Desk) -> None:
    case = desk.submit()
    check_clock(desk.store, case.created_at - TOLERANCE)
    with capture_logs() as logs, pytest.raises(ClockSetBackError) as refused:
        check_clock(desk.store, case.created_at - TOLERANCE - timedelta(seconds=1))
    assert refused.value.written == case.created_at
    assert [line["event"] for line in logs] == ["clock.set_back"]


def test_a_report_written_meanwhile_does_not_hide_that_the_clock_is_wrong(desk: Desk) -> None:
    later = desk.submit().created_at
    earlier = later - timedelta(days=3)
    with transaction(desk.store):
        audit.append(desk.store, actor="reporter:x", event="case.submitted", subject="case:x", now=earlier)
    assert set_back_behind(desk.store, earlier) == later


def test_an_administrators_word_ends_it_and_stands_in_the_trail(desk: Desk) -> None:
    earlier = desk.submit().created_at - timedelta(days=3)
    for _ in range(2):
        with transaction(desk.store):
            say_clock_is_right(desk.store, now=earlier)
        check_clock(desk.store, earlier)
    assert [row.event for row in audit.rows(desk.store, "clock")] == ["clock.corrected"]
    assert verify_file(desk.store.data_dir / FILE_NAME, (), ()).findings == ()


def test_the_doctor_names_it(desk: Desk, settings: Settings) -> None:
    desk.submit()
    for now, good in ((desk.now, True), (desk.now - timedelta(days=1), False)):
        (clock,) = (one for one in conditions(House(desk.store, settings, now)) if one.name == "机器的时间")
        assert clock.good is good


def test_the_command_line_refuses_until_the_administrator_says_that_the_clock_is_right(
    tmp_path: Path, root: Path
) -> None:
    key = new_key()
    store = open_store(tmp_path / "data", key)

    def run(*arguments: str) -> Result:
        line = [*arguments, "--config", str(root / "config.toml"), "--data", str(tmp_path / "data")]
        return CliRunner().invoke(main, line, env={"BANGFU_KEY": base64.b64encode(key).decode()})

    run("officer", "add", "--name", "马志远", "--role", "village", "--area", VILLAGE)
    with transaction(store):
        ahead = datetime.now(UTC) + timedelta(days=400)
        audit.append(store, actor="clock", event="case.overdue", subject="case:x", now=ahead)
    refused = run("queue", "list", "--as", "马志远")
    assert refused.exit_code == 1
    assert "时间不对" in refused.stderr
    assert "要处理  机器的时间" in run("doctor").stdout
    assert "正常　  机器的时间" in run("doctor", "--clock-is-right").stdout
    assert run("queue", "list", "--as", "马志远").exit_code == 0
