"""``bangfu draft --jsonl``: line in, line out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from app.main import main

AREA = "甘肃省/白银市/会宁县"


def run(tmp_path: Path, *lines: str) -> tuple[int, list[dict[str, Any]], str]:
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "draft", "--jsonl"], input="\n".join(lines))
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_message_becomes_slots(tmp_path: Path) -> None:
    said = "我爸上个月脑梗住院花了八万多,我们在会师镇南家咀头村,电话13912345678"
    code, (reading,), _ = run(tmp_path, json.dumps({"id": "1", "text": said, "today": "2026-03-05", "area": AREA}))
    assert code == 0
    assert reading["kind"] == "report"
    assert reading["slots"] == {
        "relation": "本人",
        "householder": None,
        "phone": "13912345678",
        "place": f"{AREA}/会师镇/南家咀头村",
        "causes": ["因病"],
        "amounts": [{"value": 80000, "what": "医疗"}],
        "when": "2026-02",
        "danger": [],
    }
    assert reading["missing"] == ["householder"]
    assert "candidates" not in reading
    assert reading["took_ms"] >= 0


def test_open_slots_have_candidates(tmp_path: Path) -> None:
    _, (reading,), _ = run(tmp_path, json.dumps({"id": "1", "text": "我家在朝阳区，房子让水淹了"}))
    assert reading["slots"]["place"] is None
    assert "北京市/朝阳区" in reading["candidates"]["place"]


def test_bad_line_is_said_and_the_rest_go_on_in_order(tmp_path: Path) -> None:
    good = json.dumps({"id": "3", "text": "你好"})
    code, replies, _ = run(tmp_path, "{", json.dumps({"id": "2"}), good)
    assert code == 1
    assert [reply["id"] for reply in replies] == [None, "2", "3"]
    assert [("error" in reply) for reply in replies] == [True, True, False]


def test_unknown_area_is_said_on_stderr_and_left_out(tmp_path: Path) -> None:
    code, (reading,), stderr = run(tmp_path, json.dumps({"id": "1", "text": "你好", "area": "不知道县"}))
    assert (code, reading["kind"]) == (0, "smalltalk")
    assert "不知道县" in stderr


def test_nothing_is_stored(tmp_path: Path) -> None:
    run(tmp_path, json.dumps({"id": "1", "text": "我叫王建国，得了癌"}))
    assert not (tmp_path / "bangfu.db").exists()
