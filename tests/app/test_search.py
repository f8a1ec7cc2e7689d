"""``bangfu search``, ``bench retrieval`` and ``knowledge``, as a person or a program calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.main import main
from knowledge.calibration_file import OWN_FILE


def run(data: Path, *arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *arguments], input=stdin)


def test_hits_are_printed_with_their_stable_ids(indexed: Path) -> None:
    result = run(indexed, "search", "-k", "2", "公示", "几天")
    assert result.exit_code == 0
    assert result.stdout.startswith("1. [notice-days]")
    assert "3. " not in result.stdout


def test_json_lines_are_answered_in_order_and_a_bad_one_does_not_stop_the_rest(indexed: Path) -> None:
    lines = [
        '{"id": "a", "query": "公示要贴几天", "k": 3, "area": "甘肃省", "asker": "cadre", "as_of": "2026-03-01"}',
        "not json",
        '{"id": "c", "k": 3}',
        '{"id": "d", "query": "低保", "asker": "nobody"}',
        "",
        '{"id": "e", "query": "雨露计划", "k": 1}',
    ]
    result = run(indexed, "search", "--jsonl", stdin="\n".join(lines))
    assert result.exit_code == 1
    first, bad, missing, wrong, last = (json.loads(line) for line in result.stdout.splitlines())
    assert list(first) == ["id", "hits", "took_ms"]
    assert first["id"] == "a"
    assert [set(hit) for hit in first["hits"]] == [{"document", "section", "text", "score"}] * 3
    assert first["hits"][0]["document"] == "notice-days"
    assert first["took_ms"] > 0
    assert bad == {"id": None, "error": "这一行不是 JSON 对象"}
    assert missing == {"id": "c", "error": "query：没有写"}
    assert wrong["id"] == "d"
    assert "asker" in wrong["error"]
    assert (last["id"], len(last["hits"])) == ("e", 1)


def test_an_unknown_place_counts_as_none_with_a_notice(indexed: Path) -> None:
    line = json.dumps({"id": "1", "query": "公示几天", "area": "不存在省/没有县"}, ensure_ascii=False)
    result = run(indexed, "search", "--jsonl", stdin=line)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["hits"]
    assert "不存在省" in result.stderr


def test_search_without_words_says_what_to_do(indexed: Path) -> None:
    result = run(indexed, "search")
    assert result.exit_code == 2
    assert "--jsonl" in result.stderr


def test_the_index_says_that_nothing_changed(indexed: Path) -> None:
    result = run(indexed, "knowledge", "index", "--quiet")
    assert result.exit_code == 0
    assert "没有变动" in result.stdout
    status = run(indexed, "knowledge", "status")
    assert "multilingual-e5-small-q4" in status.stdout


@pytest.mark.slow
def test_calibrating_writes_a_file_that_is_used_from_then_on(indexed: Path) -> None:
    result = run(indexed, "knowledge", "calibrate", "--every", "40")
    assert result.exit_code == 0, result.output
    assert "报告题" in result.stdout
    assert (indexed / OWN_FILE).is_file()
    assert run(indexed, "knowledge", "status").exit_code == 0


def test_a_benchmark_ends_with_our_ndcg(tmp_path: Path) -> None:
    dataset = {
        "passages": ["公示不少于5天", "助学贷款每年最高2万元", "低保由乡镇受理"],
        "titles": ["", "", ""],
        "queries": ["名单公示几天"],
        "qrels": [[0]],
    }
    path = tmp_path / "set.json"
    path.write_text(json.dumps(dataset), encoding="utf-8")
    result = run(tmp_path / "data", "bench", "retrieval", "--dataset", str(path), "--quiet")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["Recall@1", "Recall@5", "Recall@10", "MRR@10", "nDCG@10"]
    assert [line.split()[0] for line in lines[1:6]] == ["BM25", "dense", "RRF60", "langchain", "bangfu"]
    assert lines[-1] == "nDCG@10 100.0"


def test_a_benchmark_refuses_a_file_that_is_no_dataset(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text("{}", encoding="utf-8")
    result = run(tmp_path / "data", "bench", "retrieval", "--dataset", str(path))
    assert result.exit_code == 1
    assert "评测数据" in result.stderr
