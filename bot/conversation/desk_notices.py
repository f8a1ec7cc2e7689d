"""Public notices drafted from a chat, and the paper of one that hung before papers were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from bot.conversation.commands import DraftNotice
from cases.access import access_case
from cases.actions.draft_public_notice import draft_public_notice
from cases.actions.post_public_notice import ProofOfPosting, post_public_notice
from cases.actors import Officer
from cases.case import Case
from cases.errors import PaperMissingError
from cases.public_notice.late import hung_without_paper
from cases.public_notice.notice import PublicNotice, latest_notice
from cases.states import Event
from storage.store import Store

STARTS_ON: Final = "starts_on"
DRAFTED: Final = "drafted"
HUNG: Final = "hung"
ANEW, REALLY = "重新起草", "真贴过，有照片"


def asks_first(store: Store, event: Event, case: Case) -> str | None:
    """Return what is asked before anything else about the notice of *case*; None: nothing is."""
    if event is Event.NOTICE_ENDED:
        return HUNG if hung_without_paper(store, case) is not None else None
    if event is not Event.NOTICE_POSTED:
        return None
    notice = latest_notice(store, case)
    return DRAFTED if notice is not None and notice.posted_on is None else STARTS_ON


def drafts(given: Mapping[str, str]) -> bool:
    """Tell whether what was answered asks for a notice to be drafted."""
    return STARTS_ON in given or given.get(HUNG) == REALLY


def draft(store: Store, command: DraftNotice, *, supervision: str, officer: Officer, now: datetime) -> PublicNotice:
    """Draft the notice that *command* asks for; one that hung already is entered late, with its photo.

    Raises:
        PaperMissingError: a photo came for a case that needs none.
        CasesError: as ``draft_public_notice`` and ``post_public_notice``; all or nothing.
    """
    if not command.photo:
        starts_on = date.fromisoformat(command.starts_on)
        return draft_public_notice(
            store, command.receipts, starts_on=starts_on, supervision=supervision, actor=officer, now=now
        )
    hung = hung_without_paper(store, access_case(store, command.receipts[0], actor=officer))
    if hung is None:
        raise PaperMissingError(paper="posting")
    notice = draft_public_notice(
        store, command.receipts, starts_on=hung.on, supervision=supervision, actor=officer, now=now
    )
    proof = ProofOfPosting(hung.on, hung.place, command.photo)
    return post_public_notice(store, notice.number, proof, actor=officer, now=now)
