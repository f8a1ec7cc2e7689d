"""A tiny weight file in the packaged format, with drawn weights, and what it must compute, in plain numpy."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import erf

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS, TYPES = 64, 2, 4, 128, 32, 2
PIECES = (
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "\u2581",
    "\u2581query",
    "\u2581passage",
    ":",
    "农",
    "村",
    "低保",
    "农村",
    "a",
)
_BLOCK = 32

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Tiny:
    """The bytes of the file and the float weights that they stand for."""

    data: bytes
    weights: dict[str, Array]


def make_tiny(seed: int = 3) -> Tiny:
    """Return a file whose every tensor is drawn at random."""
    draw = np.random.default_rng(seed)
    weights: dict[str, Array] = {}
    stored: dict[str, bytes] = {}

    def quantised(name: str, rows: int, columns: int) -> None:
        values = draw.integers(0, 16, size=(rows, columns // _BLOCK, _BLOCK)).astype(np.uint8)
        scales = draw.uniform(0.01, 0.05, size=(rows, columns // _BLOCK)).astype(np.float16)
        packed = values[:, :, :16] | (values[:, :, 16:] << 4)
        stored[name] = np.concatenate([scales[:, :, None].view(np.uint8), packed], axis=-1).tobytes()
        centred = values.astype(np.float32) - 8
        weights[name] = (centred * scales.astype(np.float32)[:, :, None]).reshape(rows, columns)

    def floats(name: str, *shape: int) -> None:
        weights[name] = draw.normal(size=shape).astype(np.float32)
        stored[name] = weights[name].tobytes()

    quantised("emb.word", len(PIECES), HIDDEN)
    floats("emb.pos", POSITIONS, HIDDEN)
    floats("emb.type", TYPES, HIDDEN)
    _norm(floats, "emb.ln")
    for layer in range(LAYERS):
        for part in ("q", "k", "v", "ao"):
            quantised(f"l{layer}.{part}.w", HIDDEN, HIDDEN)
            floats(f"l{layer}.{part}.b", HIDDEN)
        quantised(f"l{layer}.fi.w", FEED_FORWARD, HIDDEN)
        floats(f"l{layer}.fi.b", FEED_FORWARD)
        quantised(f"l{layer}.fo.w", HIDDEN, FEED_FORWARD)
        floats(f"l{layer}.fo.b", HIDDEN)
        _norm(floats, f"l{layer}.aln")
        _norm(floats, f"l{layer}.oln")
    return Tiny(_file(stored), weights)


def expected_vector(tiny: Tiny, tokens: list[int]) -> Array:
    """Return the sentence vector of these tokens, computed step by step."""
    w = tiny.weights
    state = w["emb.word"][tokens] + w["emb.pos"][: len(tokens)] + w["emb.type"][0]
    state = _layer_norm(state, w, "emb.ln")
    for layer in range(LAYERS):
        state = _layer(state, w, f"l{layer}.")
    mean = state.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _layer(state: Array, w: dict[str, Array], layer: str) -> Array:
    size = HIDDEN // HEADS
    q, k, v = (
        (state @ w[f"{layer}{part}.w"].T + w[f"{layer}{part}.b"]).reshape(-1, HEADS, size).transpose(1, 0, 2)
        for part in "qkv"
    )
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(size)
    attention = np.exp(scores - scores.max(axis=-1, keepdims=True))
    attention /= attention.sum(axis=-1, keepdims=True)
    context = (attention @ v).transpose(1, 0, 2).reshape(-1, HIDDEN)
    attended = state + context @ w[f"{layer}ao.w"].T + w[f"{layer}ao.b"]
    state = _layer_norm(attended, w, f"{layer}aln")
    wide = state @ w[f"{layer}fi.w"].T + w[f"{layer}fi.b"]
    active = wide * 0.5 * (1 + erf(wide / np.sqrt(2)))
    return _layer_norm(state + active @ w[f"{layer}fo.w"].T + w[f"{layer}fo.b"], w, f"{layer}oln")


def _layer_norm(state: Array, w: dict[str, Array], name: str) -> Array:
    centred = state - state.mean(axis=-1, keepdims=True)
    normal = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return np.asarray(normal * w[f"{name}.w"] + w[f"{name}.b"], np.float32)


def _norm(floats: object, name: str) -> None:
    assert callable(floats)
    floats(f"{name}.w", HIDDEN)
    floats(f"{name}.b", HIDDEN)


def _file(stored: dict[str, bytes]) -> bytes:
    """Lay out header, vocabulary, normaliser, directory and tensors."""
    pieces = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, pieces)]).astype(np.uint32)
    scores = -np.arange(len(pieces), dtype=np.float32)
    header = b"E5S1" + struct.pack(
        "<i7ifi", 1, HIDDEN, LAYERS, HEADS, FEED_FORWARD, len(PIECES), POSITIONS, TYPES, 1e-12, _BLOCK
    )
    vocabulary = struct.pack("<i4iQ", len(pieces), 0, 2, 1, 3, sum(map(len, pieces)))
    vocabulary += offsets.tobytes() + scores.tobytes() + b"".join(pieces)
    # Full-width A becomes a, a zero-width space nothing.
    replaced = struct.pack("<IBI", 0xFF21, 1, ord("a")) + struct.pack("<IB", 0x200B, 0)
    normaliser = struct.pack("<2i", 2, len(replaced)) + replaced
    names = [name.encode() for name in stored]
    directory_size = 4 + sum(2 + len(name) + 21 for name in names)
    offset = len(header) + len(vocabulary) + len(normaliser) + directory_size
    directory = struct.pack("<i", len(names))
    for name, content in zip(names, stored.values(), strict=True):
        directory += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", 0, len(content), offset, len(content))
        offset += len(content)
    return header + vocabulary + normaliser + directory + b"".join(stored.values())
