"""Recognition of print in pictures, offline, where the optional rapidocr is installed (``make ocr``)."""

from __future__ import annotations

import importlib.util
import resource
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from statistics import mean
from typing import Any, Final

import numpy as np
from PIL import Image

from ingest.page import Removed
from ingest.readers.layout import Box, Leaf, Run
from ingest.readers.ruled_tables import find_tables, leaf_of
from ingest.refusal import Reason, RefusedError

_MOST_PAGES: Final = 300
# Below this a line is a guess; it is reported and kept out of the index.
_SURE: Final = 0.75
# A file whose lines are mostly guesses is not taken in at all.
_LEGIBLE_SHARE: Final = 0.5
_LONG_SIDE: Final = 842.0  # points: a picture is taken for a page of A4
_SHORTEST_RULE: Final = 18.0
_MOST_NAMED: Final = 10


@dataclass(frozen=True)
class Recognised:
    """The pages by number with the lines that are sure, the guesses, and what the uploader should know."""

    leaves: dict[int, Leaf] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    notes: tuple[str, ...] = ()


def recognise_pages(images: Iterable[tuple[int, Image.Image]], count: int) -> Recognised:
    """
    Return what ``count`` pictures, each with its page's number, say.

    Raises:
        RefusedError: ``NO_OCR`` where it is not installed, ``PAGES``, ``ILLEGIBLE`` when most lines are guesses.
    """
    if count == 0:
        return Recognised()
    if not is_installed():
        raise RefusedError(Reason.NO_OCR, "是照片或扫描件")
    if count > _MOST_PAGES:
        raise RefusedError(Reason.PAGES, f"扫描件 {count} 页，一次最多 {_MOST_PAGES} 页")
    _take_room()
    engine = _engine()
    leaves: dict[int, Leaf] = {}
    scores: list[float] = []
    removed: list[Removed] = []
    unsure: list[int] = []
    for number, image in images:
        pixels, point = np.asarray(image.convert("RGB"))[:, :, ::-1].copy(), max(image.size) / _LONG_SIDE
        runs = []
        for run, score in _lines(engine, pixels, point):
            scores.append(score)
            if score >= _SURE:
                runs.append(run)
            else:
                removed.append(Removed("认不准的字", run.text))
                unsure.append(number)
        box = Box(0, 0, image.width / point, image.height / point)
        leaves[number] = leaf_of(number, box, runs, find_tables(_rules(pixels, point)), exact=False)
    sure = sum(score >= _SURE for score in scores)
    if scores and sure < _LEGIBLE_SHARE * len(scores):
        raise RefusedError(Reason.ILLEGIBLE, f"{len(scores)} 行里有 {len(scores) - sure} 行没有把握")
    return Recognised(leaves, tuple(removed), tuple(_notes(scores, unsure)))


def is_installed() -> bool:
    """Whether what recognises print is installed here."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "cv2"))


def _notes(scores: list[float], unsure: list[int]) -> list[str]:
    notes = []
    if scores:
        notes.append(f"文字是从图上认出来的，把握约 {mean(scores):.0%}；数字请对照原件核对")
    if unsure:
        pages = "、".join(map(str, sorted(set(unsure))[:_MOST_NAMED]))
        notes.append(f"有 {len(unsure)} 行认不准，没有入库（第 {pages} 页）")
    return notes


def _take_room() -> None:
    """Lift the limits of time and memory to the higher ones that a sandbox leaves for pictures."""
    for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (hard, hard))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - optional, and it loads its models

    return RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 2})


def _lines(engine: Any, pixels: Any, point: float) -> list[tuple[Run, float]]:
    """Return the lines on a picture, set straight, each with how sure it is; ``point`` is the pixels to a point."""
    found = engine(pixels)
    if found.txts is None:
        return []
    boxes = np.asarray(found.boxes, dtype=float) / point
    along = boxes[:, 1] - boxes[:, 0]
    tilt = -float(np.median(np.arctan2(along[:, 1], along[:, 0])))
    turn = np.array([[np.cos(tilt), np.sin(tilt)], [-np.sin(tilt), np.cos(tilt)]])
    return [
        (Run(text, Box(*map(float, (*corners.min(axis=0), *corners.max(axis=0))))), float(score))
        for corners, text, score in zip(boxes @ turn, found.txts, found.scores, strict=True)
    ]


def _rules(pixels: Any, point: float) -> list[Box]:
    """Return the straight lines drawn on a picture."""
    import cv2  # noqa: PLC0415 - optional, comes with rapidocr

    ink = cv2.adaptiveThreshold(
        cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 10
    )
    length = round(_SHORTEST_RULE * point)
    rules: list[Box] = []
    for shape in ((length, 1), (1, length)):
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for x, y, width, height in map(cv2.boundingRect, contours):
            rules.append(Box(x / point, y / point, (x + width) / point, (y + height) / point))
    return rules
