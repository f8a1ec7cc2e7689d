"""The conversation, put together for commands that hold one."""

from __future__ import annotations

import click

from app.context import Context
from bot.conversation.conversation import Conversation
from bot.conversation.ear.ear import Ear
from cases.errors import WorkflowError
from cases.workflow import variants
from knowledge.knowledge import Knowledge


def open_conversation(context: Context, knowledge: Knowledge) -> Conversation:
    """Return the conversation as configured, or end the command with a sentence that says what to correct."""
    try:
        return Conversation(context.settings, knowledge, context.gazetteer, ear=Ear(lambda: knowledge.embedder))
    except WorkflowError as error:
        raise click.ClickException(
            f"config.toml：[cases] workflow：“{context.settings.cases.workflow}”不能用（{error}）。"
            f"自带的有：{'、'.join(variants())}；也可以写一个 .toml 文件的路径。"
        ) from None
