"""Two halves by topic: one to tune on, one to report. No topic has questions in both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.evaluation.golden import Golden, topics_of


class Half(StrEnum):
    """Which half a question belongs to."""

    TUNE = "tune"
    REPORT = "report"


def split(questions: Sequence[Golden], topic_of: Mapping[str, str]) -> dict[str, Half]:
    """
    Return the half of each question, by id; *topic_of* gives an entry's topic.

    Topics that one message asks about together stay together: such a group goes by the hash of its first topic in
    alphabetical order. A question without a topic goes by the hash of its own id.
    """
    leader = _leaders([topics_of(golden, topic_of) for golden in questions])
    halves = {}
    for golden in questions:
        topics = topics_of(golden, topic_of)
        halves[golden.id] = _half_of(leader[topics[0]] if topics else golden.id)
    return halves


def _leaders(joined: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """Return for each topic the first in alphabetical order of all that it is joined to."""
    leader = {topic: topic for topics in joined for topic in topics}

    def first(topic: str) -> str:
        while leader[topic] != topic:
            topic = leader[topic]
        return topic

    for topics in joined:
        for topic in topics[1:]:
            one, other = sorted((first(topics[0]), first(topic)))
            leader[other] = one
    return {topic: first(topic) for topic in leader}


def _half_of(name: str) -> Half:
    return Half.TUNE if hashlib.sha256(name.encode()).digest()[0] % 2 else Half.REPORT
