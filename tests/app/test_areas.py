from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.main import main


def run(data: Path, *arguments: str, given: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--data", str(data), *arguments], input=given)
    return done.exit_code, done.output


def test_a_county_built_is_understood_down_to_its_villages(tmp_path: Path) -> None:
    report = json.dumps({"id": "1", "text": "我们在镇原县屯字镇白马村，男人住院花了三万"}, ensure_ascii=False)
    before = json.loads(run(tmp_path / "without", "draft", "--jsonl", given=report)[1].splitlines()[-1])
    code, said = run(tmp_path, "areas", "build", "--county", "镇原县")
    assert (code, "甘肃省/庆阳市/镇原县：19 个乡镇、222 个村" in said) == (0, True)
    after = json.loads(run(tmp_path, "draft", "--jsonl", given=report)[1].splitlines()[-1])
    assert before["slots"]["place"] == "甘肃省/庆阳市/镇原县/屯字镇"
    assert after["slots"]["place"] == "甘肃省/庆阳市/镇原县/屯字镇/白马村"
    assert "621027  甘肃省/庆阳市/镇原县" in run(tmp_path, "areas", "list")[1]


@pytest.mark.parametrize(
    ("county", "why"),
    [
        ("鼓楼区", "不止一个"),
        ("江苏/南京市", "不是县"),
        ("甘肃/会宁/会师镇", "--county 甘肃省/白银市/会宁县"),
        ("台湾省", "没有台湾省下面的"),
        ("瞎编县", "没有找到"),
    ],
)
def test_what_is_no_county_is_refused_in_words(tmp_path: Path, county: str, why: str) -> None:
    code, said = run(tmp_path, "areas", "build", "--county", county)
    assert (code, why in said) == (1, True)
    assert not (tmp_path / "areas").exists()
