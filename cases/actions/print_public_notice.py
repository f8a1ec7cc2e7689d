"""An officer prints a public notice: a copy with a watermark, or the original that is stamped and put up."""

from __future__ import annotations

from datetime import datetime

from cases.access import actor_name
from cases.actors import Officer
from cases.errors import PaperStateError
from cases.paper import Paper
from cases.public_notice.notice import access_notice, entries_of
from cases.public_notice.sheet import ObjectionCode, notice_sheet
from storage import audit
from storage.database import check_in_transaction
from storage.heads import head_text
from storage.store import Store


def print_public_notice(  # noqa: PLR0913 - one sheet, its parts named by keyword
    store: Store,
    number: int,
    *,
    village: str,
    original: bool,
    actor: Officer,
    now: datetime,
    code: ObjectionCode | None = None,
) -> Paper:
    """Return the sheet of a notice and write down who printed it: it names households. Needs an open transaction.

    *village* is the path of names of the notice's village, *code* what objectors may scan.

    Raises:
        PaperNotFoundError: no such notice in the officer's area.
        PaperStateError: an original of a notice that came down.
    """
    check_in_transaction(store)
    notice = access_notice(store, number, officer=actor)
    if original and notice.ended_on is not None:
        raise PaperStateError(why="ended_before")
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="public_notice.printed",
        subject=f"public_notice:{number}",
        now=now,
        facts={"original": original},
    )
    entries = entries_of(store, notice)
    return notice_sheet(notice, entries, village=village, head=head_text(store), original=original, code=code)
