"""Every reranker gives each passage a score of its own, whatever the text; the order of candidates follows it."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from knowledge.embedder import ModelMissingError
from knowledge.models.reranker import Reranker
from knowledge.reranking import load_reranker
from settings.schema import Settings

QUESTION = "公示要贴几天"
PASSAGES = ["村内公示不少于5天。", "低保由乡镇受理。", "公示五天", "\ud800<s>\x00" + "长" * 9000, ""]


class Longest:
    """A twin that likes long passages."""

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:  # noqa: ARG002 - the port
        return np.array([len(passage) for passage in passages], np.float32)


@pytest.fixture(params=["twin", "cross-encoder"])
def reranker(request: pytest.FixtureRequest, tmp_path: Path) -> Reranker:
    if request.param == "twin":
        return Longest()
    pytest.importorskip("sentence_transformers", reason="the optional extra is not installed (it brings torch)")
    tiny = importlib.import_module("tests.contracts.tiny_sentence_transformer")
    module = importlib.import_module("knowledge.models.reranker")
    made: Reranker = module.CrossEncoderReranker(tiny.build_tiny_cross_encoder(tmp_path / "cross"))
    return made


def test_each_passage_has_a_finite_score(reranker: Reranker) -> None:
    scores = reranker.score(QUESTION, PASSAGES)
    assert scores.shape == (len(PASSAGES),)
    assert np.isfinite(scores).all()
    assert reranker.score(QUESTION, []).shape == (0,)


def test_a_passage_has_the_same_score_alone_and_among_others(reranker: Reranker) -> None:
    together = reranker.score(QUESTION, PASSAGES[:3])
    alone = [float(reranker.score(QUESTION, [passage])[0]) for passage in PASSAGES[:3]]
    assert np.allclose(together, alone, atol=1e-4)


def test_nothing_is_loaded_where_nothing_is_configured(settings: Settings) -> None:
    assert load_reranker(settings) is None


def test_a_missing_folder_is_named(settings: Settings) -> None:
    knowledge = settings.knowledge.model_copy(update={"reranker_path": "nowhere/model"})
    with pytest.raises(ModelMissingError, match="nowhere/model"):
        load_reranker(settings.model_copy(update={"knowledge": knowledge}))
