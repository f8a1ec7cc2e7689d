"""``bangfu ask``: one question, answered with its proof."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from app.asking import AskerLine, asker_options
from app.context import Context
from app.conversing import open_conversation
from app.indexed import open_knowledge
from app.json_lines import answer_lines
from app.places import known_place
from bot.conversation.conversation import Conversation
from bot.conversation.once import Asked, Said, ask_once
from bot.wording.answer_parts import source_line
from knowledge.answer import Asker
from storage.store import Store


class AskLine(AskerLine):
    """One line of ``--jsonl`` input."""

    question: str
    history: tuple[str, ...] = ()


@click.command()
@click.argument("question", nargs=-1)
@asker_options
@click.pass_obj
def command(
    context: Context, *, question: tuple[str, ...], area: str | None, asker: str, as_of: datetime | None, jsonl: bool
) -> None:
    """问一句，答案带出处。什么都不记下。

    例子：

    \b
      bangfu ask "娃上大学交不起学费咋办"
      bangfu ask --area 甘肃省/兰州市 --as-of 2024-01-01 低保一年多少钱
      echo '{"id":"1","question":"报贫要什么材料"}' | bangfu ask --jsonl
    """
    if not jsonl and not question:
        raise click.UsageError("请写上要问的话，或用 --jsonl 从标准输入读。")
    knowledge, store = open_knowledge(context)
    asking = _Asking(context, open_conversation(context, knowledge), store)
    if jsonl:
        # The first question loads the model and the index: that is start-up, not the first line's time.
        asking.ask(AskLine(id="", question="帮扶政策"))
        if not answer_lines(AskLine, asking.printed):
            raise SystemExit(1)
        return
    day = as_of.date() if as_of else None
    said = asking.ask(AskLine(id="", question=" ".join(question), area=area, asker=Asker(asker), as_of=day))
    click.echo(_as_text(said))


class _Asking:
    """Asks one line at a time."""

    def __init__(self, context: Context, conversation: Conversation, store: Store) -> None:
        self._context = context
        self._conversation = conversation
        self._store = store

    def ask(self, line: AskLine) -> Said:
        """Return what the conversation says; an unknown place counts as none, with a notice."""
        asked = Asked(
            text=line.question,
            as_of=line.day,
            place=known_place(line.area, self._context.gazetteer, self._context.say),
            asker=line.asker,
            history=line.history,
        )
        return ask_once(self._conversation, self._store, asked)

    def printed(self, line: AskLine) -> dict[str, Any]:
        """Return what is said as the interface prints it."""
        said = self.ask(line)
        return {
            "kind": said.kind.value,
            "text": said.text,
            "confidence": round(said.confidence, 4),
            "citations": [asdict(citation) for citation in said.citations],
        }


def _as_text(said: Said) -> str:
    sources = [f"{place}. {source_line(asdict(citation))}" for place, citation in enumerate(said.citations, start=1)]
    return "\n".join([said.text, *(["", "出处：", *sources] if sources else [])])
