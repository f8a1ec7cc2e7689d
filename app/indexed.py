"""The knowledge room with its index ready, for commands that need it."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from app.context import Context
from app.progress import progress_bar
from knowledge.embedder import ModelMissingError
from knowledge.knowledge import Knowledge
from storage.store import Store


def open_knowledge(context: Context) -> tuple[Knowledge, Store]:
    """
    Return the knowledge room and this thread's store; a new data folder is indexed first, with a progress bar.

    Ends the command with one sentence when the embedding model is missing.
    """
    store = context.open_store()
    knowledge = Knowledge(context.settings)
    try:
        if knowledge.needs_building(store):
            with progress_bar("第一次使用，正在建立索引", quiet=context.quiet) as progress:
                knowledge.refresh(store, now=datetime.now(UTC), progress=progress)
    except ModelMissingError as error:
        raise click.ClickException(str(error)) from None
    return knowledge, store
