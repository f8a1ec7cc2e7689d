"""Made-up documents with everything that is true of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle

from bench.corpus.halves import Half
from bench.corpus.words import WORDS, Words
from knowledge.standing import DocumentKind
from places.gazetteer import Gazetteer, Level


@dataclass(frozen=True)
class Table:
    """A table with one or two rows of heads; a cell equal to the one above is merged with it when printed."""

    name: str
    heads: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Written:
    """
    A document: what it says of itself, and its body in order.

    ``body`` holds paragraphs and tables, ``pairs`` the questions with their answers' paragraphs, ``people`` says
    that it lists persons, ``mark`` is its mark of secrecy.
    """

    kind: DocumentKind
    title: str
    county: str
    area: str
    office: str
    number: str
    index_number: str
    written_on: date
    published_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    repeals: str = ""
    carried: str = ""
    body: tuple[str | Table, ...] = ()
    pairs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    people: bool = False
    mark: str = ""


KINDS = ("policy", "notice", "report", "booklet", "pairs", "speech", "repeal", "roster", "secret")


def write_documents(half: Half, count: int, gazetteer: Gazetteer, seed: int) -> Iterator[Written]:
    """Yield ``count`` documents of a half, of all sorts in turn."""
    writer = _Writer(random.Random(f"{half}{seed}"), WORDS[half], half, gazetteer)
    for _, kind in zip(range(count), cycle(KINDS), strict=False):
        yield writer.write(kind)


class _Writer:
    def __init__(self, rng: random.Random, words: Words, half: Half, gazetteer: Gazetteer) -> None:
        self._rng = rng
        self._words = words
        self._half = half
        self._gazetteer = gazetteer
        parity = 0 if half is Half.TUNE else 1
        self._counties = [
            area
            for area in gazetteer.within("")
            if area.level is Level.COUNTY and area.name.endswith("县") and int(area.code) % 2 == parity
        ]

    def write(self, kind: str) -> Written:
        plain = self._plain()
        matter = self._rng.choice(self._words.matters)
        written: Written = getattr(self, f"_{kind}")(plain, matter)
        return written

    def _plain(self) -> Written:
        county = self._rng.choice(self._counties)
        office, sign = self._rng.choice(self._words.offices)
        day = date(2021, 1, 4) + timedelta(self._rng.randrange(1800))
        number = f"{county.name[0]}{sign}发〔{day.year}〕{self._rng.randrange(1, 180)}号"
        index = f"{self._rng.randrange(10**8, 10**9)}/{day.year}-{self._rng.randrange(1, 999):05}"
        return Written(
            DocumentKind.OTHER, "", county.name, county.code, county.name + office, number, index, day,
            day + timedelta(self._rng.randrange(1, 9)),
        )  # fmt: skip

    def _policy(self, plain: Written, matter: str) -> Written:
        begins = plain.written_on + timedelta(self._rng.randrange(10, 60))
        years = self._rng.choice([2, 3, 5])
        carried = f"{plain.county}{matter}实施办法"
        old = f"{plain.number.split('〔')[0]}〔{plain.written_on.year - 3}〕{self._rng.randrange(1, 90)}号"
        body: list[str | Table] = []
        numbers = iter("一二三四五六七八九十")
        for at, heading in enumerate(self._rng.sample(self._words.headings, 3)):
            body.append(f"第{'一二三四'[at]}章 {heading}")
            body += [f"第{next(numbers)}条 {self._sentences(matter, 2)}" for _ in range(2)]
        body.append("第四章 附则")
        force = f"自{_han(begins)}起施行，有效期{'零一二三四五'[years]}年"
        body.append(f"第{next(numbers)}条 本办法{force}。《{plain.county}{matter}暂行办法》（{old}）同时废止。")
        return replace(
            plain, kind=DocumentKind.POLICY, title=f"{plain.office}关于印发《{carried}》的通知", carried=carried,
            valid_from=begins, valid_to=begins.replace(year=begins.year + years) - timedelta(days=1), repeals=old,
            body=tuple(body),
        )  # fmt: skip

    def _notice(self, plain: Written, matter: str) -> Written:
        body: list[str | Table] = [self._sentences(matter, 1)]
        for number, heading in zip("一二三", self._rng.sample(self._words.headings, 3), strict=True):
            body.append(f"{number}、{heading}")
            body += [f"（{'一二'[at]}）{self._sentences(matter, 1)}{self._sentences(matter, 2)}" for at in range(2)]
        table = self._table(matter)
        return replace(
            plain, kind=DocumentKind.NOTICE, title=f"关于做好{plain.written_on.year}年{matter}工作的通知",
            body=(*body, table.name, table),
        )  # fmt: skip

    def _report(self, plain: Written, matter: str) -> Written:
        body = [f"按照上级通报的要求，我们对{matter}工作进行了排查，现将整改情况报告如下。"]
        for number in (1, 2):
            body.append(f"问题{number}：有的乡镇{matter}台账不完整。{self._sentences(matter, 1)}")
            body.append(f"整改措施及成效：{self._sentences(matter, 2)}")
        return replace(plain, kind=DocumentKind.REPORT, title=f"关于{matter}排查问题整改情况的报告", body=tuple(body))

    def _booklet(self, plain: Written, matter: str) -> Written:
        pairs = self._pairs_of(8)
        return replace(plain, kind=DocumentKind.QA, title=f"{plain.county}{matter}政策问答", pairs=pairs)

    def _pairs(self, plain: Written, matter: str) -> Written:
        pairs = tuple((asked, answers[:1]) for asked, answers in self._pairs_of(8))
        return replace(plain, kind=DocumentKind.QA, title=f"{plain.county}{matter}一问一答", pairs=pairs)

    def _speech(self, plain: Written, matter: str) -> Written:
        body = [
            "同志们：",
            *(f"{n}、{self._rng.choice(self._words.headings)}要再抓紧。{self._sentences(matter, 3)}" for n in "一二三"),
        ]
        return replace(
            plain, kind=DocumentKind.SPEECH, number="", title=f"在全县{matter}工作推进会上的讲话", body=tuple(body)
        )

    def _repeal(self, plain: Written, matter: str) -> Written:
        old = f"{plain.number.split('〔')[0]}〔{plain.written_on.year - 2}〕{self._rng.randrange(1, 90)}号"
        body = (
            self._sentences(matter, 2),
            f"本通知自印发之日起执行。原《关于{matter}有关事项的通知》（{old}）不再执行。",
        )
        return replace(
            plain, kind=DocumentKind.NOTICE, title=f"关于调整{matter}标准的通知", repeals=old, body=body,
            valid_from=plain.written_on,
        )  # fmt: skip

    def _roster(self, plain: Written, matter: str) -> Written:
        names = ["王建国", "李秀英", "张桂兰", "刘志强", "陈玉梅", "杨小军", "赵永红"]
        heads = ("序号", "户主姓名", "住址", "人口", "补助金额")
        rows = tuple(
            (str(at), name, f"{plain.county}城关镇{at}组", str(at % 4 + 1), str(at * 300))
            for at, name in enumerate(self._rng.sample(names, 5), 1)
        )
        table = Table(f"{matter}花名表", (heads,), rows)
        return replace(
            plain, title=f"{plain.county}{matter}发放花名册", people=True, body=(self._sentences(matter, 1), table)
        )

    def _secret(self, plain: Written, matter: str) -> Written:
        return replace(
            plain, title=f"关于{matter}内部情况的通报", mark=self._rng.choice(["机密★1年", "秘密", "密级：机密"]),
            body=(self._sentences(matter, 3), self._sentences(matter, 2)),
        )  # fmt: skip

    def _pairs_of(self, count: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
        asked = [question.format(matter=matter) for matter in self._words.matters for question in self._words.asked]
        return tuple(
            (question, tuple(self._filled(one, "") for one in self._rng.sample(self._words.answered, 2)))
            for question in self._rng.sample(asked, count)
        )

    def _table(self, matter: str) -> Table:
        groups = ("重点类", "一般类")
        rows = tuple(
            (group, f"{kind}户", str(self._rng.randrange(100, 900)), str(self._rng.randrange(1000, 9000)), "按季发放")
            for group in groups
            for kind in self._rng.sample(["甲", "乙", "丙", "丁"], 2)
        )
        if self._half is Half.TUNE:
            return Table(f"{matter}标准表", (("类别", "对象", "月标准（元）", "年标准（元）", "说明"),), rows)
        heads = (("类别", "对象", "标准（元）", "标准（元）", "说明"), ("类别", "对象", "每月", "每年", "说明"))
        return Table(f"{matter}分类标准一览表", heads, rows)

    def _sentences(self, matter: str, count: int) -> str:
        return "".join(self._filled(one, matter) for one in self._rng.sample(self._words.sentences, count))

    def _filled(self, sentence: str, matter: str) -> str:
        return sentence.format(
            matter=matter, amount=self._rng.randrange(2, 90) * 50, days=self._rng.choice([3, 5, 7, 10, 15, 20])
        )


def paragraphs_of(body: Sequence[str | Table]) -> list[str]:
    """Return the paragraphs of a body, without its tables."""
    return [one for one in body if isinstance(one, str)]


def _han(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
