"""When it happened: the date in a sentence that belongs to the hardship of this household, and to nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.conversation.causes import told_causes
from bot.conversation.lexicon import load_patterns
from cases.report import Relation
from language.dates import Moment, find_dates

# "今年81了" and "今年六十八，" tell an age.
_AGE: Final = re.compile(r"(?:都|已经|才|刚|快|虚岁|满)?[\d一二三四五六七八九十]+(?:多)?(?:岁|了|[，。]|$)")
# "我大前天殁了" tells of the father and the day before yesterday.
_FATHER: Final = re.compile(r"(?<=[我俺])大(?=前[天年])")
_CLAUSE: Final = re.compile(r"[^，。！？； \n]+")
_STOP: Final = frozenset("。！？；\n")


@dataclass(frozen=True)
class _Clause:
    """A clause with the dates in it. ``ends``: a full stop follows."""

    text: str
    start: int
    ends: bool


def find_moment(text: str, today: date, relation: Relation | None = None) -> str | None:
    """Return the date of the event as an ISO prefix (2026-02, 2026-02-14, 2025), None when none is told.

    A date counts when its own clause tells the hardship, or when the clause tells nothing of its own and leans on one
    beside it. Whatever else has a date (a birth, a wedding, a paper, another's misfortune, a day by which something
    is due, a day to come) dates no hardship.
    """
    told = _FATHER.sub("爹", text)
    moments = find_dates(told, today)
    clauses = _clauses(told, moments)
    own = relation in _OWN or any(_is_own(clause.text) for clause in clauses)
    weighed = [
        (_weight(clauses, at, moment, moments), moment.iso)
        for moment in moments
        for at, clause in enumerate(clauses)
        if clause.start <= moment.start < clause.start + len(clause.text)
        and moment.iso <= today.isoformat()
        and _may_date(told, moment, clause, own=own)
    ]
    return next((iso for wanted in (2, 1) for weight, iso in weighed if weight == wanted), None)


def _clauses(text: str, moments: Sequence[Moment]) -> list[_Clause]:
    """Return the clauses of *text*; a space within a date parts none."""
    whole = text
    for moment in moments:
        date_in_one = whole[moment.start : moment.end].replace(" ", "日")
        whole = whole[: moment.start] + date_in_one + whole[moment.end :]
    found = _CLAUSE.finditer(whole)
    return [_Clause(one.group(), one.start(), whole[one.end() : one.end() + 1] in _STOP) for one in found]


def _is_own(clause: str) -> bool:
    """Tell whether *clause* tells a hardship of the writer's own household."""
    setting = load_patterns("moments", "setting")
    return bool(setting["own"].search(clause) and not setting["others"].search(clause) and _hardships(clause))


def _may_date(text: str, moment: Moment, clause: _Clause, *, own: bool) -> bool:
    """Tell whether the words right beside *moment*, and whom its clause is about, leave it a date of this household.

    *own*: the writer tells of his own household, so that what befell others is not meant.
    """
    setting = load_patterns("moments", "setting")
    before = text[clause.start : moment.start]
    if _AGE.match(text, moment.end) or setting["due"].match(text, moment.end) or setting["again"].search(before):
        return False
    if setting["hearsay"].search(before):
        return False
    return not own or setting["others"].search(clause.text) is None


_OWN: Final = frozenset({None, Relation.SELF, Relation.SPOUSE, Relation.CHILD, Relation.PARENT})


def _weight(clauses: Sequence[_Clause], at: int, moment: Moment, moments: Sequence[Moment]) -> int:
    """Return 2 where the clause of *moment* tells the hardship, 1 where it leans on a clause that does, else 0."""
    clause = clauses[at]
    start, end = moment.start - clause.start, moment.end - clause.start
    others = [(one.start - clause.start, one.end - clause.start) for one in moments if one is not moment]
    told = _hardships(clause.text)
    matters = _matters(clause.text)
    for begin, until in told:
        between = (end, begin) if begin >= end else (until, start)
        if not any(_within(span, between) for span in (*matters, *others)) and not _behind(matters, begin, start, end):
            return 2
    if told or matters:
        return 0
    rest = clause.text[:start] + clause.text[end:]
    setting = load_patterns("moments", "setting")
    if not (setting["bare"].fullmatch(rest) or setting["event"].search(rest)):
        return 0
    return int(_leans(clauses, at))


def _matters(clause: str) -> list[tuple[int, int]]:
    """Return where *clause* tells of something else that has a date; what was only being done meanwhile is none."""
    setting = load_patterns("moments", "setting")
    found = setting["matter"].finditer(clause)
    return [match.span() for match in found if not setting["meanwhile"].match(clause, match.end())]


def _within(span: tuple[int, int], between: tuple[int, int]) -> bool:
    return between[0] <= span[0] < between[1]


def _behind(matters: Sequence[tuple[int, int]], told: int, start: int, end: int) -> bool:
    """Tell whether the date stands behind the hardship and right before something else: 得癌的爹去年办的证."""
    return told < start and any(end <= matter[0] for matter in matters)


def _hardships(clause: str) -> list[tuple[int, int]]:
    """Return where *clause* tells of a hardship; a programme that is only named after one is none."""
    programme = load_patterns("moments", "setting")["programme"]
    return [
        match.span()
        for matches in told_causes(clause).values()
        for match in matches
        if not programme.match(clause, match.end())
    ]


def _leans(clauses: Sequence[_Clause], at: int) -> bool:
    """Tell whether the clause after, or else the one before in its sentence, tells of a hardship."""
    after = [clauses[at + 1]] if at + 1 < len(clauses) and not clauses[at].ends else []
    before = [clauses[at - 1]] if at and not clauses[at - 1].ends else []
    return any(_hardships(one.text) for one in (*after, *before))
