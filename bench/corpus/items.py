"""What a document prints, piece by piece, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bench.corpus.writing import Table, Written


@dataclass(frozen=True)
class Item:
    """A piece of a printed document in order: a paragraph, the title, or a table."""

    text: str = ""
    title: bool = False
    table: Table | None = None


def items_of(written: Written, *, pairs_in_table: bool = False) -> list[Item]:
    """Return what a document prints, in the order of official papers."""
    items = [Item(written.mark)] if written.mark else []
    items += [Item(written.number)] if written.number else []
    items.append(Item(written.title, title=True))
    if not written.number:
        items.append(Item(f"（{_han(written.written_on)}）"))
    formal = bool(written.number) and not written.pairs
    if formal:
        items.append(Item("各乡镇人民政府，县直有关单位："))
    sign_off = [Item(written.office), Item(_han(written.written_on))] if formal else []
    if written.carried:
        items += [Item("现将该办法印发给你们，请结合实际认真抓好落实。"), *sign_off, Item(written.carried)]
        sign_off = []
    items += [Item(one) if isinstance(one, str) else Item(table=one) for one in written.body]
    items += _pairs(written, in_table=pairs_in_table)
    return [*items, *sign_off]


def _pairs(written: Written, *, in_table: bool) -> Iterator[Item]:
    if in_table and written.pairs and all(len(answers) == 1 for _, answers in written.pairs):
        rows = tuple((str(at), question, answers[0]) for at, (question, answers) in enumerate(written.pairs, 1))
        yield Item(table=Table("", (("序号", "问题", "答复"),), rows))
        return
    for at, (question, answers) in enumerate(written.pairs, 1):
        yield Item(f"{at}.问：{question}")
        yield Item(f"答：{answers[0]}")
        yield from (Item(answer) for answer in answers[1:])


def _han(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
