"""Whose finding a passage passes on: a town's report that repeats a higher notice speaks not of the town."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.composing import Line
from ingest.spelling import plain

# Places that nobody names so who means his own: 有的市县, 个别县区, 一些乡镇.
_OTHERS: Final = re.compile(
    r"(有的|个别|部分|一些|少数|多数|不少|某些)(省|市|州|县|区|市县|市州|县区|县市|县市区|乡镇|镇村|乡村|镇|乡|村|地方|地区|单位|部门|行业部门|"
    r"驻村干部|干部|基层干部)"
)
_ANSWERS: Final = re.compile(
    r"(按照|根据|针对|对照|围绕|依据)[^。]{0,80}?(通报|反馈|交办|督查|督导|巡察|巡视|审计|考核|评估|暗访)[^。]{0,40}"
    r"(问题|意见|情况|清单|要求|通报)"
)
_NOTICE: Final = re.compile(
    r"《(?P<title>[^《》]{4,80}?(通报|反馈意见|问题清单|整改通知|督查通知|交办单))》(\s*[(（](?P<number>[^()（）]{4,40}号)[)）])?"
)
_PROBLEM: Final = re.compile(
    r"(反馈|通报|交办|存在|发现|指出)?的?(主要)?问题\s*([一二三四五六七八九十]{1,3}|\d{1,3})?\s*([:：、.]|$)|^问题"
)
_OWN_ACT: Final = re.compile("整改|措施|成效|做法|下一步|工作打算|落实情况")
_PASSED_ON: Final = re.compile(r"(通报|督查组?|反馈意见|巡察组?|审计组?|考核组?)(中)?(指出|点名)")
_REPORT: Final = re.compile("报告|汇报|整改|情况|总结|自查")
HIGHER: Final = "上级通报"


def with_speakers(lines: Sequence[Line], title: str) -> list[Line]:
    """Return a document's lines, each with whose finding it is; ``title`` is the document's."""
    answered = whom_answered(title, plain("\n".join(line.text for line in lines)))
    return [
        replace(line, speaker=speaker_of(answered, line.section, plain(line.text))) if line.indexed else line
        for line in lines
    ]


def whom_answered(title: str, text: str) -> str:
    """Return the notice that a report of this title answers, "" when it is no report or answers none."""
    if not _REPORT.search(title) or not _ANSWERS.search(text):
        return ""
    notice = _NOTICE.search(text)
    if notice is None:
        return HIGHER
    return f"《{notice['title']}》" + (f"（{notice['number']}）" if notice["number"] else "")


def speaker_of(answered: str, section: tuple[str, ...], text: str) -> str:
    """
    Return whose finding a line is: "" the document's own.

    ``answered`` is the notice that the document answers (see ``whom_answered``), ``section`` the headings above.
    In such a document a problem is the notice's, what was done about it is the document's own.
    """
    if _PASSED_ON.search(text) and _OTHERS.search(text):
        return answered or HIGHER
    if not answered or (section and _OWN_ACT.search(section[-1]) and not _PROBLEM.search(section[-1])):
        return ""
    is_problem = bool(re.match(r"问题\s*[\d一二三四五六七八九十]", text)) or (
        bool(section) and bool(_PROBLEM.search(section[-1]))
    )
    return answered if is_problem or _OTHERS.search(text) else ""
