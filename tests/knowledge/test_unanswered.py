"""Unanswered questions that ask the same are counted together, under a name that stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from knowledge.models.onnx_embedder import OnnxEmbedder
from knowledge.unanswered import Unanswered, cluster

START = datetime(2026, 3, 1, tzinfo=UTC)


def asked(*texts: str) -> list[Unanswered]:
    return [Unanswered(f"a{place}", text, START + timedelta(hours=place)) for place, text in enumerate(texts)]


def test_like_questions_are_one_cluster_the_most_asked_first(model: OnnxEmbedder) -> None:
    questions = asked("退耕还林一亩补多少钱", "老年人公交卡怎么办", "退耕还林补助一亩地给多少", "退耕还林补多少")
    clusters = cluster(questions, model)
    assert [(one.count, one.questions[0].text) for one in clusters] == [
        (3, "退耕还林一亩补多少钱"),
        (1, "老年人公交卡怎么办"),
    ]


def test_a_cluster_keeps_its_name_when_others_join(model: OnnxEmbedder) -> None:
    questions = asked("退耕还林一亩补多少钱", "老年人公交卡怎么办", "退耕还林补助一亩地给多少")
    before = {one.questions[0].text: one.id for one in cluster(questions[:2], model)}
    after = {one.questions[0].text: one.id for one in cluster(questions, model)}
    assert before == after


def test_nothing_asked_is_no_cluster(model: OnnxEmbedder) -> None:
    assert cluster([], model) == []
