"""The one door to a case: who may know of it, who may read it, and the trace that reading leaves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from cases.actors import Actor, Clock, Officer, Reporter, Role
from cases.case import Case, find_case
from cases.chats import chat_key, chat_of_case
from cases.deadlines import OpenDeadline, open_deadlines
from cases.errors import CaseErasedError, CaseNotFoundError
from cases.forms import Form, load_form
from cases.history import HistoryEntry, history
from cases.other_areas import other_areas
from cases.people import Part, Person, load_people
from cases.receipts import canonical_receipt
from cases.referred import works_for
from cases.reveals import keep_reason
from cases.tasks import Task, open_tasks
from language.masking import mask
from storage import audit
from storage.case_keys import is_erased
from storage.store import Store

_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class CaseFile:
    """A case with what is known of it.

    When ``masked``, names keep the family name and telephones their ends, ``form`` is None, and events show only
    dates and numbers.
    """

    case: Case
    masked: bool
    householder: Person
    reporter: Person | None
    form: Form | None
    history: tuple[HistoryEntry, ...]
    deadlines: tuple[OpenDeadline, ...]
    tasks: tuple[Task, ...]


def access_case(store: Store, receipt: str, *, actor: Actor) -> Case:
    """Return the clear half of a case to an actor who may know of it.

    Raises:
        CaseNotFoundError: no such case, or it lies outside the officer's area, or it is another chat's.
    """
    case = find_case(store, canonical_receipt(receipt))
    if case is None or not roles_in(store, case, actor):
        raise CaseNotFoundError
    return case


def roles_in(store: Store, case: Case, actor: Actor) -> frozenset[Role]:
    """Return what *actor* is to *case*; empty: to him there is no such case."""
    match actor:
        case Officer():
            referred = {Role.DEPARTMENT} if works_for(store, actor, case.id, case.area_code) else set()
            there = [actor.roles_at(code) for code in (case.area_code, *other_areas(store, case.id))]
            return frozenset().union(referred, *there)
        case Reporter():
            bound = chat_of_case(store, case.id)
            same = bound is not None and chat_key(store, bound) == chat_key(store, actor)
            return frozenset({Role.REPORTER}) if same else frozenset()
        case Clock():
            return frozenset({Role.SYSTEM})


def open_file(store: Store, receipt: str, *, officer: Officer) -> CaseFile:
    """Return a case with its people masked.

    Raises:
        CaseNotFoundError: as ``access_case``.
    """
    return _masked(_file(store, access_case(store, receipt, actor=officer)))


def reveal_file(store: Store, receipt: str, *, officer: Officer, now: datetime, reason: str = "") -> CaseFile:
    """Return a case in full, and write down who saw it, and why if he said so. Needs an open transaction.

    Raises:
        CaseNotFoundError: as ``access_case``.
    """
    case = access_case(store, receipt, actor=officer)
    seq = audit.append(
        store,
        actor=actor_name(store, officer),
        event="case.revealed",
        subject=f"case:{case.id}",
        now=now,
        facts={"version": case.version},
        details={"reason": reason} if reason else {},
    )
    file = _file(store, case)
    if reason:
        keep_reason(store, seq, case.id, reason)
    return _without_hidden(file, officer)


def actor_name(store: Store, actor: Actor) -> str:
    """Return how the audit trail names an actor: by id or keyed hash, never by name."""
    match actor:
        case Officer():
            return f"officer:{actor.id}"
        case Reporter():
            return f"reporter:{chat_key(store, actor)[:16]}"
        case Clock():
            return "clock"


def _file(store: Store, case: Case) -> CaseFile:
    if is_erased(store, case.id):
        raise CaseErasedError
    people = load_people(store, case.id)
    return CaseFile(
        case=case,
        masked=False,
        householder=people[Part.HOUSEHOLDER],
        reporter=people.get(Part.REPORTER),
        form=load_form(store, case.id),
        history=tuple(history(store, case.id)),
        deadlines=tuple(open_deadlines(store, case.id)),
        tasks=tuple(open_tasks(store, case.id)),
    )


def _without_hidden(file: CaseFile, officer: Officer) -> CaseFile:
    """Leave out who reported, and the telephone, which may be his, when neither household nor village is to know."""
    roles = {grant.role for grant in officer.grants if grant.covers(file.case.area_code)}
    if file.form is None or not file.form.hides_reporter or roles - _VILLAGE:
        return file
    named = file.reporter.name if file.reporter else ""
    story = file.form.story.replace(named, "（报的人）") if named else file.form.story
    return replace(
        file,
        reporter=None,
        householder=replace(file.householder, phone=""),
        form=replace(file.form, story=mask(story)),
    )


_VILLAGE: Final = frozenset({Role.VILLAGE, Role.WORK_TEAM})


def _masked(file: CaseFile) -> CaseFile:
    return replace(
        file,
        masked=True,
        householder=_masked_person(file.householder),
        reporter=file.reporter and _masked_person(file.reporter),
        form=None,
        history=tuple(replace(entry, details=_plain_values(entry.details)) for entry in file.history),
    )


def _masked_person(person: Person) -> Person:
    return replace(person, name=f"{person.name[:1]}**", phone=_masked_phone(person.phone))


def _masked_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-2:]}" if phone else ""


def _plain_values(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if isinstance(value, int) or _ISO_DATE.fullmatch(str(value))}
