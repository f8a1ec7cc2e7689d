"""``bangfu search``: the passages and entries that are found for some words, without composing an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import click
from pydantic import Field

from app.asking import AskerLine, asker_options
from app.context import Context
from app.indexed import open_knowledge
from app.json_lines import answer_lines
from app.places import known_place
from knowledge.answer import Asker, Hit
from knowledge.knowledge import Knowledge
from storage.store import Store

_SHOWN_TEXT = 90
_MOST = 100


class SearchLine(AskerLine):
    """One line of ``--jsonl`` input."""

    query: str
    k: Annotated[int, Field(ge=1, le=_MOST)] = 10


@click.command()
@click.argument("query", nargs=-1)
@click.option("-k", "k", type=click.IntRange(1, _MOST), default=10, show_default=True, help="最多显示几条。")
@asker_options
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    context: Context,
    query: tuple[str, ...],
    k: int,
    area: str | None,
    asker: str,
    as_of: datetime | None,
    jsonl: bool,
) -> None:
    """找原文：按字面和意思一起检索，不组织答案。

    例子：

    \b
      bangfu search 雨露计划 补助标准
      bangfu search --area 甘肃省/白银市/会宁县 -k 3 公示几天
      echo '{"id":"1","query":"低保怎么办"}' | bangfu search --jsonl
    """
    if not jsonl and not query:
        raise click.UsageError("请写上要找的话，或用 --jsonl 从标准输入读。")
    knowledge, store = open_knowledge(context)
    if jsonl:
        finder = _Finder(context, knowledge, store)
        if not answer_lines(SearchLine, finder.find):
            raise SystemExit(1)
        return
    line = SearchLine(
        id="", query=" ".join(query), k=k, area=area, asker=Asker(asker), as_of=as_of.date() if as_of else None
    )
    hits = _Finder(context, knowledge, store).hits(line)
    for place, hit in enumerate(hits, start=1):
        text = " ".join(hit.text.split())
        click.echo(f"{place}. [{hit.document}] {hit.section}")
        click.echo(f"   {text[:_SHOWN_TEXT]}{'…' if len(text) > _SHOWN_TEXT else ''}")
    if not hits:
        click.echo("没有找到。")


class _Finder:
    """Searches for one line at a time."""

    def __init__(self, context: Context, knowledge: Knowledge, store: Store) -> None:
        self._context = context
        self._knowledge = knowledge
        self._store = store

    def find(self, line: SearchLine) -> dict[str, Any]:
        """Return the hits of a line as the interface prints them."""
        return {"hits": [_printed(hit) for hit in self.hits(line)]}

    def hits(self, line: SearchLine) -> list[Hit]:
        """Return the hits of a line; an unknown place counts as none, with a notice."""
        place = known_place(line.area, self._context.gazetteer, self._context.say)
        return self._knowledge.search(
            self._store,
            line.query,
            as_of=line.day,
            k=line.k,
            asker=line.asker,
            area=place.code if place else None,
        )


def _printed(hit: Hit) -> dict[str, Any]:
    return {"document": hit.document, "section": hit.section, "text": hit.text, "score": round(hit.score, 4)}
