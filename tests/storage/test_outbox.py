from datetime import datetime, timedelta

import pytest

from storage import outbox
from storage.database import transaction
from storage.errors import TransactionError
from storage.store import Store


def put(store: Store, kind: str, now: datetime, *, chat: str = "70001", notice: bool = False) -> str:
    with transaction(store):
        return outbox.put(
            store, channel="telegram", chat=chat, kind=kind, params={"数": 1}, notice=notice, now=now, case_id=None
        )


def kinds(store: Store, now: datetime) -> list[str]:
    return [item.kind for item in outbox.due(store, channel="telegram", now=now, limit=9)]


def test_a_row_needs_the_transaction_of_what_it_tells(store: Store, now: datetime) -> None:
    with pytest.raises(TransactionError):
        outbox.put(store, channel="t", chat="1", kind="k", params={}, notice=False, now=now)
    with pytest.raises(ZeroDivisionError), transaction(store):
        outbox.put(store, channel="t", chat="1", kind="k", params={}, notice=False, now=now)
        _ = 1 / 0
    assert outbox.due(store, channel="t", now=now, limit=9) == []


def test_each_chat_is_served_in_order_and_answers_go_before_notices(store: Store, now: datetime) -> None:
    put(store, "notice.first", now, chat="1", notice=True)
    put(store, "answer.second", now, chat="1")
    put(store, "answer.other", now, chat="2")
    due = outbox.due(store, channel="telegram", now=now, limit=9)
    assert [item.kind for item in due] == ["answer.other", "notice.first"]
    outbox.mark_sent(store, due[1].id, now=now)
    assert kinds(store, now) == ["answer.second", "answer.other"]


def test_a_retry_holds_back_its_line_until_its_time(store: Store, now: datetime) -> None:
    first = put(store, "a", now)
    put(store, "b", now)
    outbox.retry(store, first, at=now + timedelta(seconds=3))
    assert kinds(store, now) == []
    assert kinds(store, now + timedelta(seconds=3)) == ["a"]


def test_a_row_given_up_lets_the_next_one_through(store: Store, now: datetime) -> None:
    first = put(store, "a", now)
    put(store, "b", now)
    outbox.give_up(store, first, reason="chat_gone", now=now)
    assert kinds(store, now) == ["b"]


def test_a_chat_reads_back_all_that_was_said_to_it(store: Store, now: datetime) -> None:
    first = put(store, "a", now)
    put(store, "b", now)
    outbox.mark_sent(store, first, now=now)
    said = outbox.for_chat(store, channel="telegram", chat="70001")
    assert [(item.kind, item.sent, item.params) for item in said] == [("a", True, {"数": 1}), ("b", False, {"数": 1})]
    assert said[0].chat == "70001"
