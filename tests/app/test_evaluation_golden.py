"""The golden questions: whole, of their own wording, halved by topic."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.evaluation.golden import (
    BLIND,
    FOLDER,
    PRACTICE,
    Golden,
    GoldenError,
    check_names,
    load_golden,
    topics_of,
    wanted_entries,
)
from app.evaluation.likeness import TOO_ALIKE, nearest, refuse_copies
from app.evaluation.split import Half, split
from bot.conversation.once import AskKind
from knowledge import training
from knowledge.entries import Entry, load_starter
from knowledge.training import read_labelled
from language.normalise import normalise
from places.gazetteer import load_gazetteer

FAMILIES = {
    "formal", "spoken", "dialect", "typo_pinyin", "follow_up", "multi_intent", "near_miss", "out_of_scope",
    "injection", "distress", "report", "fraud", "complaint",
}  # fmt: skip


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """Return the bundled entries."""
    return load_starter()


@pytest.fixture(scope="module")
def bundled_golden() -> list[Golden]:
    """Return the bundled golden questions."""
    return load_golden()


@pytest.fixture(scope="module", params=[FOLDER, BLIND], ids=["golden", "blind"])
def every_set(request: pytest.FixtureRequest) -> list[Golden]:
    """Return the questions of either bundled set."""
    folder: Path = request.param
    return load_golden(folder)


@pytest.fixture(scope="module")
def topic_of(entries: list[Entry]) -> dict[str, str]:
    """Return each bundled entry's topic."""
    return {entry.id: entry.topic for entry in entries}


def line(**changes: Any) -> dict[str, Any]:
    """Return a question as it stands in a file."""
    row = {"id": "spoken-1", "family": "spoken", "question": "报了几天来人", "expect": {"kind": ["answer"]}}
    return {**row, **changes}


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    """Write lines into the file of the spoken family."""
    texts = [text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in lines]
    (folder / "spoken.jsonl").write_text("\n".join(texts), encoding="utf-8")
    return folder


def test_both_sets_are_large_and_have_every_family(every_set: list[Golden], bundled_golden: list[Golden]) -> None:
    assert len(bundled_golden) >= 400
    counts = Counter(golden.family for golden in every_set)
    assert counts.total() >= 200
    assert set(counts) == FAMILIES
    assert min(counts.values()) >= 9


def test_every_expected_name_and_area_exists(every_set: list[Golden], entries: list[Entry]) -> None:
    check_names(every_set, entries)
    gazetteer = load_gazetteer()
    assert [golden.id for golden in every_set if golden.area and not gazetteer.by_path(golden.area)] == []


def test_every_follow_up_has_a_history_and_every_answer_an_entry_or_a_reason(every_set: list[Golden]) -> None:
    assert all(golden.history for golden in every_set if golden.family == "follow_up")
    only_answers = [golden for golden in every_set if golden.expect.kind == {AskKind.ANSWER}]
    assert all(golden.expect.entries for golden in only_answers)


def test_expected_facts_stand_in_an_expected_entry_and_forbidden_ones_in_none(
    every_set: list[Golden], entries: list[Entry]
) -> None:
    answers = {entry.id: normalise(entry.answer) for entry in entries}
    wrong = []
    for golden in every_set:
        names = (*golden.expect.entries, *golden.expect.also)
        texts = [answers[id_] for id_ in wanted_entries(names, entries)]
        if texts and not all(any(_says(text, fact) for text in texts) for fact in golden.expect.facts):
            wrong.append(golden.id)
        if any(_says(text, forbidden) for text in texts for forbidden in golden.expect.forbidden):
            wrong.append(golden.id)
    assert wrong == []


def _says(text: str, fact: str) -> bool:
    return any(normalise(either) in text for either in fact.split("|"))


def test_no_golden_question_nearly_repeats_an_indexed_one_or_one_that_was_fitted_on(
    every_set: list[Golden], entries: list[Entry]
) -> None:
    indexed = [wording for entry in entries for wording in (entry.question, *entry.variants)]
    fitted_on = [labelled.question for path in training.FOLDER.glob("*.jsonl") for labelled in read_labelled(path)]
    refuse_copies(every_set, [*indexed, *fitted_on])
    found = nearest(every_set, indexed)
    assert sum(likeness.similarity for likeness in found) / len(found) < 0.25


def test_no_blind_question_nearly_repeats_one_that_was_tuned_on(bundled_golden: list[Golden]) -> None:
    refuse_copies(load_golden(BLIND), [golden.question for golden in (*bundled_golden, *load_golden(PRACTICE))])


def test_no_practice_question_nearly_repeats_one_that_is_reported(
    bundled_golden: list[Golden], entries: list[Entry]
) -> None:
    practice = load_golden(PRACTICE)
    check_names(practice, entries)
    refuse_copies(practice, [golden.question for golden in (*bundled_golden, *load_golden(BLIND))])


