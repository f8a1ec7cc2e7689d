"""The plainer version of an answer, by rule, and what to do next: no figure changes, and the checker looks on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from knowledge.answer import Answer, AnswerKind, NextStep
from knowledge.entries import Entry
from knowledge.evidence import find_strayed
from knowledge.evidence.figures import find_figures
from knowledge.sentences import sentences_of
from places.gazetteer import Gazetteer

_FILE: Final = Path(__file__).parent / "plain_words.toml"
_NUMBERED: Final = re.compile(r"^\d+[.、]\s*")
# Where we know it from: the line of origin says so already.
_ASIDE: Final = re.compile(
    r"（[^（）]*(?:看到的是|转载|报道|不是文件原文|的[规办][定法]都|公布的口径|操作指南)[^（）]*）"
)
# 开会商量（民主评议): the office's word behind the plain one is the same word now.
_TWICE: Final = re.compile(r"([\u3400-\u9fff]{2,6})（\1）")
_TO_DO: Final = re.compile(
    r"^(?:先|再|马上|直接|到|向|找|问|打|带|拿|请|发|报|别|说清|同时|入学后|开学|没拿到|拿不准|不会|对评议)"
    r"|请问|[去再]问|打\d{3}|申请再|可以(?:直接)?向"
)
_PAPERS: Final = re.compile(
    r"户口[簿本]|身份证(?!号)|结算单|病历|残疾证|欠条|收据|发票|票据|合同|工资流水|车票|受灾照片|上学的证明|医保卡|就诊记录"
)
_TO_HAND: Final = re.compile(r"[带备拿留收][上着好先出]|先把|先收|先备|能拿")
# The answer says that one may report, or how: 先报, 在这里报, 同时报困难; not 报销, 报数, 打电话报警.
_REPORTS: Final = re.compile(
    r"(?<![不没])(?:可以|能|就|先|随时|直接|照样|马上|都|这里)(?:再|直接|一起|同时|自己|也可以)*报(?![得个销数不表保上警假低身])"
    r"|(?:同时|可以|先|再|就)报困难|报完|报了以后|提交后|代报|替你报|口头说"
)
_TO_HAND_IN: Final = re.compile("[交缴]|申请|申报|登记|报名|办理|提出")


def simplified(answer: Answer, gazetteer: Gazetteer) -> Answer:
    """
    Return an answer with its plainer version: the answer first, then what it depends on, then what to do.

    Official words become those of ``plain_words.toml``. A sentence whose plainer form the checker refuses stays
    as it is.
    """
    if answer.kind is not AnswerKind.ANSWER or not answer.citations:
        return answer
    quotes = list(dict.fromkeys(citation.quote for citation in answer.citations))
    said = [_closed(plainer(sentence, gazetteer)) for quote in quotes for sentence in sentences_of(quote)]
    return replace(answer, plain=_laid_out(list(dict.fromkeys(said)))) if said else answer


def plainer(sentence: str, gazetteer: Gazetteer) -> str:
    """Return a sentence in the words of ``plain_words.toml``, or as it is where the checker refuses those."""
    said = _ASIDE.sub("", sentence)
    for word, plain in sorted(plain_words().items(), key=lambda pair: -len(pair[0])):
        said = said.replace(word, plain)
    said = _TWICE.sub(r"\1", said)
    said = said.replace("你", "您") if "您" not in said else said
    return sentence if find_strayed(said, sentence, gazetteer) else said


def next_step_of(entry: Entry) -> NextStep:
    """Return what to do after an entry's answer: whom to turn to, with what, until when, whether to report."""
    telling = [sentence for sentence in sentences_of(entry.answer) if _TO_HAND.search(sentence)]
    papers = tuple(dict.fromkeys(paper for sentence in telling for paper in _PAPERS.findall(sentence)))
    return NextStep(entry.hotline.value, papers, bool(_REPORTS.search(entry.answer)), _until(entry.answer))


def _until(answer: str) -> tuple[int, int, int] | None:
    """Return the one last day that an answer sets for handing in or paying; None where it sets none, or several."""
    days = {
        figure.date
        for sentence in sentences_of(answer)
        if _TO_HAND_IN.search(sentence)
        for figure in find_figures(sentence)
        if figure.date and all(figure.date[1:]) and (figure.bound == "≤" or "截" in sentence)
    }
    return days.pop() if len(days) == 1 else None


@cache
def plain_words() -> Mapping[str, str]:
    """Return what official words become."""
    words: dict[str, str] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["say"]
    return words


def _closed(sentence: str) -> str:
    kept = sentence.rstrip("。；")
    return kept if kept.endswith(("：", "？", "！")) else f"{kept}。"


def _laid_out(said: list[str]) -> str:
    first, rest = said[0], said[1:]
    if any(map(_NUMBERED.match, said)):
        return "\n".join(said)
    to_do = [sentence for sentence in rest if _TO_DO.search(sentence)]
    conditions = [sentence for sentence in rest if sentence not in to_do]
    parts = [first, *(f"· {sentence}" for sentence in conditions)]
    if to_do:
        parts += ["怎么办：", *(f"· {sentence}" for sentence in to_do)]
    return "\n".join(parts)
