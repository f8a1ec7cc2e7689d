"""OFD files: the lines of a page become its paragraphs, ruled tables their grids."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.readers.ofd_file import read_ofd
from ingest.refusal import Reason, RefusedError

_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
FULL = "村民可以向户籍所在地的乡镇人民政府提出书面申请，也可以"


def line(text: str, x: float, y: float, size: float = 5.6) -> str:
    deltas = f"g {len(text) - 1} {size}" if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 170 8" Font="1" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{deltas}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x: float, y: float, width: float, height: float) -> str:
    data = f"M 0 0 L {width} {height}"
    return f'<ofd:PathObject Boundary="{x} {y} 1 1"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def ofd(*pages: str, path: str = "Doc_0/Document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        root = f"<ofd:OFD {_NAMESPACE}><ofd:DocBody><ofd:DocRoot>{path}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        archive.writestr("OFD.xml", root)
        list_of_pages = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        document = (
            f"<ofd:Document {_NAMESPACE}><ofd:CommonData>{box}</ofd:CommonData><ofd:Pages>{list_of_pages}</ofd:Pages>"
        )
        archive.writestr("Doc_0/Document.xml", f"{document}</ofd:Document>")
        for number, content in enumerate(pages):
            layer = f"<ofd:Content><ofd:Layer ID='9'>{content}</ofd:Layer></ofd:Content>"
            archive.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", f"<ofd:Page {_NAMESPACE}>{layer}</ofd:Page>")
    return file.getvalue()


def test_lines_become_paragraphs_and_pages_keep_their_numbers() -> None:
    first = line("关于低保的通知", 70, 40, 8) + line(FULL[2:], 36.2, 60) + line("委托村民委员会代为提交。", 25, 70)
    page = read_ofd(ofd(first, line("会宁县民政局", 130, 50) + line("2024年3月8日", 130, 60)))
    assert [(block.page, block.text) for block in page.blocks] == [
        (1, "关于低保的通知"),
        (1, f"{FULL[2:]}委托村民委员会代为提交。"),
        (2, "会宁县民政局"),
        (2, "2024年3月8日"),
    ]
    assert page.blocks[0].heading == 1


def test_a_ruled_table_is_a_grid() -> None:
    rules = "".join(rule(30, y, 80, 0) for y in (50, 60, 70)) + "".join(rule(x, 50, 0, 20) for x in (30, 70, 110))
    cells = line("类别", 32, 52) + line("标准", 72, 52) + line("一类", 32, 62) + line("402", 72, 62)
    (block,) = read_ofd(ofd(rules + cells)).blocks
    assert block.grid == (("类别", "标准"), ("一类", "402"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ofd(""), Reason.NO_TEXT),
        (ofd('<ofd:ImageObject Boundary="0 0 1 1"/>'), Reason.FORMAT),
        (ofd(line("低保", 1, 1), path="../../etc/passwd"), Reason.CRASHED),
    ],
)
def test_what_has_no_text_is_refused_by_name(data: bytes, reason: Reason) -> None:
    with pytest.raises(RefusedError) as refused:
        read_ofd(data)
    assert refused.value.reason is reason
