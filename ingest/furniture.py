"""What a web page puts around a document: recognised by general rules, dropped, and reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest import furniture_rules as rules
from ingest.labels import read_labels
from ingest.page import Block, Removed
from ingest.spelling import plain
from language.normalise import normalise_with_offsets

_LONGEST_LINK: Final = 60
_NUMBER_OR_SALUTATION: Final = re.compile(
    r"[\u4e00-\u9fff]{1,16}[〔\[(（]\s*(19|20)\d{2}\s*[〕\]）)]\s*第?\s*\d+\s*号|[^。；：:]{2,80}(政府|单位|部门|村|委员会|局)[:：]"
)
_FEWEST_LINKS: Final = 3
_LONGEST_HALF: Final = 4
_SENTENCE: Final = 24
_MOSTLY_LINK: Final = 0.7


def remove_furniture(blocks: Sequence[Block]) -> tuple[list[Block], list[Removed]]:
    """
    Return the blocks that belong to the document, and what was taken out.

    Tables are kept whole. Inside a line only what a site inserts goes: hidden-content prompts, counters,
    font controls, and the sentence in which a sample site praises its collection.
    """
    removed: list[Removed] = []
    texts = [plain(block.text) for block in blocks]
    why = [None if block.grid else _reason(text) for block, text in zip(blocks, texts, strict=True)]
    _drop_columns(blocks, texts, why)
    _keep_halves(blocks, texts, why)
    _spread_footer(blocks, texts, why)
    _cut_related(blocks, texts, why)
    _drop_link_lists(blocks, why)
    kept: list[Block] = []
    for block, text, reason in zip(blocks, texts, why, strict=True):
        if reason is not None:
            removed.append(Removed(reason, block.text))
            continue
        rest, insertions = (block.text, []) if block.grid else _without_insertions(block.text, text)
        removed += insertions
        if rest.strip():
            kept.append(replace(block, text=rest, start=block.start + max(0, block.text.find(rest[:8]))))
    return kept, removed


def _reason(text: str) -> str | None:
    for rule in rules.LINES:
        if len(text) <= rule.longest and rule.pattern.search(text):
            return rule.reason
    return None


def _drop_columns(blocks: Sequence[Block], texts: Sequence[str], why: list[str | None]) -> None:
    """Drop the names of a site's columns above the first sentence."""
    for at, text in enumerate(texts):
        if len(text) >= _SENTENCE and "。" in text:
            return
        if not blocks[at].grid and blocks[at].heading != 1 and rules.COLUMN.fullmatch(text.strip()):
            why[at] = why[at] or "导航"


def _keep_halves(blocks: Sequence[Block], texts: Sequence[str], why: list[str | None]) -> None:
    """Keep the second half of a table's cell that a line break parted: 一级, then 目录."""
    for at in range(1, len(blocks)):
        if why[at] == "目录" and not blocks[at].gap and len(texts[at - 1].strip()) <= _LONGEST_HALF:
            why[at] = None


def _spread_footer(blocks: Sequence[Block], texts: Sequence[str], why: list[str | None]) -> None:
    """Drop what surrounds a footer's sure lines: labelled lines above, everything short below."""
    sure = [at for at, reason in enumerate(why) if reason in rules.SURE_FOOTER and at >= len(why) // 2]
    if not sure:
        return
    for at in range(sure[0] + 1, len(blocks)):
        if why[at] is None and blocks[at].grid is None and len(texts[at]) <= 120 and "。" not in texts[at]:
            why[at] = "页脚"
    for at in range(sure[0] - 1, -1, -1):
        if why[at] is None:
            labels = len(rules.FOOTER_LABEL.findall(texts[at]))
            if blocks[at].grid or not labels or (labels < 2 and not rules.FOOTER_START.match(texts[at])):
                return
            why[at] = "页脚"


def _cut_related(blocks: Sequence[Block], texts: Sequence[str], why: list[str | None]) -> None:
    """Drop the list of other articles: its heading, and the links or short lines below it up to a document's head."""
    for at, text in enumerate(texts):
        if why[at] is None and len(text) <= 40 and rules.RELATED.search(text):
            why[at] = "相关文章"
            are_links = at + 1 < len(blocks) and blocks[at + 1].linked >= _MOSTLY_LINK
            for below in range(at + 1, len(blocks)):
                if blocks[below].grid or len(texts[below]) > 60 or re.search("[。；]", texts[below]):
                    break
                if _opens_document(blocks[below]) or (are_links and blocks[below].linked < _MOSTLY_LINK):
                    break
                why[below] = why[below] or "相关文章"


def _opens_document(block: Block) -> bool:
    """Whether a line is a document's head: its title in mark-up, its labelled particulars, its 文号, its salutation."""
    text = plain(block.text).strip()
    return bool(block.heading in {1, 2} or _NUMBER_OR_SALUTATION.fullmatch(text) or read_labels(block))


def _drop_link_lists(blocks: Sequence[Block], why: list[str | None]) -> None:
    """Drop three and more lines in a row that are nothing but links, attachments excepted."""
    run: list[int] = []
    for at, block in enumerate([*blocks, Block("")]):
        is_link = block.linked >= _MOSTLY_LINK and len(block.text) <= _LONGEST_LINK
        if is_link and not rules.ATTACHMENT.search(block.text):
            run.append(at)
            continue
        if len(run) >= _FEWEST_LINKS:
            for member in run:
                why[member] = why[member] or "链接列表"
        run = []


def _without_insertions(text: str, words: str) -> tuple[str, list[Removed]]:
    """Take out of a line what the site inserted; ``text`` keeps its own script."""
    spans = [(reason, match.span()) for reason, pattern in rules.INSERTED for match in pattern.finditer(words)]
    spans += [
        ("编者按语", sentence.span())
        for sentence in rules.SENTENCE.finditer(words)
        if rules.BLURB.search(sentence.group())
    ]
    if not spans:
        return text, []
    normal = normalise_with_offsets(text)
    removed: list[Removed] = []
    kept: list[str] = []
    at = 0
    for reason, span in sorted(spans, key=lambda found: found[1]):
        start, end = normal.original_span(*span)
        if start >= at:
            kept.append(text[at:start])
            removed.append(Removed(reason, text[start:end]))
            at = end
    return "".join((*kept, text[at:])), removed
