"""What an officer may do from a chat, from what was asked and answered there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter, ValidationError

from bot.conversation import desk_papers
from bot.conversation.commands import ActOnCase
from cases.actions import perform
from cases.actors import Officer
from cases.case import Case
from cases.details import DETAILS, Details
from cases.details.describing import WrittenType, written_fields
from cases.errors import MissingFieldsError, NotPermittedError
from cases.household.sheet import names_in
from cases.states import Event
from storage.store import Store

# A sheet, a checklist and the choice of a colleague need more than one answer: they are for the console.
OFFICER_EVENTS: Final = perform.OFFICER_EVENTS - {
    Event.HOUSEHOLD_RECORDED,
    Event.RESOLUTION_PROPOSED,
    Event.TRANSFERRED,
}


def carry_out(store: Store, command: ActOnCase, *, officer: Officer, now: datetime) -> Case:
    """Let *officer* do what the command says and return the case as it then is.

    Raises:
        NotPermittedError: the event is not an officer's, or not for a chat.
        MissingFieldsError: what was written down is not complete.
        CasesError: as the action itself.
    """
    if command.event not in OFFICER_EVENTS:
        raise NotPermittedError(event=command.event, roles=[])
    if command.event in desk_papers.FORMS:
        return desk_papers.record(store, command, officer=officer, now=now)
    details = _details(command.event, command.filled)
    return perform.perform(store, command.receipt, details, actor=officer, version=command.version, now=now)


def _details(event: Event, filled: Mapping[str, str]) -> Details:
    kind = DETAILS[event]
    lists = {one.name for one in written_fields(event) if one.type is WrittenType.LIST}
    values = {name: names_in(text) if name in lists else text for name, text in filled.items()}
    try:
        details: Details = TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        fields = [str(problem["loc"][0]) for problem in error.errors(include_url=False, include_input=False)]
        raise MissingFieldsError(event=event, fields=fields) from None
    return details
