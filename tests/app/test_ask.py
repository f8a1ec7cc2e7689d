"""``bangfu ask`` and ``bangfu chat`` over the bundled knowledge, with the real model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.main import main
from storage.database import open_store
from storage.keys import load_or_create_key

pytestmark = pytest.mark.slow


HANDED_ON = """会宁县会师镇人民政府
关于做好2026年农村取暖煤补助发放工作的通知

会师镇政发〔2026〕3号

各村民委员会：
为做好取暖煤补助发放工作，现将有关事项通知如下。
一、上级要求
《会宁县2026年农村冬季取暖补助实施方案》（会政办发〔2026〕11号）要求：“对监测对象每户发放取暖煤补助480元，由县财政列支，2026年11月30日前发放到户。”
二、我镇安排
各村10月25日前把名单报镇民政办，名单在村务公开栏公示7天。
会师镇人民政府
2026年10月8日
"""


@pytest.fixture
def data(indexed: Path) -> Path:
    """Return a data folder that nobody has written to."""
    return indexed


def bangfu(data: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--quiet", "--data", str(data), *arguments], input=typed)


def test_question_is_answered_with_its_sources(data: Path) -> None:
    result = bangfu(data, "ask", "娃上大学交不起学费咋办")
    assert result.exit_code == 0
    assert "助学贷款" in result.stdout
    assert "出处：\n1. 《" in result.stdout
    assert "〔整理〕" in result.stdout


def test_lines_are_answered_in_order_and_quotes_are_real(data: Path) -> None:
    asked = [
        {"id": "1", "question": "娃上大学交不起学费咋办"},
        {"id": "2"},
        {"id": "3", "question": "我不想活了"},
        {"id": "4", "question": "明天彩票开什么号码", "as_of": "2026-03-01"},
        {"id": "5", "question": "你好", "area": "不知道县"},
    ]
    result = bangfu(data, "ask", "--jsonl", typed="\n".join(json.dumps(line) for line in asked))
    assert result.exit_code == 1
    replies = [json.loads(line) for line in result.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == ["1", "2", "3", "4", "5"]
    assert [reply.get("kind") for reply in replies] == ["answer", None, "handoff", "abstain", "smalltalk"]
    assert set(replies[0]) == {"id", "kind", "text", "confidence", "citations", "took_ms"}
    for citation in replies[0]["citations"]:
        assert set(citation) == {
            "document", "title", "publisher", "number", "date", "area", "section", "basis", "quote", "url"
        }  # fmt: skip
        assert citation["quote"] in replies[0]["text"]


def test_the_next_step_says_where_and_by_which_day_over_the_holidays(data: Path) -> None:
    asked = [
        {"id": "1", "question": "有车能不能报", "as_of": "2026-09-25"},
        {"id": "2", "question": "低保边缘家庭是什么意思", "as_of": "2026-09-25"},
    ]
    result = bangfu(data, "ask", "--jsonl", typed="\n".join(json.dumps(line) for line in asked))
    told = [json.loads(line)["text"] for line in result.stdout.splitlines()]
    # Five working days from Friday 25 September, with the National Day holiday between.
    assert "下一步：找村委会或乡镇；今天在这里报，最晚10月9日（星期五）有人上门。" in told[0]
    assert "最晚" not in told[1]


def test_a_towns_notice_that_hands_on_a_countys_words_speaks_for_its_county_only_and_says_so(
    data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "镇里的文件"
    folder.mkdir()
    (folder / "通知.txt").write_text(HANDED_ON, encoding="utf-8")
    assert bangfu(data, "ingest", str(folder)).exit_code == 0
    question = {"question": "取暖煤补助什么时候发放到户", "asker": "officer", "as_of": "2026-10-20"}
    asked = [{**question, "id": area, "area": f"甘肃省/白银市/{area}"} for area in ("会宁县/会师镇", "靖远县")]
    result = bangfu(data, "ask", "--jsonl", typed="\n".join(json.dumps(line) for line in asked))
    here, elsewhere = (json.loads(line) for line in result.stdout.splitlines())
    assert here["kind"] == "answer"
    assert here["citations"][0]["number"] == "会师镇政发〔2026〕3号"
    assert "注意：这一段是转引《会宁县2026年农村冬季取暖补助实施方案》（会政办发〔2026〕11号）的话" in here["text"]
    assert "480" not in elsewhere["text"]
    assert elsewhere["kind"] != "answer"


def test_fraud_is_answered_with_proof_and_a_warning_first(data: Path) -> None:
    result = bangfu(data, "ask", "有人说领扶贫款要先交解冻费")
    assert result.stdout.startswith("小心")
    assert "110" in result.stdout
    assert "出处：" in result.stdout


def test_asking_stores_nothing(data: Path) -> None:
    bangfu(data, "ask", "我家男人车祸瘫了，欠了十几万")
    store = open_store(data, load_or_create_key(data, None))
    for table in ("conversations", "drafts", "answers_given", "outbox", "inbox"):
        assert next(store.db.query(f"SELECT count(*) AS n FROM {table}"))["n"] == 0


def test_chat_reports_a_hardship_through_the_same_engine(tmp_path: Path, data: Path) -> None:
    said = ["一键报贫", "我爸上个月住院花了八万,我家在会宁县会师镇南家咀头村", "王建国", "/phone 13912345678", "1", "1"]
    result = bangfu(data, "chat", "--chat", tmp_path.name, typed="\n".join(said))
    assert result.exit_code == 0
    assert "收到了。您的编号：" in result.stdout
