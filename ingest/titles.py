"""The title of a document among the lines at its head."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from ingest.outline import heading_of
from ingest.page import Block, Removed
from ingest.spelling import plain

GENRE: Final = re.compile(
    r"(通知|公告|公示|通告|启事|办法|条例|规定|细则|意见|决定|规划|纲要|标准|制度|章程|方案|计划|要点|报告|总结|汇报|通报|纪要"
    r"|讲话|发言|致辞|问答|解答|解读|指南|须知|流程|明白[纸卡]|计分表|评分表|考核表|批复|复函|函|提案|倡议书|公开信|信|法|100问|百问|一览表|手册|情况)$"
)
# What collections put behind a title: （范文推荐）, (精选3篇).
_ADVERTISED: Final = re.compile(
    r"\s*[(（【\[][^)）】\]]{0,8}(范文|推荐|精选|最新|通用|热门|\d+\s*篇|全文|完整版|合集)[^)）】\]]{0,6}[)）】\]]\s*$"
)
_SITE_BEHIND: Final = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,30}$")
_TITLE_END: Final = re.compile(r"(?!.*关于)(?!.*關於)的?[^。]{0,12}的?(通知|意见|报告|方案|公告|函)")
_SALUTATION: Final = re.compile(r"[^。；]{2,80}[:：]")
_NUMBER: Final = re.compile(r"[\u4e00-\u9fff]{1,16}[〔\[(（]\s*(19|20)\d{2}\s*[〕\]）)]\s*第?\s*\d+\s*号")
_HEAD: Final = 14
_SHORTEST_REPEATED: Final = 8
# How alike a line must be to the title to be the title again; less if it advertises itself as a sample.
_SAME, _AKIN = 0.82, 0.5


@dataclass(frozen=True)
class Titled:
    """
    A document's title, the line it was read from, the body, and repetitions of the title taken out.

    ``evidence`` is two lines put together where the title was broken. It is None when the title comes from the
    mark-up or from the file's name (``where`` tells).
    """

    title: str
    where: str
    evidence: Block | None
    body: tuple[Block, ...]
    removed: tuple[Removed, ...] = ()


def find_title(blocks: Sequence[Block], *, stated: str, labels: Mapping[str, str], name: str) -> Titled:
    """
    Return the title and what remains as body.

    ``stated`` is a title that the page labels as such ("" for none), ``labels`` the particulars of the
    mark-up, ``name`` the file's name without its ending, which is the last resort. The last line before the
    text that reads as a title wins: pages repeat the title above the document's own head.
    """
    end = _body_start(blocks)
    candidates = [at for at in range(end) if _may_be_title(blocks[at])]
    best = max(candidates, key=lambda at: (_score(blocks[at]), at), default=None)
    known = stated or clean_title(labels.get("articletitle", ""))
    if best is None:
        page_title = clean_title(_SITE_BEHIND.sub("", labels.get("title", "")))
        title = known or page_title or name
        where = "标签" if known else "网页标题" if page_title else "文件名"
        return Titled(title, where, None, tuple(blocks))
    lines = _title_lines(blocks[:end], best)
    evidence = replace(lines[0], text="".join(block.text.strip() for block in lines))
    title = clean_title(evidence.text)
    repeated = [
        block for block in blocks[:end] if block.grid is None and block not in lines and _repeats(block.text, title)
    ]
    body = tuple(block for block in blocks if block not in lines and block not in repeated)
    removed = tuple(Removed("重复的标题", block.text) for block in repeated)
    return Titled(title, "页面", evidence, body, removed)


def clean_title(text: str) -> str:
    """Return a title in one line and one script, without what a collection of samples puts behind it."""
    bare = _ADVERTISED.sub("", plain(text))
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", bare)


def is_title_like(text: str) -> bool:
    """Whether a line ends in a word for a sort of document and reads as one phrase."""
    title = clean_title(text)
    return 4 <= len(title) <= 100 and bool(GENRE.search(title)) and not re.search("[。；！？]", title)


def _title_lines(head: Sequence[Block], best: int) -> tuple[Block, ...]:
    """Return the lines of a title: one, or two where it was broken before its last words."""
    before = head[best - 1] if best else None
    is_rest = bool(_TITLE_END.fullmatch(head[best].text.strip()))
    if is_rest and before is not None and "关于" in plain(before.text) and not GENRE.search(clean_title(before.text)):
        return before, head[best]
    return (head[best],)


def _body_start(blocks: Sequence[Block]) -> int:
    """Return where the text begins: the first sentence, heading or salutation."""
    for at, block in enumerate(blocks[: _HEAD * 2]):
        text = plain(block.text)
        if block.grid is not None:
            continue
        sentence = len(text) >= 24 and re.search("[。；]", text)
        heading = heading_of(text) is not None and not is_title_like(text)
        if sentence or heading or (_SALUTATION.fullmatch(text) and at):
            return at
    return min(len(blocks), _HEAD)


def _may_be_title(block: Block) -> bool:
    text = plain(block.text)
    if block.grid is not None or not 4 <= len(text) <= 120 or re.search("[。；！？]|^[(（]", text):
        return False
    if _NUMBER.fullmatch(text):
        return False
    return not _SALUTATION.fullmatch(text) and not re.fullmatch(r"[\d\s年月日:：./-]+", text)


def _score(block: Block) -> int:
    title = clean_title(block.text)
    return (
        6 * (block.heading == 1)
        + 4 * bool(GENRE.search(title))
        + 2 * ("关于" in title)
        + (len(title) >= _SHORTEST_REPEATED)
        - 3 * bool(re.search("网$|频道|栏目", title))
    )


def _repeats(line: str, title: str) -> bool:
    """Whether a line above the text is the title again, or the collection's own wording of it."""
    one = clean_title(line)
    if one == title or (len(one) >= _SHORTEST_REPEATED and one in title):
        return True
    likeness = SequenceMatcher(None, one[:200], title, autojunk=False).ratio()
    return len(one) >= _SHORTEST_REPEATED and likeness >= (_AKIN if one != plain(line) else _SAME)
