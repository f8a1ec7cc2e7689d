"""Every embedder turns any text into unit vectors of one length, the same text always into the same one."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedder import Embedder, load_embedder
from settings.load import load_settings
from tests.knowledge.hashing_embedder import HashingEmbedder

TEXTS = ["申请农村低保需要什么材料？", "娃上大学交不起学费", "公示五天"]


def _sentence_transformer(folder: Path, *, tiny: bool) -> Embedder:
    pytest.importorskip("sentence_transformers", reason="the optional extra is not installed (it brings torch)")
    if tiny:
        importlib.import_module("tests.contracts.tiny_sentence_transformer").build_tiny(folder)
    elif not folder.is_dir():
        pytest.skip(f"{folder.name} was not built: scripts/sentence-transformers does it")
    backend = importlib.import_module("knowledge.models.sentence_transformer")
    embedder: Embedder = backend.SentenceTransformerEmbedder(folder, query_prefix="query: ", passage_prefix="passage: ")
    return embedder


@pytest.fixture(scope="module", params=["built-in", "twin", "tiny sentence-transformers", "e5 sentence-transformers"])
def embedder(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Embedder]:
    if request.param == "built-in":
        yield load_embedder(load_settings(root / "config.toml", environ={}))
    elif request.param == "twin":
        yield HashingEmbedder()
    elif request.param == "e5 sentence-transformers":
        yield _sentence_transformer(root / "build" / "models" / "e5-small-torch", tiny=False)
    else:
        yield _sentence_transformer(tmp_path_factory.mktemp("model") / "tiny", tiny=True)


def test_vectors_have_unit_length_and_the_stated_dimension(embedder: Embedder) -> None:
    for vectors in (embedder.embed_queries(TEXTS), embedder.embed_passages(TEXTS)):
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_queries([]).shape == (0, embedder.dimension)


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    together = embedder.embed_passages([*TEXTS, "长" * 900])
    for text, vector in zip(TEXTS, together, strict=False):
        assert float(embedder.embed_passages([text])[0] @ vector) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "社保\x00卡", "\ud800", "😀" * 50, "<s>你好</s>", "\u202e右到左", "a" * 3000]
)
def test_any_text_gets_a_finite_vector(embedder: Embedder, text: str) -> None:
    assert np.isfinite(embedder.embed_queries([text])).all()


def test_text_beyond_the_cap_changes_nothing(embedder: Embedder) -> None:
    start = "农村低保。" * 320
    assert len(start) == 1600
    one, other = embedder.embed_passages([start + "尾巴" * 50_000, start])
    assert float(one @ other) == pytest.approx(1, abs=1e-5)


def test_nul_does_not_cut_the_text(embedder: Embedder) -> None:
    with_nul, without, cut = embedder.embed_queries(["社保\x00公积金", "社保公积金", "社保"])
    assert float(with_nul @ without) > float(with_nul @ cut)


def test_threads_share_one_embedder(embedder: Embedder) -> None:
    expected = embedder.embed_queries(TEXTS)
    results: dict[int, np.ndarray] = {}

    def work(place: int) -> None:
        results[place] = embedder.embed_queries(TEXTS)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.allclose(results[place], expected, atol=1e-4) for place in range(4))


def test_the_packaged_weights_give_the_same_vectors_in_both_backends(root: Path) -> None:
    torch_backend = _sentence_transformer(root / "build" / "models" / "e5-small-torch", tiny=False)
    built_in = load_embedder(load_settings(root / "config.toml", environ={}))
    for one, other in (
        (torch_backend.embed_queries(TEXTS), built_in.embed_queries(TEXTS)),
        (torch_backend.embed_passages(TEXTS), built_in.embed_passages(TEXTS)),
    ):
        assert np.allclose((one * other).sum(axis=1), 1, atol=1e-3)
