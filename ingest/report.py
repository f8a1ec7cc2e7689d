"""What cleaning did to one document: what was dropped and why, what could not be recovered, what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from ingest.page import Removed

_SAMPLES: Final = 3
_SAMPLE_LENGTH: Final = 60
# The tune half of the corpus (python -m bench.corpus --half tune --show) measures 0.99 and more for the places it has.
# Made-up files are tidier than real ones, so none is trusted beyond 0.98; places that it lacks are judged lower.
_TRUST: Final = {
    "页面": 0.98, "标签": 0.97, "落款": 0.95, "网页标签": 0.95, "正文": 0.93, "网页标题": 0.9, "发布机构": 0.95,
    "标题": 0.9, "网站主办单位": 0.7, "文件名": 0.6, "推断": 0.7,
}  # fmt: skip


@dataclass(frozen=True)
class Dropped:
    """All that was dropped for one reason. ``characters`` leaves blanks out."""

    reason: str
    pieces: int
    characters: int
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """
    One particular that the document states of itself.

    ``evidence`` is the passage it was read from and ``where`` says in which layer it stands (页面 is the raw
    page, 正文 the cleaned original, 文件名, 推断); ``start`` is its offset in that layer, -1 where it has none.
    """

    name: str
    value: str
    evidence: str
    where: str
    start: int = -1

    @property
    def confidence(self) -> float:
        """Return how often a particular read from such a place is right, as ``bench/corpus`` measures it."""
        return _TRUST.get(self.where, _TRUST["推断"])


@dataclass(frozen=True)
class CleaningReport:
    """
    The report on one document.

    ``lost`` holds one piece of context for each mark that stands for characters that could not be recovered.
    ``joined`` counts line breaks taken out of the middle of sentences. ``notes`` are for the uploader.
    """

    dropped: tuple[Dropped, ...] = ()
    lost: tuple[str, ...] = ()
    joined: int = 0
    found: tuple[Found, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the report as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> CleaningReport:
        """Return the report that ``to_json`` wrote."""
        stored = json.loads(text)
        return cls(
            dropped=tuple(Dropped(**{**row, "samples": tuple(row["samples"])}) for row in stored.get("dropped", ())),
            lost=tuple(stored.get("lost", ())),
            joined=stored.get("joined", 0),
            found=tuple(Found(**row) for row in stored.get("found", ())),
            notes=tuple(stored.get("notes", ())),
        )


def count_removed(removed: Iterable[Removed]) -> tuple[Dropped, ...]:
    """Sum up what was removed by reason, with a few samples of each."""
    by_reason: dict[str, list[str]] = {}
    for piece in removed:
        by_reason.setdefault(piece.reason, []).append(piece.text)
    return tuple(
        Dropped(
            reason,
            len(texts),
            sum(len("".join(text.split())) for text in texts),
            tuple(" ".join(text.split())[:_SAMPLE_LENGTH] for text in dict.fromkeys(texts))[:_SAMPLES],
        )
        for reason, texts in by_reason.items()
    )
