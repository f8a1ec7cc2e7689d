"""A person with a one-time link becomes known as an officer in his chat."""

from __future__ import annotations

from datetime import datetime

from cases.access import actor_name
from cases.actions.appoint_officer import link_key
from cases.actors import Officer, Reporter
from cases.chats import chat_key
from cases.errors import LinkInvalidError
from cases.officers import load_officer
from storage import audit
from storage.database import check_in_transaction
from storage.ids import new_id
from storage.store import Store
from storage.times import to_text


def officer_of_link(store: Store, code: str, *, now: datetime) -> Officer | None:
    """Return the officer for whom *code* was issued, while it can be used; the code stays as it is."""
    row = next(
        store.db.query(
            "SELECT officer FROM one_time_links WHERE code_key = ? AND used_at IS NULL AND expires_at > ?",
            [link_key(store, code), to_text(now)],
        ),
        None,
    )
    return None if row is None else load_officer(store, row["officer"])


def use_link(store: Store, code: str, *, now: datetime) -> Officer:
    """Return the officer for whom *code* was issued, and use the code up. Needs an open transaction.

    Raises:
        LinkInvalidError: the code is unknown, used or expired.
    """
    check_in_transaction(store)
    used = store.db.execute(
        "UPDATE one_time_links SET used_at = ? WHERE code_key = ? AND used_at IS NULL AND expires_at > ?"
        " RETURNING officer",
        [to_text(now), link_key(store, code), to_text(now)],
    ).fetchone()
    if used is None:
        raise LinkInvalidError
    return load_officer(store, used[0])


def bind_officer(store: Store, code: str, *, actor: Reporter, now: datetime) -> Officer:
    """Bind the chat *actor* to the officer for whom *code* was issued, and use the code up.

    Needs an open transaction.

    Raises:
        LinkInvalidError: the code is unknown, used or expired.
    """
    officer = use_link(store, code, now=now)
    bind_chat(store, officer, actor=actor, now=now)
    return officer


def bind_chat(store: Store, officer: Officer, *, actor: Reporter, now: datetime) -> None:
    """Make the chat *actor* one of the officer's. A chat belongs to one officer: an earlier binding of it ends.

    Needs an open transaction.
    """
    check_in_transaction(store)
    row_id, key = new_id(), chat_key(store, actor)
    sealed = store.vault.seal(actor.chat, table="officer_channels", row=row_id, column="chat")
    store.db.execute("DELETE FROM officer_channels WHERE chat_key = ?", [key])
    store.db.execute(
        "INSERT INTO officer_channels (id, officer, channel, chat, chat_key, bound_at) VALUES (?, ?, ?, ?, ?, ?)",
        [row_id, officer.id, actor.channel, sealed, key, to_text(now)],
    )
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="officer.bound",
        subject=f"officer:{officer.id}",
        now=now,
        facts={"channel": actor.channel},
    )
