"""A village hands in the photo of a sign-in sheet that its meeting still lacked."""

from __future__ import annotations

from datetime import datetime

from cases.access import actor_name
from cases.actors import Officer, Role
from cases.errors import NotPermittedError, PaperStateError
from cases.meetings.meeting import MeetingKind, access_meeting, keep_photo
from cases.states import Event
from storage import attachments, audit
from storage.database import check_in_transaction
from storage.store import Store

_ROLES = (Role.VILLAGE, Role.WORK_TEAM)


def hand_in_sign_in(store: Store, number: int, photo: str, *, actor: Officer, now: datetime) -> None:
    """Keep the photo of a meeting's sign-in sheet. Needs an open transaction.

    Raises:
        PaperNotFoundError: no such meeting in the officer's area.
        NotPermittedError: the officer is not of the village.
        PaperStateError: it is no village meeting, or its photo is there.
    """
    check_in_transaction(store)
    meeting = access_meeting(store, number, officer=actor)
    if not actor.roles_at(meeting.area_code).intersection(_ROLES):
        raise NotPermittedError(event=Event.APPRAISAL_RECORDED, roles=[role.value for role in _ROLES])
    if meeting.kind is not MeetingKind.APPRAISAL:
        raise PaperStateError(why="no_such_sheet")
    if meeting.photo is not None:
        raise PaperStateError(why="answered_before")
    attachments.describe(store, photo)
    keep_photo(store, meeting, photo)
    audit.append(
        store,
        actor=actor_name(store, actor),
        event="meeting.signed_in",
        subject=f"meeting:{number}",
        now=now,
        facts={"photo": photo},
    )
