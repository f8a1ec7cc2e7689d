"""Putting the first candidates into the order of a cross-encoder, where one is configured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.documents import find_passages
from knowledge.embedder import ModelMissingError
from knowledge.entry_store import find_entries
from knowledge.models.reranker import CrossEncoderReranker, Reranker
from knowledge.retrieval import Candidate, Found
from settings.schema import Settings
from storage.store import Store


def load_reranker(settings: Settings) -> Reranker | None:
    """
    Return the cross-encoder that ``[knowledge]`` names, None when it names none.

    Raises:
        ModelMissingError: If its folder or its package is missing.
    """
    path = settings.knowledge.reranker_path
    if not path:
        return None
    folder = settings.root / path
    if not folder.is_dir():
        raise ModelMissingError(f"config.toml 的 [knowledge] reranker_path 指向的文件夹 {folder} 不在，请改正或留空。")
    try:
        return CrossEncoderReranker(folder)
    except ImportError:
        raise ModelMissingError(
            "没有安装 sentence-transformers。请运行 .venv/bin/pip install 'bangfu[sentence-transformers]'，"
            "或把 [knowledge] reranker_path 留空。"
        ) from None


def reranked(found: Found, store: Store, reranker: Reranker, *, top: int) -> Found:
    """
    Return what was found with the first ``top`` candidates in the order of the reranker.

    The scores stay in falling order: the best candidate has the best score, whichever it is now.
    """
    head, tail = found.candidates[:top], found.candidates[top:]
    texts = _texts(found, store, head)
    order = np.argsort(-reranker.score(found.text, texts), kind="stable").tolist()
    moved = [replace(head[new], score=old.score) for old, new in zip(head, order, strict=True)]
    return replace(found, candidates=(*moved, *tail))


def _texts(found: Found, store: Store, candidates: Sequence[Candidate]) -> list[str]:
    units = [found.snapshot.units[candidate.unit] for candidate in candidates]
    entries, passages = find_entries(store, units), find_passages(store, units)
    return [
        f"{entries[unit].question}\n{entries[unit].answer}"
        if unit in entries
        else passages[unit].text
        if unit in passages
        else ""
        for unit in units
    ]
