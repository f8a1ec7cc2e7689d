"""The parts of an answer: what must come first, the text folded for a small screen, what to do next, its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.wording import phrases
from bot.wording.danger import NUMBERS
from knowledge.entries import Contact
from knowledge.phrases import OFFICES
from language.dates import full_date
from places.gazetteer import written

BASIS: Final = {"original": "原文", "digest": "整理"}
SHOWN: Final = 200
"""Characters of an answer before it is folded: with its source and buttons that fills a phone's screen."""

_SLACK: Final = 60  # nobody wants to unfold a line
_SENTENCE_END: Final = re.compile(r"[。！？；”\n]")
_FROM: Final = re.compile(r"\n(?=（[^\n]*）$|——[^\n]*$)")


def lead(params: Mapping[str, Any]) -> list[str]:
    """Return what must be said before the answer: the numbers to call, the swindle."""
    danger = [f"先顾人：有危险马上打 {NUMBERS}。"] if params["danger"] else []
    swindle = [
        "小心，这很像骗子！先别转钱、别扫码、别给卡号和验证码。",
        "领帮扶补贴、报困难，都不用先交钱。钱已经转出去了，马上打 110。",
    ]
    return [*danger, *(swindle if params["fraud"] else [])]


def notice_lines(notices: Iterable[str]) -> list[str]:
    """Return the warnings that go with an answer, a line each."""
    return [f"注意：{notice}" for notice in notices]


def source_line(citation: Mapping[str, Any]) -> str:
    """Return a citation in one line: what, whose, which number, when, where, and whether it is quoted or digested."""
    facts = [citation["publisher"], citation["number"], full_date(citation["date"]), written(citation["area"])]
    return f"《{citation['title']}》（{'，'.join(fact for fact in facts if fact)}）〔{BASIS[citation['basis']]}〕"


def first_source(citations: Sequence[Mapping[str, Any]]) -> str:
    """Return the first source in a line, and how many there are."""
    if not citations:
        return ""
    more = f"，一共 {len(citations)} 份" if len(citations) > 1 else ""
    return f"出处：{source_line(citations[0])}{more}"


def is_long(text: str) -> bool:
    """Tell whether a text is shown folded."""
    return len(_parted(text)[0]) > SHOWN + _SLACK


def folded(text: str) -> str:
    """Return a text that is too long up to the end of a sentence, with the line that says whose rule it is."""
    body, origin = _parted(text)
    if not is_long(text):
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(body, 0, SHOWN)]
    return phrases.lines(f"{body[: ends[-1] if ends else SHOWN].rstrip()}……", origin)


def visited(visit_by: Mapping[str, Any]) -> str:
    """Return by when somebody comes to who reports today."""
    return f"今天在这里报，{phrases.due(visit_by)}有人上门"


def offer(params: Mapping[str, Any]) -> str:
    """Return the offer to report, with the day by which somebody comes; nothing where none is made."""
    if not params["offer"]:
        return ""
    visit_by = params.get("visit_by")
    by = f"，今天报，{phrases.due(visit_by)}村里有人上门" if visit_by else ""
    return f"您家正遇上这样的难处，可以点“一键报贫”报上去{by}。"


def next_step(params: Mapping[str, Any]) -> str:
    """Return in one line where to go, what to bring and by when somebody comes; nothing where nothing is known."""
    step = params.get("step")
    if not step:
        return ""
    number = params["contacts"].get(step["contact"], "")
    office = OFFICES.get(Contact(step["contact"]), "村委会或乡镇")
    papers = f"带上{'、'.join(step['papers'])}" if step["papers"] else ""
    until = f"{phrases.due(step['until'])}办" if step.get("until") else ""
    visit = visited(step["visit_by"]) if step["visit_by"] and not params["offer"] else ""
    parts = [part for part in (papers, until, visit) if part]
    where = f"找{office}（电话 {number}）" if number else f"找{office}" if parts else ""
    said = "；".join(part for part in (where, *parts) if part)
    return f"下一步：{said}。" if said else ""


def _parted(text: str) -> tuple[str, str]:
    """Return a text without its last line of origin, and that line."""
    found = _FROM.search(text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")
