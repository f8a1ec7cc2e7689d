"""What is printed on every page and belongs to none: heads, feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingest.page import Removed
from ingest.readers.layout import Box, Leaf, Run, lines_of

_MARGIN: Final = 0.14  # of the height, at either end
_NUMBER: Final = re.compile(
    r"[-—–－·•.\s]*第?\s*(\d{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十百]{1,5})\s*页?[-—–－·•.\s]*"
    r"|第?\s*\d{1,4}\s*页?\s*[/／,，|]?\s*共?\s*\d{1,4}\s*页?|page\s*\d+(\s*of\s*\d+)?",
    re.IGNORECASE,
)
# What a browser prints around a page.
_PRINTED: Final = re.compile(
    r"((https?|file)://\S+|\d{1,4}[/-]\d{1,2}[/-]\d{1,4},?\s+\d{1,2}:\d{2}(\s*[AP]M)?)(\s+.{0,60})?", re.IGNORECASE
)
_SENTENCE: Final = re.compile("[，。；！？]")
# Heads may differ on left and right pages, and the first page often has none; a sentence must return more often.
_SHARE: Final = 0.3
_FEWEST, _FEWEST_SENTENCES = 2, 6


def without_running_heads(leaves: Sequence[Leaf]) -> tuple[list[Leaf], list[Removed]]:
    """Return the pages without what is repeated at their edges, and what that was."""
    edges = [(leaf, *_edge_lines(leaf)) for leaf in leaves]
    seen = Counter(key for leaf, *ends in edges for key in {_key(line, leaf) for lines in ends for line in lines})
    kept: list[Leaf] = []
    removed: list[Removed] = []
    for leaf, *ends in edges:
        gone: list[Box] = []
        for line, reason in (pair for lines in ends for pair in _heads(lines, leaf, seen, len(leaves))):
            removed.append(Removed(reason, line.text))
            gone.append(line.box)
        runs = tuple(run for run in leaf.runs if not any(box.holds(*run.box.middle) for box in gone))
        kept.append(replace(leaf, runs=runs))
    return kept, removed


def _heads(lines: Sequence[Run], leaf: Leaf, seen: Counter[tuple[str, int]], count: int) -> Iterator[tuple[Run, str]]:
    """Yield the lines that frame a page, from its edge up to the first one that belongs to the text."""
    for line in lines:
        text = line.text.strip()
        fewest = _FEWEST_SENTENCES if _SENTENCE.search(text) else _FEWEST
        if _NUMBER.fullmatch(text):
            yield line, "页码"
        elif _PRINTED.fullmatch(text):
            yield line, "打印时加的页眉页脚"
        elif seen[_key(line, leaf)] >= max(fewest, _SHARE * count):
            yield line, "页眉页脚"
        else:
            return


def _edge_lines(leaf: Leaf) -> tuple[list[Run], list[Run]]:
    """Return the lines near the top and near the bottom, each list from the edge inwards."""
    margin = _MARGIN * leaf.box.height
    lines = lines_of(leaf.runs)
    top = [line for line in lines if line.box.bottom <= leaf.box.top + margin]
    bottom = [line for line in reversed(lines) if line.box.top >= leaf.box.bottom - margin]
    return top, bottom


def _key(line: Run, leaf: Leaf) -> tuple[str, int]:
    """Return what is the same on all pages: the words without figures, and roughly the height."""
    words = re.sub(r"\d+", "#", "".join(line.text.split()))
    return words, round(50 * (line.box.middle[1] - leaf.box.top) / leaf.box.height)
