"""Subjects that people ask about and nothing here tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from knowledge.answer import AnswerKind, Asker, Question
from knowledge.answering import Answering
from knowledge.asking import settle
from knowledge.calibration_file import Calibration
from knowledge.choosing import choose
from knowledge.confidence import Logistic, signs
from knowledge.entries import STARTER, load_starter
from knowledge.ranking import plain_ranker
from knowledge.retrieval import Found
from knowledge.units import RowKind
from knowledge.untold import FILE, load_subjects, still_untold
from places.gazetteer import load_gazetteer
from settings.schema import Contacts
from tests.knowledge.conftest import Opened, Small
from tests.knowledge.corpus import HUINING, add_document, make_document

SUBJECTS = """
[[subjects]]
name = "高龄津贴"
terms = ["高龄津贴", "老龄津贴"]
asked = ["八十岁老人每月发多少钱", "高龄津贴几岁开始领"]
"""
TODAY = date(2026, 3, 10)
RANKER = plain_ranker(0.5)
UNSURE = Calibration("hashing-1", TODAY, 0, 0.5, 0.3, RANKER, Logistic(-9.0, {}, {}, {}))

Find = Callable[[str], Found]


@pytest.fixture
def find(small: Small) -> Find:
    """Return a function that searches the small corpus, which tells nothing of one subject."""
    (small.starter / FILE).write_text(SUBJECTS, encoding="utf-8")

    def found(text: str) -> Found:
        search = settle(Question(text, TODAY, HUINING, Asker.OFFICER), load_gazetteer())
        return small.retriever().find(small.snapshot(), search, RANKER)

    return found


def test_a_subject_that_nothing_tells_of_is_known_and_never_found(find: Find) -> None:
    found = find("八十岁老人每月发多少钱")
    assert found.asks_untold == "高龄津贴"
    assert found.candidates
    assert all(found.snapshot.units[one.unit] != "高龄津贴" for one in found.candidates)
    assert find("名单贴几天").asks_untold is None


@pytest.mark.parametrize(("asked", "meant"), [("身份证丢了去哪补", "身份证"), ("户口本丢了去哪补", "户口")])
def test_of_subjects_about_as_near_the_one_that_is_named_is_meant(
    open_bundled: Callable[..., Opened], asked: str, meant: str
) -> None:
    bundled = open_bundled()
    question = Question(asked, TODAY, HUINING, Asker.VILLAGER)
    found = bundled.knowledge.find(bundled.store, bundled.knowledge.settled(bundled.store, question))
    assert found.asks_untold == meant


def test_a_subject_that_shares_no_words_with_the_question_is_not_named(open_bundled: Callable[..., Opened]) -> None:
    bundled = open_bundled()
    question = Question("家里火烧了，有啥补助", TODAY, HUINING, Asker.VILLAGER)
    found = bundled.knowledge.find(bundled.store, bundled.knowledge.settled(bundled.store, question))
    assert found.untold is not None, "some subject is always the nearest"
    assert found.asks_untold is None


def test_nearness_to_what_is_untold_speaks_against_an_answer(find: Find) -> None:
    near, far = (find(text) for text in ("八十岁老人每月发多少钱", "名单贴几天"))
    for sign in ("untold_lead", "untold_cover"):
        assert signs(near, choose(near))[sign] > 0 > signs(far, choose(far))[sign]


def test_a_refusal_names_the_subject(small: Small, find: Find) -> None:
    answering = Answering(small.store, UNSURE, load_gazetteer(), Contacts(), TODAY)
    refusal = answering.answer(find("八十岁老人每月发多少钱"))
    assert refusal.kind is AnswerKind.ABSTAIN
    assert refusal.text.startswith("您问的像是“高龄津贴”")
    assert "高龄津贴" not in answering.answer(find("名单贴几天")).text


@pytest.mark.parametrize("heading", ["高龄津贴办法", "关于高龄津贴和慰问的通知"])
def test_a_document_whose_title_speaks_of_it_makes_it_told(small: Small, find: Find, heading: str) -> None:
    add_document(small.store, make_document(heading), ["八十岁以上老人每人每月发五十元。"])
    found = find("八十岁老人每月发多少钱")
    assert found.untold is None
    assert RowKind.UNTOLD not in {row.kind for row in found.snapshot.rows}


def test_a_document_that_mentions_it_in_passing_leaves_it_untold(small: Small, find: Find) -> None:
    add_document(small.store, make_document("收入核算说明"), ["高龄津贴不计入家庭收入。"])
    assert find("八十岁老人每月发多少钱").untold is not None


def test_no_bundled_entry_tells_of_a_bundled_subject() -> None:
    subjects = load_subjects(STARTER)
    told = [entry.question for entry in load_starter()]
    assert [subject.name for subject in still_untold(subjects, told)] == [subject.name for subject in subjects]
    asked = [wording for subject in subjects for wording in subject.wordings]
    assert len(asked) == len(set(asked)), "a wording belongs to one subject"
    assert not set(asked) & {wording for entry in load_starter() for wording in (entry.question, *entry.variants)}


SURE = replace(UNSURE, confidence_model=Logistic(9.0, {}, {}, {}))


def test_a_question_that_comes_near_nothing_but_the_subject_is_refused_however_sure_the_rest(
    small: Small, find: Find
) -> None:
    answering = Answering(small.store, SURE, load_gazetteer(), Contacts(), TODAY)
    assert answering.answer(find("八十岁老人每月发多少钱")).kind is AnswerKind.ABSTAIN
    assert answering.answer(find("名单贴几天")).kind is AnswerKind.ANSWER
