"""Saving documents: twice changes nothing, a new edition replaces, what vanished is retired and never deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.documents import (
    Edition,
    Saved,
    find_document,
    find_passages,
    load_documents,
    load_edition,
    load_passages,
    passage_id,
    retire_missing,
    save_document,
)
from storage.database import transaction
from storage.errors import TransactionError
from storage.store import Store
from tests.knowledge.corpus import NOW, add_document, make_document, make_passages

TEXTS = ["第一条 公示不少于5天。", "第二条 乡镇审核。"]


def test_a_saved_document_is_read_back_as_it_was(store: Store) -> None:
    document = make_document("通知", valid_to=date(2026, 12, 31), area="620422", replaced_by=None)
    assert add_document(store, document, TEXTS) is Saved.ADDED
    assert find_document(store, document.id) == document
    assert load_documents(store) == [document]
    assert load_passages(store, document.id) == make_passages(document, TEXTS)
    assert load_edition(store, document.id) == Edition("\n".join(TEXTS), "\n".join(TEXTS))


def test_saving_the_same_document_again_changes_nothing(store: Store) -> None:
    document = make_document("通知")
    add_document(store, document, TEXTS)
    before = store.db.conn.total_changes
    assert add_document(store, document, TEXTS, now=NOW + timedelta(days=1)) is Saved.UNCHANGED
    assert store.db.conn.total_changes == before


def test_a_new_edition_replaces_the_passages_but_old_ones_can_still_be_read(store: Store) -> None:
    document = make_document("通知")
    add_document(store, document, TEXTS)
    changed = replace(document, source_hash="1" * 64)
    assert add_document(store, changed, [TEXTS[0], "第二条 乡镇复核。"]) is Saved.CHANGED
    assert [passage.text for passage in load_passages(store, document.id)] == [TEXTS[0], "第二条 乡镇复核。"]
    old = passage_id(document.id, ("正文",), TEXTS[1])
    assert find_passages(store, [old])[old].text == TEXTS[1]
    assert store.db.execute("SELECT count(*) FROM editions").fetchone()[0] == 2


def test_a_change_of_what_the_document_says_of_itself_is_a_change(store: Store) -> None:
    document = make_document("通知")
    add_document(store, document, TEXTS)
    assert add_document(store, replace(document, number="某农发〔2025〕2号"), TEXTS) is Saved.CHANGED
    assert load_documents(store)[0].number == "某农发〔2025〕2号"


def test_documents_that_vanished_from_a_folder_are_retired_and_come_back_when_saved_again(store: Store) -> None:
    kept, gone = make_document("在"), make_document("不在")
    elsewhere = replace(make_document("别处"), source="资料库/别处.txt")
    for document in (kept, gone, elsewhere):
        add_document(store, document, [document.title])
    with transaction(store):
        assert retire_missing(store, folder="资料", present={kept.id}, now=NOW) == [gone.id]
    assert {document.id for document in load_documents(store)} == {kept.id, elsewhere.id}
    assert load_documents(store, retired=True) == [gone]
    assert find_document(store, gone.id) is None
    assert find_passages(store, [make_passages(gone, [gone.title])[0].id]) == {}
    assert add_document(store, gone, [gone.title]) is Saved.CHANGED
    assert find_document(store, gone.id) == gone


def test_passages_of_equal_text_and_heading_are_kept_once(store: Store) -> None:
    document = make_document("通知")
    add_document(store, document, ["同上。", "同上。"])
    assert [passage.order for passage in load_passages(store, document.id)] == [0]


def test_a_passage_of_another_document_is_refused(store: Store) -> None:
    document, other = make_document("甲"), make_document("乙")
    with pytest.raises(ValueError, match=other.id), transaction(store):
        save_document(store, document, Edition("", ""), make_passages(other, ["文"]), now=NOW)
    assert load_documents(store) == []


def test_saving_needs_an_open_transaction(store: Store) -> None:
    with pytest.raises(TransactionError):
        save_document(store, make_document("通知"), Edition("", ""), [], now=NOW)
