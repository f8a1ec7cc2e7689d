"""An officer is removed: his rights end, and what he held is offered to others."""

from __future__ import annotations

import sys
from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Clock, Officer
from cases.authority import Appointer, appointer_name, check_appointer
from cases.case import case_of
from cases.details import Release
from cases.offers import renew_offers
from storage import audit
from storage.database import check_in_transaction
from storage.store import Store
from storage.times import local_date, to_text


def remove_officer(store: Store, officer: Officer, *, actor: Appointer, now: datetime) -> int:
    """End an officer's roles, chats and links, and return how many cases went back. Needs an open transaction.

    His name stays with what he did. Each case is offered to a colleague, who is told; so is what was offered to him.
    """
    check_in_transaction(store)
    check_appointer(actor, officer.grants)
    rows = list(store.db.query("SELECT * FROM cases WHERE assignee = ? ORDER BY due_on", [officer.id]))
    for table in ("officer_roles", "officer_channels", "one_time_links", "duty_roster", "officer_phones"):
        store.db.execute(f"DELETE FROM {table} WHERE officer = ?", [officer.id])  # noqa: S608 - names of our own
    store.db.execute("UPDATE officers SET removed_at = ? WHERE id = ?", [to_text(now), officer.id])
    audit.append(
        store,
        actor=appointer_name(actor),
        event="officer.removed",
        subject=f"officer:{officer.id}",
        now=now,
        facts={"cases": len(rows)},
    )
    renew_offers(store, local_date(now), limit=sys.maxsize)
    for case in map(case_of, rows):
        take_step(store, case.receipt, Act(Release("承办人已调离"), Clock(), now), version=case.version)
    return len(rows)
