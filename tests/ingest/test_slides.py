"""Slides: titles, text in the order it is read, tables, notes; what is hidden is reported."""

from __future__ import annotations

import io

from pptx import Presentation
from pptx.util import Inches

from ingest.readers.slides import read_pptx


def slides() -> bytes:
    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text = "监测帮扶培训"
    first.placeholders[1].text = "一、谁可以申报\n二、怎么申报"
    low = first.shapes.add_textbox(Inches(1), Inches(6), Inches(3), Inches(1))
    low.text_frame.text = "咨询乡镇乡村振兴办"
    high = first.shapes.add_textbox(Inches(1), Inches(0.2), Inches(3), Inches(0.5))
    high.text_frame.text = "会宁县"
    first.notes_slide.notes_text_frame.text = "讲到这里举一个例子"
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.title.text = "标准"
    table = second.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    for y, row in enumerate([["类别", "标准"], ["", "上半年", "下半年"], ["一类", "10", "20"]]):
        for x, text in enumerate(row):
            if text:
                table.cell(y, x).text = text
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "备用页"
    hidden.element.set("show", "0")
    file = io.BytesIO()
    show.save(file)
    return file.getvalue()


def test_slides_are_pages_read_from_top_to_bottom() -> None:
    page = read_pptx(slides())
    assert [(block.page, block.heading, block.grid or block.text) for block in page.blocks] == [
        (1, 1, "监测帮扶培训"),
        (1, 0, "会宁县"),
        (1, 0, "一、谁可以申报"),
        (1, 0, "二、怎么申报"),
        (1, 0, "咨询乡镇乡村振兴办"),
        (1, 0, "备注：讲到这里举一个例子"),
        (2, 2, "标准"),
        (2, 0, (("类别", "标准", "标准"), ("类别", "上半年", "下半年"), ("一类", "10", "20"))),
    ]
    assert page.blocks[-1].head_rows == 2
    assert [(piece.reason, piece.text) for piece in page.removed] == [("隐藏的幻灯片", "备用页")]
