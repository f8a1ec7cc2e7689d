"""An officer settles whether two cases are about one household: nothing is merged without him."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.access import access_case
from cases.act import Act
from cases.actions.add_note import add_note
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import LinkSettled, Note, Sameness
from cases.duplicates import settle
from cases.errors import PaperMixedError
from cases.households import LinkKind, keep_link
from storage.store import Store


def settle_link(
    store: Store, receipt: str, found: LinkSettled, *, actor: Officer, version: int | None, now: datetime
) -> Case:
    """Record whether a case and an earlier one are about one household; return the case as it then is.

    One household: both say so, and the earlier one is gone on with; the later one is proposed to be declined like any
    other, so that a second person confirms. Another household: the two are not shown as likely duplicates any more.

    Raises:
        PaperMixedError: it is the same case.
        CasesError: a case is not to be found, or as ``take_step``.
    """
    case, other = access_case(store, receipt, actor=actor), access_case(store, found.earlier, actor=actor)
    if case.id == other.id:
        raise PaperMixedError(why="same")
    done = take_step(store, receipt, Act(replace(found, earlier=other.receipt), actor, now), version=version)
    same = found.sameness is Sameness.SAME
    settle(store, case, other, same=same, officer=actor, now=now)
    if same:
        keep_link(store, LinkKind.JOINED, case, other, now=now)
        text = f"编号 {case.receipt} 报的是同一户，以这一件为准接着办；那边写的新情况请一并看。"
    else:
        text = f"看过了：编号 {case.receipt} 报的不是这一户。"
    add_note(store, other.receipt, Note(text), actor=actor, version=None, now=now)
    return done
