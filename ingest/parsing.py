"""From the bytes of one file to its documents. Pure: runs in a process of its own (see ``ingest.sandbox``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from ingest.cleaning import Cleaned, clean_page
from ingest.composing import Line, compose
from ingest.dates import spoken_year
from ingest.flat_tables import restore_tables
from ingest.judging import AUTHORITY_NAMES, Judged, Signs, count_questions, judge
from ingest.labels import Label, Stated, read_labels
from ingest.linebreaks import make_paragraphs
from ingest.page import Block, Page, Removed
from ingest.particulars import Particulars, read_particulars
from ingest.parts import Part, split_parts
from ingest.passages import Composed, cut_passages
from ingest.readers.any_file import read_file
from ingest.refusal import Reason, RefusedError
from ingest.relations import read_relations
from ingest.report import CleaningReport, Found, count_removed
from ingest.rosters import check_no_roster
from ingest.signoff import SignOff, drop_blank_signoff, find_signoff
from ingest.speakers import with_speakers
from ingest.spelling import plain
from ingest.titles import Titled, clean_title, find_title
from knowledge.ties import Relation

# Raised whenever the rules of cleaning change, so that files already taken in are read anew.
RULES: Final = 5
_SHORTEST_TEXT: Final = 20
_TAIL: Final = 6
# What a page says of itself is said of each of its documents; the rest belongs to one only.
_OF_THE_PAGE: Final = frozenset({Label.PUBLISHED, Label.PUBLISHER, Label.OPENNESS, Label.OWNER})


@dataclass(frozen=True)
class Draft:
    """One document out of a file, before it has an id and a place. ``part`` counts from 0 within the file."""

    part: int
    title: str
    particulars: Particulars
    judged: Judged
    composed: Composed
    report: CleaningReport
    sign_off: str = ""
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """A file's raw text and its documents."""

    raw: str
    drafts: tuple[Draft, ...]


def parse(data: bytes, name: str, this_year: int) -> Parsed:
    """
    Read, clean and take apart one file. ``name`` is its file name, ``this_year`` bounds inferred years.

    Raises:
        RefusedError: With the reason why the file is not taken in.
    """
    page = read_file(data, name)
    cleaned = clean_page(page)
    blocks, stated, labelled = _take_labels(cleaned.blocks)
    if not any(len(block.text) >= 2 for block in blocks):
        raise RefusedError(Reason.NO_TEXT)
    check_no_roster(blocks)
    parts, preface = split_parts(blocks)
    if len(parts) > 1:
        stated = tuple(one for one in stated if one.label in _OF_THE_PAGE)
    source = _Source(page, cleaned, stated, PurePath(name).stem, this_year, several=len(parts) > 1)
    removed = (*cleaned.removed, *labelled, *preface)
    drafts = [_draft(part, number, source, removed if number == 0 else ()) for number, part in enumerate(parts)]
    kept = tuple(draft for draft in drafts if draft.composed.pieces and len(draft.composed.text) >= _SHORTEST_TEXT)
    if not kept:
        raise RefusedError(Reason.NO_TEXT)
    return Parsed(page.raw, (with_notes(kept[0], page.notes), *kept[1:]))


@dataclass(frozen=True)
class _Source:
    """What all documents of one file share."""

    page: Page
    cleaned: Cleaned
    stated: tuple[Stated, ...]
    name: str
    this_year: int
    several: bool


def _take_labels(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Stated, ...], list[Removed]]:
    """Take the labelled lines out of the page's head and tail; inside the text such lines are content."""
    head = next((at for at, block in enumerate(blocks) if _is_sentence(block)), len(blocks))
    kept: list[Block] = []
    stated: list[Stated] = []
    removed: list[Removed] = []
    for at, block in enumerate(blocks):
        found = read_labels(block) if at < head or at >= len(blocks) - _TAIL else None
        if found is None:
            kept.append(block)
        else:
            stated += found
            removed.append(Removed("页面信息（已记为文件信息）", block.text))
    return kept, tuple(stated), removed


def _is_sentence(block: Block) -> bool:
    return block.grid is None and len(block.text) >= 30 and bool(re.search("[。；]", block.text))


