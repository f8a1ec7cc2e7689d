"""Lines become paragraphs: breaks inside a sentence are joined, paragraphs run together are parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.outline import heading_of, is_heading_line
from ingest.page import Block
from ingest.questions import run_together
from ingest.titles import is_title_like

_ENDS: Final = '。！？!?；;：:…”"’）)》】〕」'
_SENTENCE: Final = re.compile("[，。；：！？,;:!?]")
_WIDEST_WRAP: Final = 90
_HAN: Final = "\u3400-\u9fff"
# A blank behind the end of a sentence is a lost paragraph: Chinese writes none there.
_LOST_BREAK: Final = re.compile(r"(?<=[。！？!?；;”])[ \u3000]+(?=[^\s。，])|(?<=\A)[^，。；：:]{2,40}[：:][ \u3000]+")
_LOST_HEADING: Final = re.compile(rf"\s*[{_HAN}\d(（][^，。；：！？,;:!?\s]{{2,30}}[ \u3000]+(?=[{_HAN}“《\d])")
_SHORTEST_SPLIT: Final = 200
_TOO_LONG_FOR_TITLE: Final = 50
_ARTICLE: Final = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]{1,5}条")
_TERMINAL: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日$")


def make_paragraphs(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """Return the blocks with one paragraph each, and how many line breaks were joined. Tables stay."""
    joined, count = _join(blocks)
    return [piece for block in joined for piece in _split(block)], count


def _join(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    width = _wrap_width(blocks)
    joined: list[Block] = []
    count = 0
    last = ""  # the line as it stood in the file, which tells whether it was full
    for block in blocks:
        if joined and _continues(joined[-1], last, block, width):
            glue = " " if re.search(r"[A-Za-z]$", last) and re.match("[A-Za-z]", block.text.strip()) else ""
            joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip() + glue + block.text.strip())
            count += 1
        else:
            joined.append(block)
        last = block.text.rstrip()
    return joined, count


def _wrap_width(blocks: Sequence[Block]) -> int:
    """Return the width at which the file's lines were wrapped by force, 0 when they were not."""
    lengths = [len(block.text.rstrip()) for block in blocks if block.grid is None]
    if len(lengths) < 6:
        return 0
    width = sorted(lengths)[int(len(lengths) * 0.9)]
    full = sum(width - 3 <= length <= width + 3 for length in lengths)
    return width if 12 <= width <= _WIDEST_WRAP and full >= 0.4 * len(lengths) else 0


def _continues(paragraph: Block, last: str, block: Block, width: int) -> bool:
    """Whether ``block`` goes on with the sentence that ``paragraph`` broke off in its line ``last``."""
    text = block.text.strip()
    if paragraph.grid or block.grid or paragraph.heading or block.heading or not last or not text:
        return False
    if is_heading_line(text) or _TERMINAL.search(paragraph.text.strip()):
        return False
    heading = heading_of(paragraph.text)
    if heading is not None and heading.length >= len(paragraph.text.strip()) and not (width and len(last) >= width - 3):
        return False
    if last[-1] in _ENDS:
        return bool(width) and len(last) >= width - 2 and last[-1] in '：:；;”"’）)》】〕」' and not block.gap
    if width and len(last) >= width - 3 and not block.gap:
        return True
    if last[-1] in "，、,":
        return True
    # Elsewhere a line is broken only when it is a sentence already and neither a title nor a cell.
    is_sentence = len(last) >= 20 and bool(_SENTENCE.search(last))
    return (is_sentence or (len(last) >= _TOO_LONG_FOR_TITLE and not is_title_like(last))) and bool(
        _SENTENCE.search(text)
    )


def _split(block: Block) -> list[Block]:
    if block.grid or block.heading:
        return [block]
    pieces: list[Block] = []
    at = 0
    for cut in _cuts(block.text):
        pieces.append(replace(block, text=block.text[at:cut].strip(), start=block.start + at))
        at = cut
    rest = replace(block, text=block.text[at:].strip(), start=block.start + at)
    return [piece for piece in (*pieces, rest) if piece.text]


def _cuts(text: str) -> list[int]:
    """Return where paragraphs that run together begin, in a text long enough to be several."""
    cuts = run_together(text)
    if len(text) >= _SHORTEST_SPLIT:
        cuts += [match.end() for match in _LOST_BREAK.finditer(text)]
    for begin in [0, *cuts]:
        # A heading that lost its line: a number and some words without a mark, then a blank.
        match = _LOST_HEADING.match(text, begin)
        if (
            match
            and is_heading_line(match.group())
            and not _ARTICLE.match(match.group())
            and len(text) - match.end() > 20
        ):
            cuts.append(match.end())
    return sorted(set(cuts))
