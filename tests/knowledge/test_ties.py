"""Later documents end earlier ones, whichever is read first; officers' corrections outlive every reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from knowledge.corrections import CORRECTABLE, correct, load_corrections, withdraw
from knowledge.documents import Document, Edition, find_document, load_documents, retire_missing, save_document
from knowledge.standing import Audience
from knowledge.ties import Relation, Tie, load_relations, number_key, title_key
from storage.database import transaction
from storage.store import Store
from tests.knowledge.corpus import NOW, make_document, make_passages

OLD = make_document("会宁县临时救助办法", number="会政发〔2019〕5号", written_on=date(2019, 3, 1), area="620422")
NEW = make_document("会宁县临时救助实施细则", number="会政发〔2024〕9号", written_on=date(2024, 4, 20), area="620422")
NEW = replace(NEW, valid_from=date(2024, 5, 1))
REPEAL = Relation(Tie.REPEALS, "会政发[2019]第5号", "会宁县临时救助办法", "《会宁县临时救助办法》同时废止", 10, 0.9)


def save(store: Store, document: Document, *relations: Relation) -> None:
    with transaction(store):
        save_document(
            store, document, Edition("文", "文"), make_passages(document, ["文"]), relations=relations, now=NOW
        )


@pytest.mark.parametrize("order", list(permutations([OLD, NEW])))
def test_a_repeal_ends_the_older_document_whichever_is_read_first(store: Store, order: tuple[Document, ...]) -> None:
    for document in order:
        save(store, document, *([REPEAL] if document is NEW else []))
    ended = replace(OLD, valid_to=date(2024, 4, 30), replaced_by=NEW.id)
    assert find_document(store, OLD.id) == ended
    assert {document.id: document for document in load_documents(store)} == {OLD.id: ended, NEW.id: NEW}


def test_when_the_repealing_document_is_retired_the_older_one_holds_again(store: Store) -> None:
    save(store, OLD)
    save(store, NEW, REPEAL)
    with transaction(store):
        retire_missing(store, folder=NEW.source, present=(), now=NOW)
    assert find_document(store, OLD.id) == OLD


def test_an_amendment_and_another_documents_number_end_nothing(store: Store) -> None:
    save(store, OLD)
    save(store, NEW, replace(REPEAL, tie=Tie.AMENDS), replace(REPEAL, number="会政发〔2019〕6号"))
    assert find_document(store, OLD.id) == OLD
    assert [one.relation.tie for one in load_relations(store, NEW.id)] == [Tie.AMENDS, Tie.REPEALS]


@pytest.mark.parametrize(("area", "ends"), [("620422", True), ("620423", False)])
def test_a_title_without_a_number_means_the_document_of_the_same_place(store: Store, area: str, *, ends: bool) -> None:
    save(store, replace(OLD, area=area, title="关于印发《会宁县临时救助办法》的通知"))
    save(store, NEW, replace(REPEAL, number=""))
    found = find_document(store, OLD.id)
    assert found is not None
    assert (found.replaced_by == NEW.id) is ends


def test_an_earlier_document_never_ends_a_later_one(store: Store) -> None:
    save(store, NEW)
    save(store, OLD, Relation(Tie.REPLACES, NEW.number))
    assert find_document(store, NEW.id) == NEW


@pytest.mark.parametrize(
    ("written", "key"),
    [("会政发[2019]第5号", "会政发〔2019〕5号"), (" 会政发（2019） 5 号", "会政发〔2019〕5号"), ("", "")],
)
def test_one_number_has_one_key(written: str, key: str) -> None:
    assert number_key(written) == key


def test_a_notice_that_carries_a_document_has_its_title() -> None:
    assert title_key("关于印发《会宁县 临时救助办法》的通知") == title_key("会宁县临时救助办法")


def test_a_correction_outlives_a_new_reading_and_can_be_withdrawn(store: Store) -> None:
    save(store, OLD)
    with transaction(store):
        correct(store, OLD.id, "audience", Audience.INTERNAL, by="3", now=NOW)
        correct(store, OLD.id, "valid_to", "2023-12-31", by="3", now=NOW)
        correct(store, OLD.id, "number", "", by="3", now=NOW)
    right = replace(OLD, audience=Audience.INTERNAL, valid_to=date(2023, 12, 31), number="")
    assert find_document(store, OLD.id) == right
    save(store, replace(OLD, source_hash="1" * 64))
    assert load_documents(store) == [replace(right, source_hash="1" * 64)]
    assert {one.by for one in load_corrections(store)[OLD.id].values()} == {"3"}
    with transaction(store):
        for field in ("audience", "valid_to", "number"):
            withdraw(store, OLD.id, field, by="4", now=NOW)
    assert find_document(store, OLD.id) == replace(OLD, source_hash="1" * 64)


def test_what_the_program_keeps_for_itself_is_not_corrected(store: Store) -> None:
    save(store, OLD)
    assert "source" not in CORRECTABLE
    with pytest.raises(ValueError, match="source"), transaction(store):
        correct(store, OLD.id, "source", "别处", by="3", now=NOW)
