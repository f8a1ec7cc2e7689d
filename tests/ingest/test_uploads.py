"""Files that officers bring: held back until they are taken in, under names that lead nowhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from ingest.placing import Placer
from ingest.run import ingest
from ingest.uploads import (
    Upload,
    UploadDecidedError,
    UploadState,
    documents_of,
    drop,
    load_upload,
    open_upload,
    plain_name,
    read_upload,
    take_in,
)
from knowledge.documents import load_documents, load_passages
from knowledge.retiring import restore, retire, retirement_of
from settings.schema import Settings
from storage.database import transaction
from storage.store import Store

POLICY = """会宁县人民政府办公室关于印发养殖补贴办法的通知
会政办发〔2026〕7号

各乡镇人民政府：
养一头能繁母牛，每年补贴800元，由乡镇核实后打到一卡通上。申请的时间是每年三月。

会宁县人民政府办公室
2026年2月3日
"""

Bring: TypeAlias = "Callable[[str, bytes], Upload]"


@pytest.fixture
def bring(store: Store, settings: Settings, placer: Placer, now: datetime) -> Bring:
    """Return what brings a file and reads it."""

    def bring(name: str, data: bytes) -> Upload:
        with transaction(store):
            upload = open_upload(store, name, officer="o1", now=now)
        read_upload(store, upload, data, settings.ingest, placer, now=now)
        return load_upload(store, upload.number)

    return bring


def test_a_file_is_read_held_back_and_taken_in_once(store: Store, now: datetime, bring: Bring) -> None:
    upload = bring("养殖补贴.txt", POLICY.encode())
    assert upload.state is UploadState.HELD
    assert load_documents(store) == []
    (held,) = documents_of(store, upload)
    assert (held.number, held.area) == ("会政办发〔2026〕7号", "620422")
    with transaction(store):
        assert take_in(store, upload.number, officer="o1", now=now) == [held.id]
    assert [one.id for one in load_documents(store)] == [held.id]
    assert "800元" in "".join(one.text for one in load_passages(store, held.id))
    with pytest.raises(UploadDecidedError), transaction(store):
        take_in(store, upload.number, officer="o1", now=now)
    twin = bring("另一个名字.txt", POLICY.encode())
    assert twin.state is UploadState.SAME
    assert "内容相同" in twin.reason


def test_what_is_dropped_is_never_used_and_may_be_brought_again(store: Store, now: datetime, bring: Bring) -> None:
    first = bring("养殖补贴.txt", POLICY.encode())
    with transaction(store):
        drop(store, first.number, officer="o1", now=now)
    assert load_documents(store) == []
    again = bring("养殖补贴.txt", POLICY.encode())
    assert again.state is UploadState.HELD
    assert {one.id for one in documents_of(store, again)}.isdisjoint(one.id for one in documents_of(store, first))


def test_what_must_stay_out_is_refused_in_words(store: Store, bring: Bring) -> None:
    upload = bring("文件.txt", "机密★1年\n某某文件的正文在这里，写得很长很长，足够读出来。".encode())
    assert upload.state is UploadState.REFUSED
    assert "密级标志" in upload.reason
    assert documents_of(store, upload) == []


def test_an_archive_is_one_upload_of_many_documents(store: Store, bring: Bring) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("通知.txt", POLICY)
        archive.writestr("../../外面.txt", POLICY)
    upload = bring("两份.zip", packed.getvalue())
    assert upload.state is UploadState.HELD
    assert len(documents_of(store, upload)) == 1
    assert "指到了包外面" in upload.reason


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\通知.doc", "通知.doc"),
        ("..", "文件"),
        ("", "文件"),
        ("a\x00b\u202etxt.exe", "a b txt.exe"),
        ("长" * 300 + ".docx", "长" * 80 + ".docx"),
    ],
)
def test_a_file_name_never_becomes_a_path(given: str, shown: str) -> None:
    assert plain_name(given) == shown


def test_what_an_officer_took_out_of_use_stays_out_when_its_file_is_read_again(
    store: Store, settings: Settings, placer: Placer, now: datetime, tmp_path: Path
) -> None:
    file = tmp_path / "文件" / "养殖补贴.txt"
    file.parent.mkdir()
    for text in (POLICY, POLICY.replace("800", "900")):
        file.write_text(text, encoding="utf-8")
        ingest(store, [file.parent], settings.ingest, placer, now=now)
        for document in load_documents(store):
            with transaction(store):
                retire(store, document.id, by="o2", now=now)
    assert load_documents(store) == []
    (out,) = load_documents(store, retired=True)
    state = retirement_of(store, out.id)
    assert state is not None
    assert state.by == "o2"
    assert "900元" in "".join(one.text for one in load_passages(store, out.id, retired=True))
    with transaction(store):
        restore(store, out.id)
    assert [one.id for one in load_documents(store)] == [out.id]
