"""Bytes of any Chinese encoding become text, and what cannot be read is refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.encoding import decode
from ingest.refusal import Reason, RefusedError

SIMPLIFIED = "关于做好农村低保工作的通知，现将有关事项通知如下：每户每月补助标准由县民政局公布。"
TRADITIONAL = "關於辦理低收入戶生活補助的公告，請向戶籍所在地鄉鎮公所提出申請，並附上有關證明文件。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_simplified_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le"])
def test_traditional_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_newlines_of_all_systems_become_one() -> None:
    assert decode("一\r\n二\r三\n".encode()) == "一\n二\n三\n"


def test_a_few_broken_bytes_are_marked_and_the_rest_is_read() -> None:
    data = (f"{SIMPLIFIED}\n" * 10).encode("gb18030")
    text = decode(data[:-9] + b"\xff" + data[-8:])
    assert "\ufffd" in text
    assert SIMPLIFIED in text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 40, Reason.BINARY),
        ((SIMPLIFIED * 5).encode("utf-8").decode("gbk", errors="replace").encode("utf-8"), Reason.ENCODING),
        (("锟斤拷" * 30).encode(), Reason.GARBLED),
        ((SIMPLIFIED * 5).encode("utf-8").decode("latin-1").encode("utf-8"), Reason.GARBLED),
        ((SIMPLIFIED * 5).encode("gbk").decode("latin-1").encode("utf-8"), Reason.GARBLED),
    ],
)
def test_what_is_no_text_is_refused_by_its_reason(data: bytes, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        decode(data)
    assert refused.value.reason is reason


def test_text_read_in_the_wrong_encoding_before_is_known_as_debris() -> None:
    debris = "".join(chr(0x9400 + (ord(char) * 7) % 0x700) for char in SIMPLIFIED * 3)
    with pytest.raises(RefusedError) as refused:
        decode(debris.encode())
    assert refused.value.reason is Reason.GARBLED


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except RefusedError:
        return
    assert "\r" not in text
