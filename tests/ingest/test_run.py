"""Files go in once, change, move and disappear; what fails is told and stops nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ingest.placing import Placer
from ingest.run import FileResult, Outcome, Summary, ingest
from knowledge.documents import load_documents, load_edition, load_passages
from settings.schema import Settings
from storage.store import Store

NOTICE = "关于低保的通知\n村民可以向户籍所在地的乡镇人民政府提出申请，也可以委托村民委员会代为提交。\n"
Take = Callable[..., Summary]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three small documents, one below another folder."""
    folder = tmp_path / "资料"
    (folder / "下级").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "下级/c.txt"):
        (folder / name).write_text(f"{NOTICE}第{name}份，请遵照执行。", encoding="utf-8")
    return folder


@pytest.fixture
def take(store: Store, settings: Settings, placer: Placer, now: datetime) -> Take:
    """Return a function that ingests paths into the store."""

    def ingested(*paths: Path) -> Summary:
        return ingest(store, paths, settings.ingest, placer, now=now)

    return ingested


def outcomes(summary: Summary) -> dict[str, Outcome]:
    return {result.source: result.outcome for result in summary.results}


def test_a_folder_goes_in_once_and_a_second_time_changes_nothing(store: Store, take: Take, folder: Path) -> None:
    first = take(folder)
    before = (load_documents(store), load_passages(store))
    second = take(folder)
    assert outcomes(first) == dict.fromkeys(("资料/a.txt", "资料/b.txt", "资料/下级/c.txt"), Outcome.ADDED)
    assert set(outcomes(second).values()) == {Outcome.UNCHANGED}
    assert (load_documents(store), load_passages(store)) == before


def test_a_file_by_itself_is_the_same_document_as_in_its_folder(store: Store, take: Take, folder: Path) -> None:
    take(folder)
    documents = load_documents(store)
    assert outcomes(take(folder / "下级" / "c.txt")) == {"资料/下级/c.txt": Outcome.UNCHANGED}
    assert load_documents(store) == documents


def test_a_changed_file_is_a_new_edition_of_its_document(store: Store, take: Take, folder: Path) -> None:
    take(folder)
    ids = [document.id for document in load_documents(store)]
    (folder / "a.txt").write_text(NOTICE + "补助标准另行公布，请各村做好宣传。", encoding="utf-8")
    assert outcomes(take(folder))["资料/a.txt"] is Outcome.CHANGED
    assert [document.id for document in load_documents(store)] == ids
    edition = load_edition(store, ids[0])
    assert edition is not None
    assert "补助标准另行公布" in edition.text


def test_a_file_that_is_gone_is_retired_and_comes_back_in_use(store: Store, take: Take, folder: Path) -> None:
    take(folder)
    kept = (folder / "b.txt").read_bytes()
    (folder / "b.txt").unlink()
    assert outcomes(take(folder))["资料/b.txt"] is Outcome.RETIRED
    assert [document.source for document in load_documents(store)] == ["资料/a.txt", "资料/下级/c.txt"]
    assert len(load_documents(store, retired=True)) == 1
    (folder / "b.txt").write_bytes(kept)
    take(folder)
    assert len(load_documents(store)) == 3


def test_a_file_outside_the_named_paths_is_not_retired(store: Store, take: Take, folder: Path) -> None:
    take(folder)
    (folder / "b.txt").unlink()
    take(folder / "a.txt", folder / "下级")
    assert len(load_documents(store)) == 3


def test_a_renamed_file_keeps_its_document(store: Store, take: Take, folder: Path) -> None:
    take(folder)
    ids = {document.id for document in load_documents(store)}
    (folder / "a.txt").rename(folder / "下级" / "新名.txt")
    moved = {result.source: result for result in take(folder).results}
    assert moved["资料/下级/新名.txt"].reason == "原来是 资料/a.txt"
    assert {document.id for document in load_documents(store)} == ids
    (folder / "a.txt").write_text(NOTICE + "另一份同名文件的内容，与原来的不同。", encoding="utf-8")
    take(folder)
    assert len(load_documents(store)) == 4


def test_a_copy_is_not_taken_in_twice(store: Store, take: Take, folder: Path) -> None:
    take(folder)
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    results = {result.source: result for result in take(folder).results}
    assert results["资料/copy.txt"].reason == "与 资料/a.txt 内容相同，不重复入库"
    assert len(load_documents(store)) == 3


def test_two_folders_of_one_name_do_not_retire_each_other(
    store: Store, take: Take, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "别处" / "资料"
    other.mkdir(parents=True)
    (other / "d.txt").write_text(NOTICE + "别处的一份，请遵照执行。", encoding="utf-8")
    take(folder)
    assert outcomes(take(other)) == {"资料(2)/d.txt": Outcome.ADDED}
    assert len(load_documents(store)) == 4


def hostile(folder: Path) -> dict[str, bytes]:
    """Return files that must fail, by name."""
    return {
        "空.txt": b"",
        "二进制.txt": bytes(range(256)) * 50,
        "乱码.txt": ("锟斤拷" * 50).encode(),
        "扫描.pdf": b"%PDF-1.7\n" + b"0" * 100,
        "假文本.txt": b"PK\x03\x04" + b"\0" * 100 + b"xl/workbook.xml",
        "坏编码.txt": ("补助标准" * 20).encode("gbk")[1::2],
        "深层.html": b"<html>" + b"<div>" * 100_000,
    }


def test_files_that_fail_are_named_with_a_reason_and_the_others_go_on(store: Store, take: Take, folder: Path) -> None:
    bad = hostile(folder)
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    with (folder / "太大.txt").open("wb") as huge:
        huge.truncate(200_000_000)  # sparse: it takes no room
    os.symlink("/etc/hostname", folder / "链接.txt")
    os.symlink(folder, folder / "下级" / "圈")
    os.mkfifo(folder / "管道.txt")
    summary = take(folder, folder / "没有.txt")
    failed = {Path(result.source).name: result.reason for result in summary.results if result.outcome is Outcome.FAILED}
    assert failed.keys() == {*bad, "太大.txt", "链接.txt", "管道.txt", "没有.txt"}
    assert all(failed.values())
    assert "200 MB" in failed["太大.txt"]
    assert not summary.is_whole
    assert len(load_documents(store)) == 3


def test_an_unreadable_file_keeps_what_it_said_before(store: Store, take: Take, folder: Path) -> None:
    take(folder)
    (folder / "a.txt").write_bytes(b"%PDF-1.7 broken")
    assert outcomes(take(folder))["资料/a.txt"] is Outcome.FAILED
    assert len(load_documents(store)) == 3


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("机密★1年\n关于某事的通知\n" + NOTICE, "机密"),
        (NOTICE + "姓名：某某，身份证号62042219800101001X，请发放补助。", "身份证号"),
    ],
)
def test_what_must_stay_out_is_set_aside_and_what_it_said_before_goes(
    store: Store, take: Take, folder: Path, content: str, word: str
) -> None:
    take(folder)
    (folder / "a.txt").write_text(content, encoding="utf-8")
    result: FileResult = next(result for result in take(folder).results if result.source == "资料/a.txt")
    assert result.outcome is Outcome.SET_ASIDE
    assert word in result.reason
    assert len(load_documents(store)) == 2
    stored = "\n".join(store.db.conn.iterdump())
    assert "62042219800101001X" not in stored
    assert "关于某事的通知" not in stored


def test_counts_sum_up_the_run(take: Take, folder: Path) -> None:
    (folder / "空.txt").write_bytes(b"")
    assert take(folder).counts == Counter({Outcome.ADDED: 3, Outcome.FAILED: 1})