def _draft(part: Part, number: int, source: _Source, removed: Sequence[Removed]) -> Draft:
    titled = _title(part, source)
    blocks, blanks = drop_blank_signoff(titled.body)
    tables = restore_tables(blocks)
    paragraphs, joined = make_paragraphs(tables.blocks)
    sign_off = find_signoff(paragraphs)
    lines = with_speakers(compose(paragraphs, sign_off.blocks, titled.title), titled.title)
    head = [Line(titled.evidence.text.strip(), indexed=False)] if titled.evidence else []
    composed = cut_passages([*head, *lines])
    # The lines above the text: where a 文号 stands by itself.
    above = [block for block in titled.body[:6] if len(block.text) <= 40]
    particulars = read_particulars(source.stated, above, sign_off, source.page.labels, source.page.raw, composed.text)
    year, inferred = _year(particulars, composed.text, source.this_year)
    judged = judge(_signs(titled, particulars, lines, source, year, composed.text))
    notes = [*tables.notes, *_notes(sign_off, inferred, source)]
    lost = [context for context in source.cleaned.lost if not source.several or _belongs(context, part)]
    found = [*_found_title(titled), *particulars.found, *inferred, *_found_judgement(judged)]
    report = CleaningReport(
        dropped=count_removed([*removed, *titled.removed, *blanks]),
        lost=tuple(lost),
        joined=joined,
        found=tuple(found),
        notes=tuple(notes),
    )
    return Draft(
        number, titled.title, particulars, judged, composed, report, sign_off.organ,
        read_relations(composed.text, title=titled.title, number=particulars.number),
    )  # fmt: skip


def _title(part: Part, source: _Source) -> Titled:
    if part.head is not None:
        return Titled(clean_title(part.head.text), "页面", part.head, part.blocks)
    stated = next((clean_title(one.value) for one in source.stated if one.label is Label.TITLE and one.value), "")
    return find_title(part.blocks, stated=stated, labels=source.page.labels, name=source.name)


def _year(particulars: Particulars, text: str, this_year: int) -> tuple[int | None, tuple[Found, ...]]:
    """Return the year the text belongs to; where it states no date, the year it speaks of, as an inference."""
    stated = particulars.written_on or particulars.published_on or particulars.valid_from
    if stated:
        return stated.year, ()
    spoken = spoken_year(text, latest=this_year)
    if spoken is None:
        return None, ()
    year, at = spoken
    evidence = text[max(0, at - 10) : at + 15].replace("\n", " ")
    return year, (Found("年份", str(year), evidence, "推断", at),)


def _signs(
    titled: Titled, particulars: Particulars, lines: Sequence[Line], source: _Source, year: int | None, text: str
) -> Signs:
    furniture = "\n".join(piece.text for piece in source.cleaned.removed)
    return Signs(
        title=titled.title,
        body=text,
        page=plain(source.page.raw),
        furniture=plain(furniture),
        url=particulars.url,
        number=particulars.number,
        index_number=particulars.index_number,
        openness=particulars.openness,
        issuers=tuple(one.value for one in particulars.found if one.name in {Label.PUBLISHER, Label.OWNER}),
        has_scores=any(line.alone for line in lines),
        questions=count_questions([line.text for line in lines]),
        year=year,
    )


def _notes(sign_off: SignOff, inferred: Sequence[Found], source: _Source) -> list[str]:
    notes = []
    if source.several:
        notes.append("与同页其他几篇分开；整页去掉的内容记在第一篇里")
    if sign_off.broken_date:
        notes.append(f"落款日期看不全：{sign_off.broken_date}")
    notes += [f"没有写明日期，按文中提到的年份推断为 {one.value} 年" for one in inferred]
    return notes


def _belongs(context: str, part: Part) -> bool:
    """Whether the damage with this context lies in a part: what stands on either side of it does."""
    front, back = context[:6], context[-6:]
    return any(front in block.text or back in block.text for block in part.blocks)


def _found_title(titled: Titled) -> list[Found]:
    line = titled.evidence
    return [Found("标题", titled.title, line.text if line else titled.title, titled.where, line.start if line else -1)]


def _found_judgement(judged: Judged) -> list[Found]:
    values: Mapping[str, str] = {
        "权威性": AUTHORITY_NAMES[judged.authority], "类别": judged.kind, "阶段": judged.stage, "读者": judged.audience,
    }  # fmt: skip
    return [Found(name, str(values[name]), why, "推断") for name, why in judged.because]


def with_notes(draft: Draft, notes: Sequence[str]) -> Draft:
    """Return the draft with more notes for the uploader in its report."""
    return replace(draft, report=replace(draft.report, notes=(*draft.report.notes, *notes)))
