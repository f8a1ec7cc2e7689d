"""Questions and answers in a booklet: which lines ask, where an answer begins, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from ingest.page import Block, Grid
from ingest.spelling import plain

_OPEN, _CLOSE = r"[【\[(（]\s*", r"\s*[】\])）]"
_REPLY: Final = "(?:答|解答|回答|答复)"
_ANSWER: Final = rf"(?:(?:{_OPEN})?(?:{_REPLY}|A\s*\d{{0,3}})(?:{_CLOSE})?\s*[:：]|{_OPEN}{_REPLY}{_CLOSE})"
_ASK: Final = rf"(?:(?:{_OPEN})?(?:问|问题|提问|Q)\s*\d{{0,3}}(?:{_CLOSE})?\s*[:：、.．]|{_OPEN}问{_CLOSE})"
_ORDINAL: Final = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
_NUMBER: Final = rf"(?:(?:第\s*)?{_ORDINAL}\s*问?\s*[、.．:：)）]|[(（]{_ORDINAL}[)）])"
_ANSWERS: Final = re.compile(rf"\s*{_ANSWER}")
_ASKS: Final = re.compile(rf"\s*(?:{_NUMBER})?\s*{_ASK}")
_NUMBERED: Final = re.compile(rf"\s*(?:{_NUMBER})")
_QUESTION: Final = re.compile(r"[^。；;！!?？]{3,90}[?？]")
_ENDS: Final = re.compile(r"[。；;：:，,]$")
# Where a question or an answer begins inside a line that runs them together.
_RUN_TOGETHER: Final = re.compile(
    rf"(?<=[?？])\s*(?={_ANSWER})|(?<=[。！!；;])\s*(?=(?:\d{{1,3}}\s*[、.．]\s*)?(?:问\s*[:：]|[【\[]\s*问))"
)
_FEWEST: Final = 3
_LONGEST: Final = 100
_ASK_COLUMN: Final = re.compile(r"(常见|咨询|政策|热点)?(问题?|提问|问题内容|问题描述|群众问题)")
_ANSWER_COLUMN: Final = re.compile(
    r"(参考|标准|政策|统一)?(答案?|解答|回答|答复|回复|答复内容|解答内容|答复口径|政策解答)"
)
_COUNTING_COLUMN: Final = re.compile(r"序号|编号|No\.?|#")


def question_of(text: str) -> str | None:
    """Return the question that opens a numbered or marked line, in plain spelling; None when none does."""
    line = plain(text)
    mark = _ASKS.match(line) or _NUMBERED.match(line)
    question = _QUESTION.match(line, mark.end()) if mark else None
    return line[: question.end()].strip() if question else None


def asking_lines(blocks: Sequence[Block]) -> dict[int, str]:
    """
    Return the lines that ask, by place, with the question; none unless the text has at least three.

    A line asks when it is numbered or marked 问 and holds a question, or when the next line is marked 答.
    """
    asked: dict[int, str] = {}
    for at, block in enumerate(blocks):
        if block.grid is not None or _ANSWERS.match(block.text):
            continue
        question = question_of(block.text)
        if question is None and at + 1 < len(blocks) and _ANSWERS.match(blocks[at + 1].text):
            line = plain(block.text)
            question = line if len(line) <= _LONGEST and not _ENDS.search(line) else None
        if question is not None:
            asked[at] = question
    return asked if len(asked) >= _FEWEST else {}


def ends_answer(blocks: Sequence[Block], at: int, asked: Collection[int]) -> bool:
    """Tell whether a line is no part of the answer before it: the heading of a group of questions that follows."""
    for following in range(at, min(at + 3, len(blocks))):
        if following in asked:
            return following > at
        text = blocks[following].text.strip()
        if blocks[following].grid is not None or len(text) > 40 or _ENDS.search(text) or _ANSWERS.match(text):
            return False
    return False


def run_together(text: str) -> list[int]:
    """Return where questions and answers begin inside one line."""
    return [match.end() for match in _RUN_TOGETHER.finditer(text)]


def answer_columns(grid: Grid, head_rows: int) -> tuple[int, int] | None:
    """Return the columns of question and answer of a table that holds such pairs, else None."""
    if not head_rows or len(grid) <= head_rows:
        return None
    heads = [re.sub(r"\s", "", plain(cell)) for cell in grid[head_rows - 1]]
    ask = next((x for x, head in enumerate(heads) if _ASK_COLUMN.fullmatch(head)), None)
    answer = next((x for x, head in enumerate(heads) if _ANSWER_COLUMN.fullmatch(head)), None)
    return None if ask is None or answer is None else (ask, answer)


def is_counting(head: str) -> bool:
    """Tell whether a column only counts rows."""
    return bool(_COUNTING_COLUMN.fullmatch(re.sub(r"\s", "", head)))
