"""Officers say at the command line who may read what was taken in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

import click

from cases.actors import Officer, Role
from ingest.correcting import By, put_right
from ingest.publishing import perhaps_published
from knowledge.documents import Document
from knowledge.standing import Audience
from storage.database import transaction
from storage.store import Store

_MAY_CORRECT: Final = frozenset({Role.TOWNSHIP, Role.COUNTY, Role.DEPARTMENT, Role.ADMIN})
_SHOWN: Final = 8


def check_may_correct(officer: Officer) -> None:
    """Refuse an officer who must not say what a document is."""
    if not any(grant.role in _MAY_CORRECT for grant in officer.grants):
        raise click.ClickException("更正资料要乡镇、县级、部门的工作人员或管理员来办。")


def publish(store: Store, officer: Officer, sources: Collection[str], *, now: datetime) -> list[Document]:
    """Let villagers read what came out of these files, on the word of an officer; return what they could not before."""
    by = By(str(officer.number), officer.id)
    with transaction(store):
        documents = perhaps_published(store, sources)
        for document in documents:
            put_right(store, document.id, {"audience": Audience.PUBLIC.value}, by=by, now=now)
    return documents


def how_to_publish(documents: Sequence[Document]) -> list[str]:
    """Return the lines that say what came in as internal, and how to make it public."""
    if not documents:
        return []
    named = [f"  {document.id} 《{document.title}》" for document in documents[:_SHOWN]]
    if len(documents) > _SHOWN:
        named.append(f"  等等，用 bangfu docs 看全部 {len(documents)} 份")
    return [
        f"按内部收下 {len(documents)} 份，看不出已经公开发布，村民查不到：",
        *named,
        "  都公开发布过的，把刚才的命令加上 --public --as 您的姓名，再运行一次；",
        "  只公开几份的：bangfu docs correct 编号 编号… --audience 公开 --as 您的姓名",
    ]
