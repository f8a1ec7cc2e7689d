"""What a document says of itself, each particular with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ingest.dates import read_date, years_after
from ingest.labels import Label, Stated
from ingest.page import Block
from ingest.report import Found
from ingest.signoff import SignOff
from ingest.spelling import plain
from language.numerals import parse_number

_NUMBER: Final = re.compile(r"[\u4e00-\u9fff]{1,16}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*第?\s*\d{1,5}\s*号")
_NUMBER_LINE: Final = re.compile(rf"\s*{_NUMBER.pattern}\s*")
# A date in brackets below a title, with or without the speaker's name.
_BYLINE: Final = re.compile(r"\s*[(（]\s*((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*[)）]\s*")
_IN_FORCE: Final = re.compile(r"自\s*(?P<from>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*起(?:施行|实施|执行|生效)")
_UNTIL: Final = re.compile(r"有效期(?:限)?(?:为|至|到|截至)[^。；]{0,20}?(?P<to>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)")
_FROM_ISSUE: Final = re.compile(r"自\s*(印发|发布|公布|发文|下发)之日起(施行|实施|执行|生效)")
_TERM: Final = re.compile(r"有效期(限)?(为|是)?\s*(?P<years>[一二三四五六七八九十两]{1,2}|\d{1,2})\s*年")
_META: Final = {
    "pubdate": Label.PUBLISHED, "publishdate": Label.PUBLISHED, "article:published_time": Label.PUBLISHED,
    "contentsource": Label.PUBLISHER, "source": Label.PUBLISHER,
}  # fmt: skip


@dataclass(frozen=True)
class Particulars:
    """
    What a document states. Dates are None and words "" where it does not.

    ``found`` holds the evidence of each, ``site_host`` the office that runs the page's site.
    """

    publisher: str = ""
    number: str = ""
    index_number: str = ""
    openness: str = ""
    url: str = ""
    written_on: date | None = None
    published_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    found: tuple[Found, ...] = ()


def read_particulars(
    stated: Sequence[Stated], head: Sequence[Block], signoff: SignOff, meta: Mapping[str, str], page: str, body: str
) -> Particulars:
    """
    Gather the particulars of one document.

    ``stated`` are the page's labelled lines, ``head`` the lines above the body, ``meta`` the mark-up's
    statements, ``page`` the raw page (for the site's host), ``body`` the document's own text. A 文号 that the
    text only cites is another document's and is never taken.
    """
    gathered = _Gathered()
    for one in stated:
        gathered.state(one.label, one.value, one.line, one.start)
    for name, label in _META.items():
        if meta.get(name):
            gathered.state(label, meta[name], f"{name}={meta[name]}", -1, where="网页标签")
    for block in head:
        byline = _BYLINE.fullmatch(plain(block.text))
        if byline:
            gathered.state(Label.WRITTEN, byline.group(1), block.text, block.start)
        if _NUMBER_LINE.fullmatch(plain(block.text)):
            gathered.state(Label.NUMBER, block.text, block.text, block.start)
    if signoff.organ:
        gathered.state(Label.PUBLISHER, signoff.organ, signoff.organ, signoff.blocks[0].start, where="落款")
    if signoff.signed_on:
        line = signoff.blocks[-1]
        gathered.dates.setdefault("written_on", signoff.signed_on)
        gathered.find("成文日期", signoff.signed_on.isoformat(), line.text, "落款", line.start)
    for name, shown, pattern in (("valid_from", "施行日期", _IN_FORCE), ("valid_to", "失效日期", _UNTIL)):
        match = pattern.search(body)
        day = read_date(match.group(match.lastgroup or 0)) if match else None
        if match and day:
            gathered.dates.setdefault(name, day)
            gathered.find(shown, day.isoformat(), match.group(), "正文", match.start())
    _read_term(gathered, body)
    _read_host(gathered, page)
    url = meta.get("url") or meta.get("og:url") or ""
    return Particulars(
        publisher=gathered.words.get(Label.PUBLISHER, ""),
        number=gathered.words.get(Label.NUMBER, ""),
        index_number=gathered.words.get(Label.INDEX_NUMBER, ""),
        openness=gathered.words.get(Label.OPENNESS, ""),
        url=url if url.startswith(("http://", "https://")) else "",
        found=tuple(gathered.found),
        **gathered.dates,
    )


def _read_term(gathered: _Gathered, body: str) -> None:
    """Count a beginning from the day of issue, and an end from a term of years: 自印发之日起施行，有效期五年."""
    issued = _FROM_ISSUE.search(body)
    day = gathered.dates.get("written_on") or gathered.dates.get("published_on")
    if issued and day and "valid_from" not in gathered.dates:
        gathered.dates["valid_from"] = day
        gathered.find(Label.VALID_FROM, day.isoformat(), issued.group(), "正文", issued.start())
    term = _TERM.search(body)
    years = parse_number(term["years"]) if term else None
    begins = gathered.dates.get("valid_from")
    if term and years and begins and "valid_to" not in gathered.dates:
        last = years_after(begins, int(years.value)) - timedelta(days=1)
        gathered.dates["valid_to"] = last
        gathered.find(Label.VALID_TO, last.isoformat(), term.group(), "正文", term.start())


_DATES: Final = {
    Label.WRITTEN: "written_on",
    Label.PUBLISHED: "published_on",
    Label.VALID_FROM: "valid_from",
    Label.VALID_TO: "valid_to",
}
_WORDS: Final = frozenset(
    {Label.PUBLISHER, Label.NUMBER, Label.INDEX_NUMBER, Label.OPENNESS, Label.OWNER, Label.VALIDITY}
)


class _Gathered:
    """Keeps the first statement of each particular and the evidence of all."""

    def __init__(self) -> None:
        self.words: dict[Label, str] = {}
        self.dates: dict[str, date] = {}
        self.found: list[Found] = []

    def state(self, label: Label, value: str, line: str, start: int, where: str = "页面") -> None:
        """Take a statement into account if it says anything."""
        text = plain(value).strip("|｜ ")
        if label in _DATES:
            day = read_date(text)
            if day is not None:
                self.dates.setdefault(_DATES[label], day)
                self.find(label, day.isoformat(), line, where, start)
        elif label in _WORDS and 2 <= len(text) <= 80:
            if label is Label.NUMBER and not re.search(r"\d", text):
                return
            self.words.setdefault(label, re.sub(r"\s+", "", text) if label is Label.NUMBER else text)
            self.find(label, text, line, where, start)

    def find(self, name: str, value: str, evidence: str, where: str, start: int) -> None:
        """Keep a piece of evidence."""
        self.found.append(Found(str(name), value, " ".join(evidence.split())[:120], where, start))


_HOST: Final = re.compile(r"主办(?:单位)?\s*[:：]\s*([\u4e00-\u9fff（）()]{4,40})")


def _read_host(gathered: _Gathered, page: str) -> None:
    """Take the office that runs the site for the publisher where nobody else is named."""
    match = _HOST.search(page)
    if match:
        gathered.state(Label.PUBLISHER, match.group(1), match.group(), match.start(), where="网站主办单位")
