"""Lines and rows in which a page states particulars of its document: 索引号, 文号, 发布时间 …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ingest.page import Block
from ingest.spelling import plain


class Label(StrEnum):
    """What a label on a page stands for."""

    INDEX_NUMBER = "索引号"
    NUMBER = "文号"
    WRITTEN = "成文日期"
    PUBLISHED = "发布日期"
    PUBLISHER = "发布机构"
    OWNER = "所属机构"
    TITLE = "标题"
    OPENNESS = "公开方式"
    VALID_FROM = "施行日期"
    VALID_TO = "失效日期"
    VALIDITY = "时效性"
    TOPIC = "主题词"
    OTHER = "其他"


_WORDS: Final = {
    Label.INDEX_NUMBER: "索引号 索引编号 信息索引号",
    Label.NUMBER: "文号 发文字号 发文文号 文件编号 文件号 公文文号 发文号",
    Label.WRITTEN: "成文日期 成文时间 发文日期 发文时间 生成日期 制发日期 印发日期 形成日期 签发日期",
    Label.PUBLISHED: "发布日期 发布时间 公开日期 公开时间 公布日期 公布时间 发稿时间 发稿日期 更新时间 更新日期"
    " 录入时间 上传时间 信息时间 添加时间 撰写时间 刊发时间 发布于 发表于 时间 日期",
    Label.PUBLISHER: "发布机构 发布单位 发布部门 发文机关 发文单位 发文机构 制发机关 公开机构"
    " 信息来源 文章来源 稿件来源 来源",
    Label.OWNER: "所属机构 责任部门 公开责任部门 公开单位 供稿单位",
    Label.TITLE: "标题 信息名称 公文名称 文件名称 名称",
    Label.OPENNESS: "公开方式 公开范围 公开形式 公开属性 公开类别 公开类型",
    Label.VALID_FROM: "施行日期 实施日期 生效日期 生效时间",
    Label.VALID_TO: "失效日期 失效时间 废止日期 有效期至",
    Label.VALIDITY: "有效性 信息时效性 时效性 时效状态 时效",
    Label.TOPIC: "主题词 关键字 关键词 主题分类 体裁分类 信息分类 组配分类 服务对象",
    Label.OTHER: "统一登记号 统一编号 作者 编辑 责任编辑 责编 审核 初审 复审 终审"
    " 归档时间 归档日期"
    " 浏览次数 浏览量 浏览 点击数 点击次数 点击量 点击 阅读次数 阅读量 阅读 访问次数 访问量 人气 字号 字体 摄影 校对",
}  # fmt: skip
# 时间 and 日期 alone may tell when a meeting is: a site writes the day in figures, or names the source beside it.
_VAGUE: Final = frozenset({"时间", "日期"})
_IN_FIGURES: Final = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(\s|$)")
_SITE_LABELS: Final = frozenset({"来源", "信息来源", "文章来源", "稿件来源", "作者", "编辑", "责任编辑"})
_TAIL_STAMP: Final = re.compile(r"\s+(?P<day>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(\s+\d{1,2}:\d{2}(:\d{2})?)?$")
_LABEL_OF: Final = {word: label for label, words in _WORDS.items() for word in words.split()}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(r"\s*".join(word) for word in sorted(words, key=len, reverse=True))


# A short label inside a longer word is none: 资金来源.
_MENTION: Final = re.compile(
    rf"((?<![\u4e00-\u9fff])(?:{_any_of(word for word in _LABEL_OF if len(word) < 4)})"
    rf"|{_any_of(word for word in _LABEL_OF if len(word) >= 4)})\s*[:：]"
)
_STAMP: Final = re.compile(r"^\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(\s+\d{1,2}:\d{2}(:\d{2})?)?)\s*")
# Labels that also begin sentences; alone on a line they count only beside a stronger one, or with a short value.
_WEAK: Final = frozenset({Label.TITLE, Label.OTHER, Label.TOPIC})
_LONGEST: Final = 200


@dataclass(frozen=True)
class Stated:
    """A particular as a page states it; ``start`` is where the stating line begins in the raw page."""

    label: Label
    value: str
    line: str
    start: int


def read_labels(block: Block) -> tuple[Stated, ...] | None:
    """Return what a line or table row states, or None when it is not such a line."""
    if block.grid is not None:
        return _from_cells(block)
    text = plain(block.text)
    if len(text) > _LONGEST or "。" in text:
        return None
    mentions = list(_MENTION.finditer(text))
    stamp = _STAMP.match(text)
    begin = stamp.end() if stamp else 0
    if stamp and begin == len(text):
        if "年" in text:  # 2024年3月8日 on a line of its own signs a document
            return None
        return (Stated(Label.PUBLISHED, stamp.group(1), text, block.start),)
    if not mentions or mentions[0].start() > begin + 2:
        return None
    ends = [*(mention.start() for mention in mentions[1:]), len(text)]
    stated = [
        Stated(_label(mention.group(1)), text[mention.end() : end].strip(), text, block.start)
        for mention, end in zip(mentions, ends, strict=True)
    ]
    if stamp:
        stated.append(Stated(Label.PUBLISHED, stamp.group(1), text, block.start))
    if all(one.label in _WEAK for one in stated) and len(text) > 40:
        return None
    if _tells_a_meeting(mentions, stated):
        return None
    return tuple(_with_day_of_source(stated))


def _tells_a_meeting(mentions: Sequence[re.Match[str]], stated: Sequence[Stated]) -> bool:
    """Whether a day stands behind a vague label that nothing on the line shows to be a site's."""
    words = {re.sub(r"\s", "", mention.group(1)) for mention in mentions}
    vague = next((one for one, mention in zip(stated, mentions, strict=False) if mention.group(1) in _VAGUE), None)
    if vague is None or words & _SITE_LABELS:
        return False
    counted = any(one.label is Label.OTHER for one in stated)
    return not (counted or _IN_FIGURES.match(vague.value))


