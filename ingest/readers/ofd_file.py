"""OFD files (GB/T 33190), the printed form of official notices: text with its places, page by page."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from ingest.page import Page
from ingest.readers.containers import opened, part
from ingest.readers.layout import Box, Leaf, Run
from ingest.readers.paragraphs import page_of_leaves
from ingest.readers.ruled_tables import find_tables, leaf_of
from ingest.refusal import Reason, RefusedError

_POINT: Final = 72 / 25.4  # OFD measures in millimetres
_MOST_PAGES: Final = 1500
_A4: Final = (0.0, 0.0, 210.0, 297.0)
_FAR: Final = 1.5  # in sizes of the type: what stands farther off is another run
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


def read_ofd(data: bytes) -> Page:
    """
    Return the page of an OFD file.

    Raises:
        RefusedError: ``CRASHED`` when it is broken, ``PAGES`` when it is too long, ``FORMAT`` when it holds
            nothing but pictures.
    """
    with opened(data) as archive:
        leaves: list[Leaf] = []
        has_pictures = False
        for number, (path, size) in enumerate(_pages(archive), 1):
            content = part(archive, path)
            if content is None:
                continue
            has_pictures = has_pictures or any(True for _ in _below(content, "ImageObject"))
            leaves.append(_leaf(content, number, _box(content) or size))
    if not any(leaf.runs or leaf.tables for leaf in leaves):
        raise (
            RefusedError(Reason.FORMAT, "只有图片的 OFD，请转成 pdf 再导入")
            if has_pictures
            else RefusedError(Reason.NO_TEXT)
        )
    return page_of_leaves(leaves)


def _pages(archive: zipfile.ZipFile) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield the path and the default size of each page, document by document."""
    root = part(archive, "OFD.xml")
    if root is None:
        raise RefusedError(Reason.CRASHED, "缺少目录部分")
    count = 0
    for reference in _below(root, "DocRoot"):
        path = _joined("", reference.text)
        document = part(archive, path)
        if document is None:
            raise RefusedError(Reason.CRASHED, "缺少正文部分")
        size = _box(document) or _A4
        for page in _below(document, "Page"):
            if not page.get("BaseLoc"):
                continue
            count += 1
            if count > _MOST_PAGES:
                raise RefusedError(Reason.PAGES, f"超过 {_MOST_PAGES} 页")
            yield _joined(posixpath.dirname(path), page.get("BaseLoc")), size


def _joined(folder: str, path: str | None) -> str:
    """Return a path inside the archive; one that begins with a slash begins at its root."""
    whole = (path or "").strip()
    return posixpath.normpath(whole.lstrip("/") if whole.startswith("/") else posixpath.join(folder, whole))


def _leaf(content: Any, number: int, size: tuple[float, ...]) -> Leaf:
    left, top, width, height = size
    tables = find_tables(list(_rules(content)))
    runs = [run for item in _below(content, "TextObject") for run in _runs(item)]
    return leaf_of(number, _placed(left, top, width, height), runs, tables)


def _runs(item: Any) -> Iterator[Run]:
    """Yield the stretches of a text object: each piece says where it begins and how far its characters stand apart."""
    x, y, *_ = _numbers(item.get("Boundary"))[:4] or (0.0, 0.0)
    matrix = _numbers(item.get("CTM"))
    scale = abs(matrix[0]) if len(matrix) == 6 and matrix[0] else 1.0
    size = (_numbers(item.get("Size")) or [3.5])[0] * scale
    for code in _below(item, "TextCode"):
        text = (code.text or "").strip("\r\n")
        if not text.strip():
            continue
        left = x + (_numbers(code.get("X")) or [0.0])[0] * scale
        base = y + (_numbers(code.get("Y")) or [size])[0] * scale
        steps = [step * scale for step in _steps(code.get("DeltaX"), len(text) - 1)]
        begin = 0
        for at, step in enumerate([*steps, 0.0]):
            last = at == len(text) - 1 or at == len(steps)
            if last or step > _FAR * size:
                stretch = text[begin:] if last else text[begin : at + 1]
                right = left + sum(steps[begin:at]) + size * (0.5 if stretch[-1:].isascii() else 1.0)
                yield Run(stretch.strip(), _placed(left, base - size, right - left, size))
                left += sum(steps[begin:at]) + step
                begin = at + 1
            if last:
                break


def _steps(deltas: str | None, count: int) -> list[float]:
    """Return the distances between characters; ``g n d`` repeats a distance n times."""
    words = (deltas or "").split()
    steps: list[float] = []
    at = 0
    while at < len(words) and len(steps) < count:
        if words[at] == "g" and at + 2 < len(words):
            times, distance = _numbers(words[at + 1]), _numbers(words[at + 2])
            steps += [distance[0] if distance else 0.0] * min(int(times[0]) if times else 0, count - len(steps))
            at += 3
        else:
            steps += _numbers(words[at])[:1]
            at += 1
    return steps[: max(count, 0)]


def _rules(content: Any) -> Iterator[Box]:
    """Yield the straight lines of a page's paths."""
    for item in _below(content, "PathObject"):
        x, y, *_ = _numbers(item.get("Boundary"))[:4] or (0.0, 0.0)
        for data in _below(item, "AbbreviatedData"):
            points: list[list[float]] = []
            for letter, rest in re.findall(r"([MLSC])\s*([^A-Za-z]*)", data.text or ""):
                place = _numbers(rest)[:2]
                if letter == "L" and len(place) == 2 and points:
                    (x1, y1), (x2, y2) = points[-1], place
                    if abs(x1 - x2) < 1 or abs(y1 - y2) < 1:
                        yield _placed(x + min(x1, x2), y + min(y1, y2), abs(x1 - x2), abs(y1 - y2))
                if len(place) == 2:
                    points.append(place)


def _placed(left: float, top: float, width: float, height: float) -> Box:
    return Box(left * _POINT, top * _POINT, (left + width) * _POINT, (top + height) * _POINT)


def _box(element: Any) -> tuple[float, ...] | None:
    """Return the page's size that a document or a page states."""
    for name in ("PhysicalBox", "CropBox"):
        for box in _below(element, name):
            numbers = _numbers(box.text)
            if len(numbers) == 4 and min(numbers[2:]) > 0:
                return tuple(numbers)
    return None


def _below(element: Any, name: str) -> Iterator[Any]:
    return element.iter(f"{{*}}{name}")  # type: ignore[no-any-return]


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text or "")]
