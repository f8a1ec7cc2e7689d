"""Every reader takes damaged files: it reads them or refuses them with a reason, and nothing else happens."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest.archives import unpack
from ingest.readers.any_file import read_file
from ingest.readers.compound import Compound
from ingest.readers.encoding import decode
from ingest.refusal import RefusedError
from tests.ingest.printed_files import BODY, Printer, picture, wrapped
from tests.ingest.test_ofd_file import line, ofd, rule
from tests.ingest.test_saved_files import RTF, saved_page
from tests.ingest.test_sheets import old_workbook, saved, workbook
from tests.ingest.test_slides import slides
from tests.ingest.word_files import cell, docx, paragraph, table

HTML: Final = (
    "<html><head><title>通知</title></head><body><h1>通知</h1><p>由乡镇受理。</p>"
    "<table><tr><th rowspan=2>类</th><th>标准</th></tr><tr><td>1</td></tr></table></body></html>"
)
Edits = list[tuple[int, int, bytes]]
# Where, how many bytes go, and what comes in their place.
_EDITS: Final = st.lists(
    st.tuples(
        st.integers(0, 1 << 24),
        st.integers(0, 8),
        st.one_of(
            st.binary(max_size=6), st.sampled_from([b"\xff" * 4, b"\0" * 8, b"9" * 12, b"-1", b"<", b">", b"&#x0;"])
        ),
    ),
    min_size=1,
    max_size=8,
)


def damaged(data: bytes, edits: Edits) -> bytes:
    for place, gone, come in edits:
        at = place % (len(data) + 1)
        data = data[:at] + come + data[at + gone :]
    return data


def damaged_inside(data: bytes, which: int, edits: Edits) -> bytes:
    """Return an archive one of whose parts is damaged."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for number, info in enumerate(old.infolist()):
            content = old.read(info)
            new.writestr(info.filename, damaged(content, edits) if number == which % len(old.infolist()) else content)
    return file.getvalue()


def printed() -> bytes:
    pdf = Printer("汇编")
    pdf.set_compression(False)
    pdf.add_page()
    pdf.lines(20, 40, wrapped(f"{BODY}。"))
    pdf.grid([30, 70, 110], [90, 100, 110])
    pdf.lines(32, 97, ["类别"])
    return pdf.bytes()


def word() -> bytes:
    grid = table(cell("类", merge="restart") + cell("标准", span=2), cell("", merge="continue") + cell("1") + cell("2"))
    return docx(paragraph("条件", level=0) + paragraph("通知", "1") + grid)


MAKERS: Final[dict[str, Callable[[], bytes]]] = {
    "docx": word,
    "xlsx": lambda: saved(workbook()),
    "pptx": slides,
    "ofd": lambda: ofd(line("低保", 30, 30) + rule(1, 1, 50, 0) + rule(1, 1, 0, 50)),
    "doc": lambda: (Path(__file__).parent / "samples" / "old.doc").read_bytes(),
    "xls": old_workbook,
    "pdf": printed,
    "rtf": RTF.encode,
    "html": HTML.encode,
    "mht": lambda: saved_page(HTML.encode()),
    "csv": lambda: "类,标准\n一,1\n二,2\n".encode("gb18030"),
    "md": lambda: "# 题\n\n|一|二|\n|---|---|\n|1|2|\n".encode(),
}
made = cache(lambda kind: MAKERS[kind]())
ARCHIVES: Final = ("docx", "xlsx", "pptx", "ofd")
BUDGET: Final = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def check_read(data: bytes, name: str) -> None:
    """Read a file; a page must hold together, and a refusal be a sentence."""
    try:
        page = read_file(data, name)
    except RefusedError as refused:
        check_named(refused)
        return
    for block in page.blocks:
        assert 0 <= block.start <= len(page.raw)
        if block.grid is not None:
            assert 0 <= block.head_rows <= len(block.grid)


def check_named(refused: RefusedError) -> None:
    """A refusal must be a Chinese sentence with all its places filled."""
    assert re.search("[\u4e00-\u9fff]", str(refused))
    assert "{" not in str(refused)


@pytest.mark.parametrize("kind", sorted(MAKERS))
@BUDGET
@given(edits=_EDITS)
def test_a_damaged_file_is_read_or_refused(kind: str, edits: Edits) -> None:
    check_read(damaged(made(kind), edits), f"a.{kind}")


@pytest.mark.parametrize("kind", ARCHIVES)
@BUDGET
@given(which=st.integers(0, 50), edits=_EDITS)
def test_a_file_with_a_damaged_part_is_read_or_refused(kind: str, which: int, edits: Edits) -> None:
    check_read(damaged_inside(made(kind), which, edits), f"a.{kind}")


@pytest.mark.parametrize("kind", sorted(MAKERS))
@BUDGET
@given(share=st.floats(0, 1))
def test_a_truncated_file_is_read_or_refused(kind: str, share: float) -> None:
    data = made(kind)
    check_read(data[: int(len(data) * share)], f"a.{kind}")


@BUDGET
@given(edits=_EDITS, form=st.sampled_from(["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"]))
def test_a_damaged_picture_is_refused_by_name(edits: Edits, form: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.readers.recognition.is_installed", lambda: False)
        check_read(damaged(picture(Image.new("L", (40, 30), 200), form), edits), "a.jpg")


@BUDGET
@given(which=st.integers(0, 3), edits=_EDITS, inside=st.booleans())
def test_a_damaged_archive_gives_what_is_whole(which: int, edits: Edits, inside: bool) -> None:
    whole = docx(paragraph("通知"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "b/c.txt", "d.docx"):
            archive.writestr(name, whole)
    data = damaged_inside(file.getvalue(), which, edits) if inside else damaged(file.getvalue(), edits)
    try:
        members = unpack(data, 5).members
    except RefusedError as refused:
        check_named(refused)
        return
    assert sum(len(member.data) for member in members) <= 5_000_000


@BUDGET
@given(data=st.binary(min_size=512, max_size=3000))
def test_any_bytes_behind_the_mark_of_a_compound_file_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        read_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data, "a.doc")


def test_a_chain_of_sectors_that_bites_its_tail_is_refused() -> None:
    data = bytearray(made("doc"))
    at = 512 * (int.from_bytes(data[76:80], "little") + 1)
    for number in range(128):
        data[at + 4 * number : at + 4 * number + 4] = (number).to_bytes(4, "little")
    with pytest.raises(RefusedError):
        Compound(bytes(data))


@BUDGET
@given(text=st.text(min_size=1, max_size=300), encoding=st.sampled_from(["utf-8", "utf-16", "gb18030", "utf-8-sig"]))
def test_any_text_in_a_known_encoding_is_decoded_or_refused(text: str, encoding: str) -> None:
    try:
        decode(text.encode(encoding, "ignore"))
    except RefusedError as refused:
        check_named(refused)
