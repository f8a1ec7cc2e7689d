"""Two questions in one message: taken apart with care, and answered one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge import phrases
from knowledge.answer import Answer, AnswerKind
from knowledge.answer_types import asked_types
from language.normalise import fold, normalise

_MOST = 3
_SHORTEST = 5
_END = re.compile(
    r"[？?；;。！!\n]+|，(?:另外|还有|再就是|顺便|再问)?|(?:另外|还有|顺便)(?:再?问[一下]*)?，?"
    r"|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])"
)
# What asks without telling what sort of thing it wants.
_ASKS = re.compile(
    r"啥|什么|哪|谁|几[类种个天步项]|多少|多久|咋|怎|能不能|能否|可否|是否|是不是|有没有|有无|[吗呢不没]$"
)
# What says nothing of its own subject belongs to what stands before it.
_LEANS = re.compile(
    r"^(?:那|这|它|要|需要|得|用|都|还)?(?:多少|几|啥|什么|哪|谁|怎么|咋|如何|能不能|可以|有没有|多久|是不是|给不给|算不算|行不行|该)"
    r".{0,8}$|^(?:它|这个|那个|这|那)"
)


def split_questions(text: str) -> list[str]:
    """
    Return the questions that a message holds: one, where it does not clearly ask two things or three.

    Each must ask something, and say of what.
    """
    whole = normalise(text).strip()
    parts: list[str] = []
    for piece in filter(None, map(str.strip, _END.split(whole))):
        own = _asks(piece) and len(piece) >= _SHORTEST and not _LEANS.match(piece)
        if own and parts and _asks(parts[-1]):
            parts.append(piece)
        elif parts:
            parts[-1] = f"{parts[-1]}，{piece}"
        else:
            parts.append(piece)
    return parts if 1 < len(parts) <= _MOST else [whole]


def _asks(piece: str) -> bool:
    return bool(asked_types(fold(piece))) or _ASKS.search(piece) is not None


def joined_answer(parts: Sequence[str], answers: Sequence[Answer], *, partly: bool = False) -> Answer | None:
    """
    Return one answer that holds those of all parts; None unless every part has one, and from different grounds.

    ``partly``: it is enough when one part has an answer; of the others it is said what is said without one. The
    answer is as sure as the least sure part that has one.
    """
    given = [answer for answer in answers if answer.kind is AnswerKind.ANSWER]
    if not given or (len(given) < len(answers) and not partly):
        return None
    grounds = [frozenset(citation.document for citation in answer.citations) for answer in given]
    if len(set(grounds)) < len(grounds):
        return None
    return Answer(
        AnswerKind.ANSWER,
        phrases.both(
            (part, phrases.ASK_ALONE if answer.options else answer.text)
            for part, answer in zip(parts, answers, strict=True)
        ),
        min(answer.confidence for answer in given),
        citations=tuple(citation for answer in given for citation in answer.citations),
        notices=tuple(dict.fromkeys(notice for answer in answers for notice in answer.notices)),
        next_step=next((answer.next_step for answer in answers if answer.next_step), None),
    )
