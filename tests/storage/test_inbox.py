from datetime import datetime, timedelta

import pytest

from storage import inbox
from storage.database import transaction
from storage.store import Store


def receive(store: Store, update: str, now: datetime, chat: str = "70001") -> str | None:
    return inbox.receive(store, channel="telegram", chat=chat, update=update, payload=f'{{"n": "{update}"}}', now=now)


def test_an_update_is_stored_once_however_often_it_arrives(store: Store, now: datetime) -> None:
    first = receive(store, "1", now)
    assert first is not None
    assert receive(store, "1", now) is None
    assert inbox.find(store, channel="telegram", update="1") == first
    assert inbox.load(store, first).payload == '{"n": "1"}'
    assert inbox.load(store, first).chat == "70001"


def test_a_batch_that_is_rolled_back_was_never_received(store: Store, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction(store):
        receive(store, "1", now)
        _ = 1 / 0
    assert inbox.find(store, channel="telegram", update="1") is None


def test_pending_gives_the_oldest_of_each_chat_until_it_is_done(store: Store, now: datetime) -> None:
    ids = [receive(store, "1", now), receive(store, "2", now), receive(store, "3", now, chat="70002")]
    assert [item.id for item in inbox.pending(store, now=now, limit=9)] == [ids[0], ids[2]]
    inbox.mark_done(store, str(ids[0]), now=now)
    assert [item.id for item in inbox.pending(store, now=now, limit=9)] == [ids[1], ids[2]]
    assert inbox.is_settled(store, str(ids[0]))
    assert not inbox.is_settled(store, str(ids[1]))


def test_a_retry_holds_back_its_whole_chat_until_its_time(store: Store, now: datetime) -> None:
    first = receive(store, "1", now)
    receive(store, "2", now)
    inbox.retry(store, str(first), at=now + timedelta(seconds=5))
    assert inbox.pending(store, now=now, limit=9) == []
    later = inbox.pending(store, now=now + timedelta(seconds=5), limit=9)
    assert [(item.update, item.attempts) for item in later] == [("1", 1)]


def test_an_update_given_up_lets_the_next_one_through(store: Store, now: datetime) -> None:
    first = receive(store, "1", now)
    receive(store, "2", now)
    inbox.mark_failed(store, str(first), reason="turn.crashed", now=now)
    assert [item.update for item in inbox.pending(store, now=now, limit=9)] == ["2"]


def test_a_chat_reads_back_what_it_sent(store: Store, now: datetime) -> None:
    receive(store, "1", now)
    receive(store, "2", now, chat="70002")
    receive(store, "3", now)
    sent = inbox.for_chat(store, channel="telegram", chat="70001")
    assert [item.update for item in sent] == ["1", "3"]
    assert [item.update for item in inbox.for_chat(store, channel="telegram", chat="70001", after_seq=sent[0].seq)] == [
        "3"
    ]


def test_an_unknown_row_is_an_error(store: Store) -> None:
    with pytest.raises(LookupError, match="no row"):
        inbox.load(store, "nothing")
