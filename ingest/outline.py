"""Headings as Chinese documents number them, and the path of headings above a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ingest.spelling import plain

_HAN_NUMBER: Final = "[一二三四五六七八九十百零〇]{1,5}"
# The usual order: 第…编/章/节, 一、(一) 1. (1) ①; articles stand below all chapters.
_MARKERS: Final = (
    (1, re.compile(rf"第{_HAN_NUMBER}(编|篇|部分)(?=[\s:：]|[^，。]{{0,30}}$)")),
    (2, re.compile(rf"第{_HAN_NUMBER}章(?=[\s:：]|[^，。]{{0,30}}$)")),
    (3, re.compile(rf"第{_HAN_NUMBER}节(?=[\s:：]|[^，。]{{0,30}}$)")),
    (4, re.compile(rf"第({_HAN_NUMBER}|\d{{1,3}})条(之{_HAN_NUMBER})?(?=[\s:：【]|$)")),
    (5, re.compile(rf"{_HAN_NUMBER}\s*[、.．:：]")),
    (6, re.compile(rf"[(（]\s*{_HAN_NUMBER}\s*[)）][、.．]?|[\u3220-\u3229]")),
    (7, re.compile(r"\d{1,3}\s*[、.．:：](?![\d%])|\d{1,3}(\.\d{1,2}){1,3}\s+(?=[\u4e00-\u9fff])")),
    (8, re.compile(r"[(（]\s*\d{1,3}\s*[)）][、.．]?|\d{1,3}[)）]|[\u2460-\u2473]")),
)
_ARTICLE: Final = 4
_QUESTION: Final = 7
_NAMED: Final = re.compile(
    r"((问题|事项|案例|步骤|任务|例)\s*([一二三四五六七八九十]{1,3}|\d{1,3})|问\s*\d{0,3}|第[一二三四五六七八九十]+步)\s*[:：、.．]\s*"
)
_ASKED: Final = re.compile(r"\s*问\s*[:：]")
# A label that opens a paragraph and sorts what follows: 整改措施及成效:一是…
_CAPTION: Final = re.compile(r"(?!.{0,8}(领导|同志|代表|朋友|乡亲|大家))[\u4e00-\u9fff、和及（）()“”]{2,14}[:：](?=\S)")
_APPENDIX: Final = re.compile(r"附\s*(件|录|表)\s*([一二三四五六七八九十]{1,2}|\d{1,2})?\s*[:：]?")
_LONGEST: Final = 60
# A heading with its text behind it on the same line is short; a longer one is a numbered sentence,
# and so is one below 1. that has a comma.
_LONGEST_RUN_IN: Final = 32
_LONGEST_LOW_RUN_IN: Final = 24


@dataclass(frozen=True)
class Heading:
    """
    A heading at the beginning of a line.

    ``level`` is smaller for what stands higher. ``title`` is its normalised text. ``length`` counts its
    characters in the line; a run-in heading is shorter than its line.
    """

    level: int
    title: str
    length: int


def heading_of(line: str, markup: int = 0) -> Heading | None:
    """Return the heading that opens ``line``, or None. ``markup`` is the level that mark-up states, 0 for none."""
    text = line.strip()
    level = level_of(text)
    if level is None:
        if markup and len(text) <= _LONGEST:
            return Heading(markup, plain(text), len(line))
        return None
    lead = len(line) - len(line.lstrip())
    if level == _ARTICLE:
        end = _marker_end(text)
        return Heading(level, plain(text[:end]), lead + end)
    end = _title_end(text)
    if end >= len(text) - 1 and text[-1] not in "。；;！!":
        longest = _LONGEST
    elif end >= len(text) - 1:
        return None  # one numbered sentence
    else:
        longest = _longest_run_in(level, text[:end])
    if end > longest:
        return None
    return Heading(level, plain(text[:end]).rstrip("。:：;； "), lead + end)


def _longest_run_in(level: int, title: str) -> int:
    if title[-1] in "？?":
        return _LONGEST
    if level < _QUESTION:
        return _LONGEST_RUN_IN
    return 0 if re.search("[，,]", title) else _LONGEST_LOW_RUN_IN


def level_of(line: str) -> int | None:
    """Return the level of the number or name that opens a line, None when there is none."""
    text = line.strip()
    for level, marker in _MARKERS:
        if marker.match(text):
            return level
    return _QUESTION if _NAMED.match(text) else None


def is_heading_line(line: str) -> bool:
    """Whether a line opens with a heading's number or name, so that it never continues the line before."""
    text = line.strip()
    return level_of(text) is not None or bool(_APPENDIX.match(text))


def caption_of(line: str) -> str | None:
    """Return the label that opens a paragraph, or None."""
    match = _CAPTION.match(line.strip())
    return plain(match.group()).rstrip(":：") if match else None


def path_with(path: tuple[tuple[int, str], ...], heading: Heading) -> tuple[tuple[int, str], ...]:
    """Return the path of headings after ``heading``: what stands at its level or below gives way to it."""
    return (*((level, title) for level, title in path if level < heading.level), (heading.level, heading.title))


def _marker_end(text: str) -> int:
    for marker in (*(pattern for _, pattern in _MARKERS), _NAMED):
        match = marker.match(text)
        if match:
            asked = _ASKED.match(text, match.end())
            return asked.end() if asked else match.end()
    return 0


def _title_end(text: str) -> int:
    """Return where the heading's words end: at the first full stop, colon or question mark behind the marker."""
    begin = _marker_end(text)
    match = re.compile(r"[。：:？?！!]").search(text, begin)
    if match is None:
        return len(text)
    return match.end() if match.group() in "？?" else match.start()
