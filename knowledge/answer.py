"""A question, an answer and the proof that it carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Asker(StrEnum):
    """Who asks; decides which audience of documents may be shown."""

    VILLAGER = "villager"
    CADRE = "cadre"
    OFFICER = "officer"


class Basis(StrEnum):
    """Whether a quote is the document's own words or our own digest of named sources."""

    ORIGINAL = "original"
    DIGEST = "digest"


class AnswerKind(StrEnum):
    """What retrieval can say of a question. Other kinds (report, handoff …) belong to the conversation."""

    ANSWER = "answer"
    ABSTAIN = "abstain"
    CLARIFY = "clarify"


@dataclass(frozen=True)
class Question:
    """A question as retrieval needs it.

    ``area`` is an area code of ``places`` or None when unset. ``history`` holds the asker's earlier
    messages, oldest first. ``as_of`` is a date in Asia/Shanghai.
    """

    text: str
    as_of: date
    area: str | None = None
    asker: Asker = Asker.VILLAGER
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """Where a statement stands. ``quote`` is a substring of a stored passage's ``text`` (basis original)
    or of the entry's answer (basis digest). ``area`` is a path such as 甘肃省/白银市/会宁县, "全国" for the nation."""

    document: str
    title: str
    publisher: str
    number: str
    date: str
    area: str
    section: str
    basis: Basis
    quote: str
    url: str


@dataclass(frozen=True)
class NextStep:
    """
    What to do after an answer.

    ``contact`` is a key of the settings' contacts, ``papers`` what the answer says to have at hand. ``reports`` tells
    that the answer says to report hardship. ``until`` is the last day (year, month, day) that the answer sets for
    handing in or paying; year 0 where it names none.
    """

    contact: str
    papers: tuple[str, ...] = ()
    reports: bool = False
    until: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Answer:
    """What is known, with its proof. ``confidence`` is the calibrated probability that the best candidate is
    right, also when abstaining. ``notices`` are warnings to show with the answer (stage changed, other place).
    ``plain`` says the same in plainer words; empty where there is no answer. ``options`` are the questions that may
    have been meant, where that is asked back."""

    kind: AnswerKind
    text: str
    confidence: float
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    plain: str = ""
    next_step: NextStep | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One retrieved passage. ``document`` is the stable id that ``bangfu docs`` shows."""

    document: str
    section: str
    text: str
    score: float
