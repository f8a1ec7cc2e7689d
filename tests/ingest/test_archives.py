"""Archives: each member is a file of its own, named in any encoding; hostile ones end in a named reason."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ingest.archives import unpack
from ingest.placing import Placer
from ingest.refusal import Reason, RefusedError
from ingest.run import Outcome, Summary, ingest
from knowledge.documents import load_documents
from settings.schema import Settings
from storage.store import Store

NOTICE = "关于低保的通知\n村民可以向户籍所在地的乡镇人民政府提出申请，也可以委托村民委员会代为提交。\n"
Take = Callable[..., Summary]


def packed(members: dict[str, bytes], *, encoding: str = "utf-8") -> bytes:
    """Return an archive; with another encoding than UTF-8 the names are as Chinese programs write them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            if encoding == "utf-8":
                archive.writestr(name, data)
            else:
                archive.writestr(zipfile.ZipInfo(name.encode(encoding).decode("cp437")), data)
    content = file.getvalue()
    if encoding == "utf-8":
        return content
    # zipfile marks every name that is not ASCII as UTF-8; put the bytes of the other encoding in their places.
    for name in members:
        wrong = name.encode(encoding).decode("cp437").encode()
        right = name.encode(encoding)
        content = content.replace(wrong, right.ljust(len(wrong), b" "))
    return content.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00"
    )


def outcome(data: bytes, largest: int = 10) -> dict[str, Reason | None]:
    return {member.path: member.refused.reason if member.refused else None for member in unpack(data, largest).members}


def test_members_of_members_have_their_whole_path() -> None:
    inner = packed({"内.txt": b"b"})
    data = packed({"甲/乙.txt": b"a", "包.zip": inner, "__MACOSX/._乙.txt": b"x", "甲/.DS_Store": b"x"})
    assert outcome(data) == {"甲/乙.txt": None, "包.zip/内.txt": None}


def test_names_in_gbk_are_read() -> None:
    data = packed({"低保办法.txt": b"a"}, encoding="gb18030")
    assert [member.path.strip() for member in unpack(data, 10).members] == ["低保办法.txt"]


def linked() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("链接.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def nested(depth: int) -> bytes:
    data = packed({"底.txt": b"a"})
    for level in range(depth):
        data = packed({f"{level}.zip": data})
    return data


def locked() -> bytes:
    data = bytearray(packed({"密.txt": b"a" * 50}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed({"../../etc/passwd": b"a"}), Reason.OUTSIDE),
        (packed({"/etc/passwd": b"a"}), Reason.OUTSIDE),
        (packed({"C:\\windows\\a.txt": b"a"}), Reason.OUTSIDE),
        (packed({"弹.txt": b"0" * 5_000_000}), Reason.BOMB),
        (linked(), Reason.UNREADABLE),
        (locked(), Reason.LOCKED),
        (nested(4), Reason.PACKED),
    ],
)
def test_a_hostile_member_is_named_and_the_others_are_read(data: bytes, reason: Reason) -> None:
    with zipfile.ZipFile(file := io.BytesIO(data), "a") as archive:
        archive.writestr("好.txt", b"a")
    assert sorted(outcome(file.getvalue()).values(), key=str) == sorted([reason, None], key=str)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed({f"{n}.bin": random.Random(n).randbytes(900_000) for n in range(12)}), Reason.PACKED),
        (packed({f"{n}.txt": b"" for n in range(2001)}), Reason.PACKED),
        (packed({f"{n}.txt": b"0" * 900_000 for n in range(20)}), Reason.BOMB),
        (packed({"a.txt": b"a" * 999})[:80], Reason.CRASHED),
    ],
)
def test_an_archive_that_holds_too_much_is_not_opened(data: bytes, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        unpack(data, 10)
    assert refused.value.reason is reason


@pytest.fixture
def take(store: Store, settings: Settings, placer: Placer, now: datetime) -> Take:
    """Return a function that ingests paths into the store."""
    return lambda *paths: ingest(store, paths, settings.ingest, placer, now=now)


def outcomes(summary: Summary) -> dict[str, Outcome]:
    return {result.source: result.outcome for result in summary.results}


def test_members_come_in_change_and_go_like_files(store: Store, take: Take, tmp_path: Path) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    archive = folder / "包.zip"
    first, second = (f"{NOTICE}第{number}份，请遵照执行。".encode() for number in "一二")
    archive.write_bytes(packed({"甲.txt": first, "乙.txt": second, "坏.pdf": b"%PDF-1.7 broken"}))
    assert outcomes(take(folder)) == {
        "资料/包.zip/甲.txt": Outcome.ADDED, "资料/包.zip/乙.txt": Outcome.ADDED, "资料/包.zip/坏.pdf": Outcome.FAILED,
    }  # fmt: skip
    ids = {document.id for document in load_documents(store)}
    archive.write_bytes(packed({"甲.txt": first, "丙/乙.txt": second}))
    assert outcomes(take(folder)) == {
        "资料/包.zip/甲.txt": Outcome.UNCHANGED, "资料/包.zip/丙/乙.txt": Outcome.CHANGED,
    }  # fmt: skip
    assert {document.id for document in load_documents(store)} == ids
    archive.write_bytes(b"PK\x03\x04 broken")
    assert set(outcomes(take(folder)).values()) == {Outcome.FAILED}
    assert len(load_documents(store)) == 2
    archive.unlink()
    assert Outcome.RETIRED in outcomes(take(folder)).values()
    assert not load_documents(store)
