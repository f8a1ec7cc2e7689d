"""The end of a document: who signs, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.damage import MARK
from ingest.dates import is_date_line, read_date
from ingest.page import Block, Removed
from ingest.spelling import plain
from ingest.titles import is_title_like

_BLANK: Final = re.compile(r"[xX×＊*_\s]{2,}|[xX×*_\s]*年[xX×*_\s]*月[xX×*_\s]*日")
_BROKEN_DATE: Final = re.compile(
    rf"{re.escape(MARK)}.{{0,6}}年?\d{{1,2}}月\d{{1,2}}日|.{{0,4}}{re.escape(MARK)}.{{0,4}}月.{{0,4}}日"
)
_ORGAN: Final = re.compile(
    r"[\u4e00-\u9fffA-Za-z〔〕()（）、\s]{2,40}(委员会|政府|办公室|委|办|局|厅|部|组|中心|院|处|所|站|会|党委|镇|乡|县|市|区|村|队|公司|社)"
)


@dataclass(frozen=True)
class SignOff:
    """
    Who signed and when, with the blocks that say so; empty and None where the document does not.

    ``broken_date`` is a date line of which part could not be recovered.
    """

    organ: str = ""
    signed_on: date | None = None
    blocks: tuple[Block, ...] = ()
    broken_date: str = ""


def drop_blank_signoff(blocks: Sequence[Block]) -> tuple[list[Block], list[Removed]]:
    """Take out lines in which a sample leaves organ and date to be filled in: xxxx, 年月日."""
    kept, removed = [], []
    for block in blocks:
        if block.grid is None and _BLANK.fullmatch(plain(block.text)):
            removed.append(Removed("空白落款", block.text))
        else:
            kept.append(block)
    return kept, removed


def find_signoff(blocks: Sequence[Block]) -> SignOff:
    """Return the last date that stands on its own line with the organs above it, appendices left below."""
    for at in range(len(blocks) - 1, -1, -1):
        text = plain(blocks[at].text)
        broken = bool(_BROKEN_DATE.fullmatch(text)) and len(text) <= 24
        if blocks[at].grid is not None or not (is_date_line(text) or broken):
            continue
        organs = _organs_above(blocks, at)
        return SignOff(
            organ="、".join(plain(organ.text) for organ in organs),
            signed_on=None if broken else read_date(text),
            blocks=(*organs, blocks[at]),
            broken_date=text if broken else "",
        )
    last = blocks[-1] if blocks else None
    if last is not None and last.grid is None and _is_organ(last) and len(blocks) > 1:
        return SignOff(organ=plain(last.text), blocks=(last,))
    return SignOff()


def _organs_above(blocks: Sequence[Block], at: int) -> list[Block]:
    organs: list[Block] = []
    for block in reversed(blocks[max(0, at - 4) : at]):
        if not _is_organ(block):
            break
        organs.insert(0, block)
    return organs


def _is_organ(block: Block) -> bool:
    text = plain(block.text)
    return block.grid is None and bool(_ORGAN.fullmatch(text)) and not is_title_like(text)
