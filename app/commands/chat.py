"""``bangfu chat``: the conversation at the terminal, through the same inbox and outbox as every channel."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from app.context import Context
from app.conversing import open_conversation
from app.indexed import open_knowledge
from bot.channels.terminal import HELP, LineError, TerminalChat


@click.command()
@click.option("--chat", default="terminal", show_default=True, help="用哪个对话；同一个名字接着上次说。")
@click.pass_obj
def command(context: Context, *, chat: str) -> None:
    """在终端里和帮扶助手对话：问政策，报困难，工作人员办件。

    例子：

    \b
      bangfu chat
      bangfu chat --chat 老王
      printf '一键报贫\\n我爸住院花了八万\\n' | bangfu chat
    """
    knowledge, store = open_knowledge(context)
    conversation = open_conversation(context, knowledge)
    talk = TerminalChat(
        store, conversation, chat=chat, show=click.echo, clock=lambda: datetime.now(UTC), clear=_clear_screen
    )
    talk.resume()
    if sys.stdin.isatty():
        context.say(HELP)
        talk.say("/start")
    while (line := _typed()) is not None:
        try:
            talk.say(line)
        except LineError as error:
            click.echo(str(error), err=True)


def _clear_screen() -> bool:
    """Empty the screen and what rolled off it, where there is one."""
    if not sys.stdout.isatty():
        return False
    click.echo("\033[H\033[2J\033[3J", nl=False)
    return True


def _typed() -> str | None:
    """Return the next line, None at the end."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.rstrip("\n") if line else None
    try:
        return input("> ") or None
    except (EOFError, KeyboardInterrupt):
        return None
