"""A page that holds several documents is split into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.page import Block, Removed
from ingest.spelling import plain
from language.numerals import parse_number

_ORDINAL: Final = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
# 精准扶贫工作通报范文一, 驻村工作总结 篇2, 工作报告（三）
_BEHIND: Final = re.compile(
    rf"^(?P<stem>[^。！？；:：]{{0,50}}?(范文|例文|样文|模板|样本|篇|材料|稿|通报|报告|方案|总结|讲话|发言|计划|汇报|心得))"
    rf"\s*[(（]?(?P<ordinal>{_ORDINAL})[)）]?\s*[:：]?(?P<title>.{{0,60}})$"
)
# 第一篇：…, 【篇二】…, 范文3 …
_BEFORE: Final = re.compile(
    rf"^[【\[(（]?\s*(?P<stem>第|范文|篇)?\s*(?P<ordinal>{_ORDINAL})\s*(篇|则)?\s*[】\])）]?\s*[:：]?\s*(?P<title>.{{0,60}})$"
)
_NUMBER_LINE: Final = re.compile(r"^[\u4e00-\u9fff]{2,16}[〔\[（(]\s*(19|20)\d{2}\s*[〕\]）)]\s*第?\s*\d+\s*号$")
# Less text than this between two titles makes no document: it was a list of contents.
_SHORTEST: Final = 60


@dataclass(frozen=True)
class Part:
    """One document of a page; ``head`` is the numbered title that names it, where there is one."""

    blocks: tuple[Block, ...]
    head: Block | None = None


def split_parts(blocks: Sequence[Block]) -> tuple[tuple[Part, ...], tuple[Removed, ...]]:
    """
    Return the documents of a page in order, and what stood before the first of several.

    A page is several documents when titles of one make are numbered 一, 二, 三 …, or when several lines
    hold nothing but a 文号.
    """
    titles = _series(blocks)
    heads = titles or _numbered_heads(blocks)
    if not heads:
        return (Part(tuple(blocks)),), ()
    ends = [*heads[1:], len(blocks)]
    parts = tuple(
        Part(tuple(blocks[head + 1 : end]), blocks[head]) if titles else Part(tuple(blocks[head:end]))
        for head, end in zip(heads, ends, strict=True)
    )
    return parts, tuple(Removed("页首导语", block.text) for block in blocks[: heads[0]])


def _series(blocks: Sequence[Block]) -> list[int]:
    """Return the places of titles that differ only in a rising ordinal."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at, block in enumerate(blocks):
        text = plain(block.text)
        if block.grid is not None or len(text) > 80:
            continue
        match = _BEHIND.match(text) or _BEFORE.match(text)
        if match and not (match["title"] and "。" in match["title"]) and _is_title_stem(match):
            stem = re.sub(r"\s", "", match["stem"] or "")
            found.setdefault(stem, []).append((at, _value(match["ordinal"])))
    for members in found.values():
        heads = _rising(members)
        if len(heads) >= 2 and _well_filled(blocks, heads):
            return heads
    return []


def _is_title_stem(match: re.Match[str]) -> bool:
    """Whether a numbered line names a document: 一 alone or 第一 is a heading inside one."""
    if match.re is _BEHIND:
        return True
    return match["stem"] in {"范文", "篇"} or bool(re.search("篇|则", match.group()))


def _rising(members: Sequence[tuple[int, int]]) -> list[int]:
    heads: list[int] = []
    for at, ordinal in members:
        if ordinal == len(heads) + 1:
            heads.append(at)
        elif ordinal == 1:
            heads = [at]
    return heads


def _numbered_heads(blocks: Sequence[Block]) -> list[int]:
    heads = [at for at, block in enumerate(blocks) if block.grid is None and _NUMBER_LINE.match(plain(block.text))]
    return heads if len(heads) >= 2 and _well_filled(blocks, heads) else []


def _well_filled(blocks: Sequence[Block], heads: Sequence[int]) -> bool:
    ends = [*heads[1:], len(blocks)]
    return all(
        sum(len(block.text) for block in blocks[head + 1 : end]) >= _SHORTEST
        for head, end in zip(heads, ends, strict=True)
    )


def _value(ordinal: str) -> int:
    number = parse_number(ordinal)
    return int(number.value) if number else 0
