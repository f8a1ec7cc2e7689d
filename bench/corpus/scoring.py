"""How much of what is true of a file was read out of it, and how much that is not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.corpus.printing import Printed
from bench.corpus.writing import Table, paragraphs_of
from ingest.archives import unpack
from ingest.parsing import Draft, Parsed, parse
from ingest.placing import Placer
from ingest.refusal import Reason, RefusedError
from knowledge.standing import Audience, Authority

_LATEST = 2026
_LARGEST = 64


@dataclass
class Scores:
    """Counts over files: for each field right, told and true; characters and structure likewise."""

    right: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    trusted: Counter[tuple[str, bool]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def note(self, name: str, told: object, true: object, file: str = "") -> None:
        """Count one value read against the true one; "" and None say nothing."""
        self.told[name] += told not in ("", None)
        self.true[name] += true not in ("", None)
        self.right[name] += told == true and true not in ("", None)
        if told != true:
            self.failures.append(f"{file} {name}: {told!r} / {true!r}")

    def share(self, name: str, right: float, told: float, true: float) -> None:
        """Count amounts: how much was right of what was told and of what is true."""
        self.right[name] += int(right)
        self.told[name] += int(told)
        self.true[name] += int(true)


def score(printed: Printed, placer: Placer, scores: Scores) -> None:
    """Read a file as ingest does and count what came of it."""
    expected = _expected_refusal(printed)
    parsed: Parsed | None
    reason: Reason | None
    try:
        parsed, reason = _read(printed), None
    except RefusedError as refused:
        parsed, reason = None, refused.reason
    scores.note("拦下", reason, expected, printed.name)
    if parsed is None or expected is not None:
        return
    draft = placer.place(parsed.drafts[0]).draft
    area = placer.place(parsed.drafts[0]).area
    scores.note("篇数", len(parsed.drafts), 1, printed.name)
    for name, told, true in _fields(printed, draft, area):
        scores.note(name, told, true, printed.name)
    for found in draft.report.found:
        true = _truth_of(printed, found.name)
        if true is not None:
            scores.trusted[found.where, found.value == true] += 1
    text = squeezed("\n".join(draft.composed.original for draft in parsed.drafts))
    score_text(printed, text, scores, "")
    _score_pairs(printed, draft, scores)
    lines = [squeezed(line) for line in draft.composed.original.split("\n")]
    _score_rows(printed, lines, scores, "")


def _read(printed: Printed) -> Parsed:
    if printed.format != "zip":
        return parse(printed.data, printed.name, _LATEST)
    (member,) = unpack(printed.data, _LARGEST).members
    return parse(member.data, member.path, _LATEST)


def score_plain(printed: Printed, text: str, scores: Scores) -> None:
    """Count what a plain extraction kept of text, furniture and tables."""
    score_text(printed, squeezed(text), scores, "（平读）")
    _score_rows(printed, [squeezed(line) for line in text.split("\n")], scores, "（平读）")


def score_text(printed: Printed, text: str, scores: Scores, name: str) -> None:
    """Count the characters of furniture that were kept, and of the document that are gone."""
    kept = sum(len(squeezed(line)) for line in printed.furniture if squeezed(line) in text)
    furniture = sum(len(squeezed(line)) for line in printed.furniture)
    wanted = [squeezed(one) for one in _content(printed)]
    there = sum(len(one) for one in wanted if one in text)
    scores.share(f"边框{name}", furniture - kept, furniture, furniture)
    scores.share(f"正文{name}", there, sum(map(len, wanted)), sum(map(len, wanted)))
    scores.failures += [f"{printed.name} 正文{name}: {one[:40]}" for one in wanted if one not in text and not name]
    left = [line for line in printed.furniture if squeezed(line) in text and not name]
    scores.failures += [f"{printed.name} 边框: {line}" for line in left]


def squeezed(text: str) -> str:
    """Return a text without blanks and the bars of tables, its signs of one width: recognition tells none."""
    return re.sub(r"[\s|　]", "", unicodedata.normalize("NFKC", text))


def _expected_refusal(printed: Printed) -> Reason | None:
    if printed.written.mark:
        return Reason.SECRET
    return Reason.PERSONAL if printed.written.people else None


def _fields(printed: Printed, draft: Draft, area: str | None) -> Iterator[tuple[str, object, object]]:
    written, stated = printed.written, draft.particulars
    formal = printed.framed or (bool(written.number) and not written.pairs and printed.format != "csv")
    yield "标题", squeezed(draft.title), squeezed(written.title)
    if printed.format != "csv":
        yield "文号", stated.number, written.number
        yield "成文日期", stated.written_on, written.written_on if formal or not written.number else None
        yield "施行日期", stated.valid_from, written.valid_from
        yield "失效日期", stated.valid_to, written.valid_to
        told = [one.number for one in draft.relations if one.number]
        yield "废止替代", "、".join(told), written.repeals
    yield "索引号", stated.index_number, written.index_number if printed.framed else ""
    yield "发布日期", stated.published_on, written.published_on if printed.framed else None
    yield "发布机构", stated.publisher, written.office if formal else ""
    known = formal or written.county in written.title
    yield "地点", area, written.area if known else None
    yield "类别", draft.judged.kind, written.kind
    if formal:
        yield "权威性", draft.judged.authority, Authority.OFFICIAL
    for_people = printed.framed and written.kind.value in {"政策文件", "通知公告", "政策问答"}
    for_cadres = written.kind.value in {"工作汇报", "讲话"}
    yield (
        "读者",
        draft.judged.audience,
        (Audience.PUBLIC if for_people else Audience.CADRE if for_cadres else Audience.INTERNAL),
    )


def _truth_of(printed: Printed, name: str) -> str | None:
    """Return what a found particular should say, None where the truth is not one value."""
    written = printed.written
    return {
        "标题": written.title, "文号": written.number, "索引号": written.index_number, "发布机构": written.office,
        "成文日期": written.written_on.isoformat(), "发布日期": written.published_on.isoformat(),
        "施行日期": str(written.valid_from), "失效日期": str(written.valid_to), "类别": written.kind.value,
    }.get(name)  # fmt: skip


def _content(printed: Printed) -> list[str]:
    """Return the paragraphs and cells that must be kept."""
    written = printed.written
    if printed.format == "csv":
        kept: list[str] = []
    else:
        kept = paragraphs_of(written.body)
    kept += [piece for question, answers in written.pairs for piece in (question, *answers)]
    kept += [cell for table in _tables(printed) for row in table.rows for cell in row]
    return kept


def _tables(printed: Printed) -> list[Table]:
    return [one for one in printed.written.body if isinstance(one, Table)]


def _score_pairs(printed: Printed, draft: Draft, scores: Scores) -> None:
    """Count questions that have a section of their own with their whole answer, and sections that are none."""
    answers: dict[str, str] = {}
    for piece in draft.composed.pieces:
        name = squeezed(piece.section[-1]) if piece.section else ""
        span = draft.composed.original[piece.original.start : piece.original.end]
        answers[name] = answers.get(name, "") + squeezed(span)
    right = 0
    for question, paragraphs in printed.written.pairs:
        own = [text for name, text in answers.items() if name.endswith(squeezed(question))]
        whole = squeezed("".join(paragraphs))
        right += len(own) == 1 and own[0].endswith(whole)
    if printed.written.pairs:
        scores.share("问答", right, len([name for name in answers if name]), len(printed.written.pairs))
        if right < len(printed.written.pairs):
            scores.failures.append(f"{printed.name} 问答: {right}/{len(printed.written.pairs)}")


def _score_rows(printed: Printed, lines: list[str], scores: Scores, name: str) -> None:
    """Count the rows of tables whose cells stand on one line, each with its column's head before it."""
    for table in _tables(printed):
        heads = [squeezed(head) for head in table.heads[-1]]
        right = sum(any(_stands(line, heads, [squeezed(cell) for cell in row]) for line in lines) for row in table.rows)
        scores.share(f"表格行{name}", right, len(table.rows), len(table.rows))
        if right < len(table.rows) and not name:
            scores.failures.append(f"{printed.name} 表格行: {right}/{len(table.rows)}")


def _stands(line: str, heads: list[str], cells: list[str]) -> bool:
    return all(
        re.search(f"{re.escape(head)}[^;]*?:{re.escape(cell)}(;|$)", line)
        for head, cell in zip(heads, cells, strict=True)
    )