@pytest.mark.parametrize("copy", ["报了几天来人？", "  報了幾天來人", "报了几天来人"])
def test_a_question_that_repeats_an_indexed_one_is_refused_by_name(copy: str, bundled_golden: list[Golden]) -> None:
    copied = replace(bundled_golden[0], id="spoken-999", question=copy, history=())
    with pytest.raises(GoldenError, match=r"spoken-999.*报了几天来人"):
        refuse_copies([*bundled_golden, copied], ["报了几天来人", "啥时候上门"])


def test_a_question_below_the_limit_is_accepted(bundled_golden: list[Golden]) -> None:
    # 报了几天来人 has five pairs; four of them and two new ones are 4/7.
    near = replace(bundled_golden[0], question="报了几天来呀啊", history=())
    (likeness,) = nearest([near], ["报了几天来人"])
    assert likeness.similarity == pytest.approx(4 / 7)
    assert likeness.similarity < TOO_ALIKE
    refuse_copies([near], ["报了几天来人"])


def test_a_follow_up_is_compared_together_with_what_was_said_before(bundled_golden: list[Golden]) -> None:
    follow_up = replace(bundled_golden[0], question="几天来人", history=("我妈住院花了好多钱，咋报",))
    refuse_copies([follow_up], ["几天来人"])


def test_all_questions_of_a_topic_are_on_one_side(bundled_golden: list[Golden], topic_of: dict[str, str]) -> None:
    halves = split(bundled_golden, topic_of)
    sides: dict[str, set[Half]] = {}
    for golden in bundled_golden:
        for topic in topics_of(golden, topic_of):
            sides.setdefault(topic, set()).add(halves[golden.id])
    assert {topic for topic, found in sides.items() if len(found) > 1} == set()
    sizes = Counter(halves.values())
    assert min(sizes.values()) >= len(bundled_golden) / 3


def test_topics_that_one_message_asks_about_stay_together_and_the_order_of_questions_does_not_matter(
    bundled_golden: list[Golden],
) -> None:
    def about(id_: str, topic: str, *also: str) -> Golden:
        expect = replace(bundled_golden[0].expect, entries=(topic,), also=also)
        return replace(bundled_golden[0], id=id_, expect=expect)

    topics = [f"topic-{number}" for number in range(12)]
    alone = [about(f"q-{topic}", topic) for topic in topics]
    chain = [about(f"j-{one}", one, other) for one, other in pairwise(topics)]
    assert len(set(split(alone, {}).values())) == 2
    assert len(set(split([*alone, *chain], {}).values())) == 1
    assert split([*alone, *chain], {}) == split([*reversed(chain), *alone], {})


def test_questions_without_a_topic_are_spread_over_both_halves(bundled_golden: list[Golden]) -> None:
    scope = [golden for golden in bundled_golden if golden.family == "out_of_scope"]
    assert set(split(scope, {}).values()) == {Half.TUNE, Half.REPORT}


def test_an_entry_id_wants_that_entry_alone_and_a_topic_all_of_it(entries: list[Entry]) -> None:
    assert wanted_entries(["boarding-subsidy-old"], entries) == {"boarding-subsidy-old"}
    assert wanted_entries(["boarding-subsidy"], entries) == {"boarding-subsidy"}
    assert wanted_entries(["yulu"], entries) == {"yulu-until-2025", "yulu-2026"}


def test_a_good_file_is_read_with_its_defaults(tmp_path: Path) -> None:
    (golden,) = load_golden(write(tmp_path, line(), ""))
    assert (golden.question, golden.as_of.isoformat(), golden.asker.value) == ("报了几天来人", "2026-06-01", "villager")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{"], "spoken.jsonl 第 1 行不是 JSON"),
        ([line(expect={"kind": ["dance"]})], "spoken.jsonl 第 1 行的 expect.kind"),
        ([line(remark="x")], "spoken.jsonl 第 1 行的 remark"),
        ([line(family="formal")], "应当和文件名一样"),
        ([line(), line()], "spoken-1 用了两次"),
        ([], "没有评测题"),
    ],
)
def test_a_bad_set_is_refused_with_file_and_remedy(tmp_path: Path, lines: list[Any], message: str) -> None:
    with pytest.raises(GoldenError, match=message):
        load_golden(write(tmp_path, *lines))


def test_an_unknown_entry_is_refused(tmp_path: Path, entries: list[Entry]) -> None:
    questions = load_golden(write(tmp_path, line(expect={"kind": ["answer"], "entries": ["no-such-entry"]})))
    with pytest.raises(GoldenError, match=r"spoken-1.*no-such-entry"):
        check_names(questions, entries)
