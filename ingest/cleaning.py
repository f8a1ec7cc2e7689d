"""The first cleaning of a page's lines: stray characters, glosses, damage; then the furniture around the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.damage import mark_damage
from ingest.furniture import remove_furniture
from ingest.glosses import strip_glosses
from ingest.page import Block, Page, Removed
from language.normalise import mend_radicals

_BLANKS: Final = re.compile(r"[ \t\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_STRAY: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Cleaned:
    """A page's lines that belong to its text, what was taken out, and the context of each mark of damage."""

    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...]
    lost: tuple[str, ...]


def clean_page(page: Page) -> Cleaned:
    """Clean a page. Whatever is taken out is in ``removed``; nothing else of the text is lost."""
    removed = list(page.removed)
    lost: list[str] = []
    blocks = [_clean_block(block, removed, lost) for block in page.blocks]
    kept, furniture = remove_furniture(blocks)
    return Cleaned(tuple(kept), (*removed, *furniture), tuple(lost))


def _clean_block(block: Block, removed: list[Removed], lost: list[str]) -> Block:
    if block.grid is None:
        return replace(block, text=_clean_text(block.text, removed, lost))
    grid = tuple(tuple(_clean_text(cell, removed, lost) for cell in row) for row in block.grid)
    return replace(block, grid=grid)


def _clean_text(text: str, removed: list[Removed], lost: list[str]) -> str:
    stray: Sequence[str] = _STRAY.findall(text)
    removed += [Removed("控制字符", f"U+{ord(char):04X}") for char in stray]
    bare, glosses = strip_glosses(mend_radicals(_STRAY.sub("", text)))
    removed += [Removed("拼音注音", gloss) for gloss in glosses]
    whole, contexts = mark_damage(bare)
    lost += contexts
    return _BLANKS.sub(" ", whole).strip()
