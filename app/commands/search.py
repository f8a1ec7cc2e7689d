"""``bangfu search``: the passages and entries that are found for some words, without composing an answer."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import Annotated, Any

import click
from pydantic import BaseModel, ConfigDict, Field

from app.context import Context
from app.indexed import open_knowledge
from app.json_lines import answer_lines
from app.places import known_place
from knowledge.answer import Asker, Hit
from knowledge.knowledge import Knowledge
from storage.store import Store
from storage.times import local_date

_SHOWN_TEXT = 90
_MOST = 100


class SearchLine(BaseModel):
    """One line of ``--jsonl`` input."""

    model_config = ConfigDict(extra="ignore")

    id: str
    query: str
    k: Annotated[int, Field(ge=1, le=_MOST)] = 10
    area: str | None = None
    asker: Asker = Asker.VILLAGER
    as_of: date | None = None


@click.command()
@click.argument("query", nargs=-1)
@click.option("-k", "k", type=click.IntRange(1, _MOST), default=10, show_default=True, help="最多显示几条。")
@click.option("--area", help="在哪里问，例如 甘肃省/白银市/会宁县。")
@click.option(
    "--asker",
    type=click.Choice([asker.value for asker in Asker]),
    default=Asker.VILLAGER.value,
    show_default=True,
    help="谁在问：决定能看到哪些资料。",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天算，默认今天。")
@click.option("--jsonl", is_flag=True, help="从标准输入逐行读 JSON，逐行输出。")
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
        if not answer_lines(sys.stdin, SearchLine, finder.find):
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
            as_of=line.as_of or local_date(datetime.now(UTC)),
            k=line.k,
            asker=line.asker,
            area=place.code if place else None,
        )


def _printed(hit: Hit) -> dict[str, Any]:
    return {"document": hit.document, "section": hit.section, "text": hit.text, "score": round(hit.score, 4)}
