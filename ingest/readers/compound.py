"""
Compound files, the container of Office before 2007 (doc, xls, ppt, wps, et).

Layout as in Microsoft's [MS-CFB]: sectors chained through a table, small streams in a stream of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.refusal import Reason, RefusedError

_LAST: Final = 0xFFFFFFF0  # sector numbers from here on end a chain
_ENTRY: Final = 128
_STREAM, _ROOT = 2, 5
_SMALL_SECTOR: Final = 64


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    first: int
    size: int


class Compound:
    """
    A compound file.

    Raises:
        RefusedError: ``CRASHED`` when it, or a stream that is asked for, is broken.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise _broken()
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in {9, 12}:
            raise _broken()
        self._data = data
        self._sector = 1 << shift
        directory, self._cutoff, small_table = struct.unpack_from("<I4xII", data, 48)
        self._table = self._allocation()
        self._entries = _entries(self._chain(directory))
        self._small_table = _numbers(self._chain(small_table))
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        self._small = b"" if root is None else self._chain(root.first)

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all streams and storages."""
        return frozenset(entry.name for entry in self._entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream, the first of that name; none when there is none."""
        entry = next((one for one in self._entries if one.name == name and one.kind == _STREAM), None)
        if entry is None:
            return b""
        if entry.size >= self._cutoff:
            return self._chain(entry.first)[: entry.size]
        places = _follow(entry.first, self._small_table)
        pieces = [self._small[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR] for at in places]
        return b"".join(pieces)[: entry.size]

    def _allocation(self) -> Sequence[int]:
        """Return for each sector the one that follows it."""
        places = list(struct.unpack_from("<109I", self._data, 76))
        more, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._sector)):
            numbers = _numbers(self._at(more))
            if not numbers:
                break
            places += numbers[:-1]
            more = numbers[-1]
        return _numbers(b"".join(self._at(place) for place in dict.fromkeys(places) if place < _LAST))

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._at, _follow(first, self._table)))


def _follow(first: int, table: Sequence[int]) -> list[int]:
    """Return the sectors of a chain; one that comes back to itself is broken."""
    places: list[int] = []
    seen = bytearray(len(table))
    while first < _LAST:
        if first >= len(table) or seen[first]:
            raise _broken()
        seen[first] = 1
        places.append(first)
        first = table[first]
    return places


def _entries(directory: bytes) -> list[_Entry]:
    entries = []
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        first, size = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if kind:
            entries.append(_Entry(name, kind, first, size))
    return entries


def _numbers(data: bytes) -> Sequence[int]:
    return memoryview(data[: len(data) // 4 * 4]).cast("I")


def _broken() -> RefusedError:
    return RefusedError(Reason.CRASHED, "文件结构损坏")