def _with_day_of_source(stated: Iterable[Stated]) -> Iterator[Stated]:
    """Part the source from the day that a site prints behind it without a label."""
    for one in stated:
        behind = _TAIL_STAMP.search(one.value) if one.label is Label.PUBLISHER else None
        if behind is None:
            yield one
        else:
            yield replace(one, value=one.value[: behind.start()].strip())
            yield replace(one, label=Label.PUBLISHED, value=behind["day"])


def _from_cells(block: Block) -> tuple[Stated, ...] | None:
    """Read rows such as ``索引号: | 123 | 生成日期: | 2023-10-07``."""
    assert block.grid is not None
    stated: list[Stated] = []
    cells_seen = 0
    for row in block.grid:
        cells = [plain(cell) for cell in _unmerged(row)]
        cells_seen += sum(bool(cell) for cell in cells)
        at = 0
        while at < len(cells):
            label = _LABEL_OF.get(re.sub(r"[\s:：]", "", cells[at]))
            if label is None:
                inner = read_labels(Block(cells[at], block.start))
                stated += inner or ()
                at += 1
                continue
            following = cells[at + 1] if at + 1 < len(cells) else ""
            empty = re.sub(r"[\s:：]", "", following) in _LABEL_OF
            stated.append(Stated(label, "" if empty else following, " ".join(cells), block.start))
            at += 1 if empty else 2
    if len(stated) * 3 < cells_seen or not stated:
        return None
    return tuple(stated)


def _unmerged(row: Iterable[str]) -> list[str]:
    """Return the cells of a row, a merged cell once."""
    cells: list[str] = []
    for cell in row:
        if not cells or cell != cells[-1] or not cell:
            cells.append(cell)
    return cells


def _label(word: str) -> Label:
    return _LABEL_OF[re.sub(r"\s", "", word)]
