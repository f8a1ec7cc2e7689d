"""``bangfu ingest`` and ``bangfu docs`` on the command line."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.main import main

Run = Callable[..., Result]
VILLAGE = "甘肃省/白银市/会宁县/会师镇/南家咀头村"


@pytest.fixture
def run(indexed: Path, root: Path) -> Run:
    """Return a function that runs a command on a data folder where only the bundled knowledge is."""

    def ran(*arguments: str, given: str = "") -> Result:
        options = ["--config", str(root / "config.toml"), "--data", str(indexed), "--quiet"]
        return CliRunner().invoke(main, [*options, *arguments], input=given)

    return ran


def test_documents_go_in_are_listed_shown_and_found(run: Run, samples: Path) -> None:
    first = run("ingest", str(samples))
    assert (first.exit_code, first.stdout.splitlines()[-1]) == (0, "合计：新增 6")
    assert "落款日期看不全：〔缺字〕9年4月16日" in first.stdout
    again = run("ingest", str(samples))
    assert (again.exit_code, again.stdout) == (0, "合计：没有变化 6\n")
    listed = run("docs").stdout
    assert re.search(
        r"甘肃省/白银市/会宁县 +2024-03-08 +官方 +公开 +\d+ +关于做好2024年农村低保动态管理工作的通知", listed
    )
    assert re.search(r"约2016年 +范文网站 +干部", listed)
    document = re.search(r"(d\w{10}).*农村低保动态管理", listed)
    assert document is not None
    shown = run("docs", "show", document.group(1)).stdout
    assert "文号：      会民发〔2024〕16号" in shown
    assert "发布机构 会宁县民政局：页面“发布机构： 会宁县民政局 成文日期： 2024-03-08”" in shown
    assert "去掉 备案：1 处" in shown
    raw = run("docs", "show", document.group(1), "--raw").stdout
    assert raw.index("上一篇：关于森林防火的通告") < raw.index("清理后")
    question = json.dumps({"id": "1", "query": "会宁县样本补助标准表 重点保障", "area": "甘肃省/白银市/会宁县"})
    hits = json.loads(run("search", "--jsonl", given=question).stdout)["hits"]
    assert document.group(1) in [hit["document"] for hit in hits]


def test_a_file_that_fails_is_named_and_the_exit_code_tells(run: Run, samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    shutil.copy(samples / "report.txt", folder)
    (folder / "扫描件.pdf").write_bytes(b"%PDF-1.7")
    (folder / "名册.txt").write_text("姓名：某某，身份证号62042219800101001X，请发放补助。", encoding="utf-8")
    result = run("ingest", str(folder), str(folder / "没有.txt"))
    assert result.exit_code == 1
    assert re.search(r"失败 +资料/扫描件.pdf +读取时出错（PDF 结构损坏）", result.stdout)
    assert re.search(r"已搁置 +资料/名册.txt +含有个人信息（身份证号 1 个）", result.stdout)
    assert re.search(r"没有.txt +没有这个文件或文件夹", result.stdout)
    assert result.stdout.splitlines()[-1] == "合计：新增 1，已搁置 1，失败 2"
    assert "62042219800101001X" not in result.stdout
    assert "没有入库：资料/扫描件.pdf" in CliRunner().invoke(main, ["--data", str(tmp_path / "indexed"), "docs"]).stderr


def test_an_unknown_document_is_refused_with_the_way_to_the_list(run: Run) -> None:
    result = run("docs", "show", "d0000000000")
    assert result.exit_code == 1
    assert "没有编号为 d0000000000 的资料。用 bangfu docs 看全部编号。" in result.stderr
    assert run("docs").stdout == "还没有资料。用 bangfu ingest 文件夹 导入。\n"


NEW_RULE = """会宁县农村低保动态管理办法
会政办发〔2025〕3号
第一条 为了规范农村低保动态管理，制定本办法。
第二条 本办法自2025年3月1日起施行。《关于做好2024年农村低保动态管理工作的通知》（会民发〔2024〕16号）同时废止。
会宁县人民政府办公室
2025年2月10日
"""


def test_an_officer_puts_right_what_was_read_and_a_new_reading_leaves_it(
    run: Run, samples: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    shutil.copy(samples / "notice.html", folder)
    rule = folder / "办法.txt"
    rule.write_text(NEW_RULE, encoding="utf-8")
    run("ingest", str(folder))
    ids = dict(reversed(line.split()[::6]) for line in run("docs").stdout.splitlines()[1:])
    old, new = ids["关于做好2024年农村低保动态管理工作的通知"], ids["会宁县农村低保动态管理办法"]
    assert f"被废止：《会宁县农村低保动态管理办法》（{new}），最后有效日 2025-02-28" in run("docs", "show", old).stdout
    for role, name, area in (("county", "李玉梅", "甘肃省/白银市/会宁县"), ("village", "马志远", VILLAGE)):
        run("officer", "add", "--name", name, "--role", role, "--area", area)
    refused = run("docs", "correct", new, "--audience", "公开", "--as", "马志远")
    assert (refused.exit_code, "乡镇、县级" in refused.stderr) == (1, True)
    assert run("docs", "correct", new, "--audience", "公开", "--as", "李玉梅").stdout == "已更正读者。\n"
    rule.write_text(NEW_RULE.replace("为了规范", "为了进一步规范"), encoding="utf-8")
    assert run("ingest", str(rule)).stdout.splitlines()[-1] == "合计：有更新 1"
    shown = run("docs", "show", new).stdout
    assert re.search(r"读者： +公开", shown)
    assert re.search(r"读者 改为 公开（李玉梅，\d{4}-", shown)
    assert len(re.findall("读入，", shown)) == 2
    assert run("docs", "correct", new, "--undo", "读者", "--as", "李玉梅").stdout == "已撤回对读者的更正。\n"
    assert re.search(r"读者： +内部", run("docs", "show", new).stdout)
    for wrong in (("--area", "火星"), ("--undo", "文号")):
        assert run("docs", "correct", new, *wrong, "--as", "李玉梅").exit_code == 1


def test_what_came_in_as_internal_is_said_and_made_public_in_one_step(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "办法.txt").write_text(NEW_RULE, encoding="utf-8")
    (folder / "内部.txt").write_text(f"内部资料，注意保存\n{NEW_RULE.replace('动态', '日常')}", encoding="utf-8")
    said = run("ingest", str(folder)).stdout
    assert re.search(
        "按内部收下 1 份，看不出已经公开发布，村民查不到：\n  d\\w{10} 《会宁县农村低保动态管理办法》", said
    )
    for role, name, area in (("county", "李玉梅", "甘肃省/白银市/会宁县"), ("village", "马志远", VILLAGE)):
        run("officer", "add", "--name", name, "--role", role, "--area", area)
    assert run("ingest", str(folder), "--public").exit_code == 2
    assert run("ingest", str(folder), "--public", "--as", "马志远").exit_code == 1
    asked = json.dumps({"id": "1", "query": "会宁县农村低保动态管理办法", "area": "甘肃省/白银市/会宁县"})
    hidden, shown = run("docs").stdout, run("ingest", str(folder), "--public", "--as", "李玉梅", "--dry-run").stdout
    assert (hidden.count("内部"), run("docs").stdout) == (2, hidden)
    assert "按李玉梅说的，公开 1 份，村民查得到。" in shown
    assert "没有变化 2" in run("ingest", str(folder), "--public", "--as", "李玉梅").stdout
    document = re.search(r"(d\w{10}) .* 公开 .*动态管理办法", run("docs").stdout)
    assert document is not None
    hits = json.loads(run("search", "--jsonl", given=asked).stdout)["hits"]
    assert document.group(1) in [hit["document"] for hit in hits]
    assert "内部" in run("docs").stdout
