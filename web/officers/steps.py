"""The steps that an officer may take on a case, as forms made of the field descriptions, and what was filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.photos import MEDIA_TYPE, NotAPhotoError, clean_photo
from cases.actions.perform import OFFICER_EVENTS
from cases.case import Case
from cases.details import DETAILS, Details
from cases.details.describing import WrittenField, WrittenType, written_fields
from cases.officers import all_officers
from cases.presence import is_away, may_hold
from cases.public_notice.late import hung_without_paper
from cases.queue import QueueFilter, QueueItem, list_queue
from cases.rules import Workflow
from cases.states import Event
from cases.workflow import load_workflow
from storage import attachments
from web.forms import Form
from web.officers.door import Desk

# Steps that are taken for many households at once, or on a sheet: where that is done.
_ELSEWHERE: Final = {
    Event.APPRAISAL_RECORDED: "/desk/meetings/appraisal?case={receipt}",
    Event.NOTICE_POSTED: "/desk/notices/new?case={receipt}",
    Event.NOTICE_ENDED: "/desk/notices",
    Event.TOWNSHIP_APPROVED: "/desk/meetings/review?case={receipt}",
    Event.COUNTY_APPROVED: "/desk/meetings/batch?case={receipt}",
    Event.RISK_RESOLVED: "/desk/meetings/batch?case={receipt}",
    Event.HOUSEHOLD_RECORDED: "/desk/case/{receipt}/sheet",
}
# The reporter's own, and what stands above the forms as a button.
_AT_ONCE: Final = frozenset({Event.CLAIMED, Event.ACKNOWLEDGED})
_SMALL: Final = frozenset(
    {
        Event.NOTED,
        Event.LINK_SETTLED,
        Event.RELEASED,
        Event.TRANSFERRED,
        Event.RECUSED,
        Event.PLACED,
        Event.MARKED_URGENT,
    }
)
_LISTED: Final = 120
_LINES: Final = re.compile(r"[\n、，,;；]+")


@dataclass(frozen=True)
class Option:
    """One choice of a field: what is sent, and what is read."""

    value: str
    label: str


@dataclass(frozen=True)
class FieldForm:
    """A field of a form. ``value`` is what was typed, or what fits most often; ``wrong``: it could not be taken."""

    name: str
    label: str
    type: WrittenType
    help: str
    options: tuple[Option, ...]
    required: bool
    value: str
    values: tuple[str, ...]
    wrong: bool


@dataclass(frozen=True)
class StepForm:
    """A step. ``elsewhere`` leads to the page where it is taken; ``at_once``: a button is enough.

    ``open``: it was just refused, and is shown open. ``small``: it stands behind the main steps.
    """

    event: Event
    fields: tuple[FieldForm, ...]
    elsewhere: str
    at_once: bool
    small: bool
    open: bool


class UnfitError(Exception):
    """Fields of a form hold what cannot stand there. ``names`` are theirs, ``sentence`` says what to do."""

    def __init__(self, names: frozenset[str], sentence: str) -> None:
        super().__init__(", ".join(sorted(names)))
        self.names = names
        self.sentence = sentence


def forms_for(
    desk: Desk, item: QueueItem, workflow: Workflow, *, typed: Form | None = None, wrong: frozenset[str] = frozenset()
) -> list[StepForm]:
    """Return a form for each step that the officer may take now; *typed* is what he just sent for one of them."""
    tried = typed.text("event") if typed else ""
    forms = []
    for event in (event for event in item.possible if event in OFFICER_EVENTS):
        mine = typed if event.value == tried else None
        forms.append(
            StepForm(
                event=event,
                fields=_fields(desk, item.case, event, workflow, mine, wrong),
                elsewhere=_elsewhere(desk, item.case, event),
                at_once=event in _AT_ONCE,
                small=event in _SMALL,
                open=mine is not None,
            )
        )
    return forms


def _elsewhere(desk: Desk, case: Case, event: Event) -> str:
    """Return where a step is taken if not here; a notice that hangs without a paper gets its paper first."""
    lacks_paper = event is Event.NOTICE_ENDED and hung_without_paper(desk.store, case) is not None
    return _ELSEWHERE.get(Event.NOTICE_POSTED if lacks_paper else event, "").format(receipt=case.receipt)


def read_details(desk: Desk, event: Event) -> Details:
    """Return what the posted form says about *event*; a photo is cleaned and kept. Needs an open transaction.

    Raises:
        UnfitError: names every field that cannot be taken.
    """
    raw: dict[str, Any] = {}
    wrong = set()
    for field in written_fields(event):
        try:
            value = _read(desk, field)
        except (ValueError, NotAPhotoError):
            wrong.add(field.name)
            continue
        if value not in (None, "", ()):
            raw[field.name] = value
    if wrong:
        raise UnfitError(frozenset(wrong), _sentence(event, wrong))
    kind = DETAILS[event]
    try:
        details: Details = TypeAdapter(kind).validate_python(raw)
    except ValidationError as error:
        names = {str(problem["loc"][0]) for problem in error.errors(include_url=False, include_input=False)}
        raise UnfitError(frozenset(names), _sentence(event, names)) from None
    return details


def keep_photo(desk: Desk) -> str:
    """Keep the photo that came with the form and return its id; empty when there is none. Needs a transaction.

    Raises:
        NotAPhotoError: the file is something else.
    """
    if not desk.form.files:
        return ""
    return attachments.save(desk.store, clean_photo(desk.form.files[0]), media_type=MEDIA_TYPE, now=desk.now)


def able_to(desk: Desk, event: Event) -> list[QueueItem]:
    """Return the cases on which the officer may take *event* now, by the workflow that new cases get."""
    workflow = load_workflow(desk.site.settings.cases.workflow)
    found = []
    for state in workflow.states:
        if workflow.leading_from(state, event):
            wanted = QueueFilter(state=state)
            found += list_queue(desk.store, officer=desk.officer, today=desk.today, wanted=wanted, limit=_LISTED)
    return [item for item in found if event in item.possible]


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a field that takes several: one a line, or with commas between them."""
    return tuple(filter(None, (one.strip() for one in _LINES.split(text))))


def day_of(desk: Desk, name: str) -> date:
    """Return the day that a field of the form holds; today when it holds none."""
    try:
        return date.fromisoformat(desk.form.text(name))
    except ValueError:
        return desk.today


def _fields(
    desk: Desk, case: Case, event: Event, workflow: Workflow, typed: Form | None, wrong: frozenset[str]
) -> tuple[FieldForm, ...]:
    if event in _ELSEWHERE or event in _AT_ONCE:
        return ()
    required = workflow.events[event].required
    return tuple(
        FieldForm(
            name=field.name,
            label=field.label,
            type=field.type,
            help=field.help,
            options=_options(desk, case, field, workflow),
            required=field.name in required,
            value=typed.text(field.name) if typed else _usual(desk, field, required),
            values=typed.texts(field.name) if typed else (),
            wrong=field.name in wrong,
        )
        for field in written_fields(event)
    )


def _usual(desk: Desk, field: WrittenField, required: tuple[str, ...]) -> str:
    """Return what a field most often holds: today for the day of what is recorded, oneself among the visitors."""
    if field.type is WrittenType.DATE and field.name in required:
        return desk.today.isoformat()
    return f"{desk.officer.name}\n" if field.name == "visitors" else ""


def _options(desk: Desk, case: Case, field: WrittenField, workflow: Workflow) -> tuple[Option, ...]:
    match field.type:
        case WrittenType.CHOICE:
            return tuple(Option(choice, choice) for choice in field.choices)
        case WrittenType.CHECKS:
            return tuple(Option(key, text) for key, text in workflow.required_checks().items())
        case WrittenType.OFFICER:
            able = (one for one in all_officers(desk.store) if may_hold(desk.store, case, workflow, one))
            present = (one for one in able if one.id != case.assignee and not is_away(desk.store, one.id, desk.today))
            return tuple(Option(one.id, f"{one.name}（{one.number} 号）") for one in present)
        case WrittenType.AREA:
            return _villages(desk)
        case _:
            return ()


def _villages(desk: Desk) -> tuple[Option, ...]:
    gazetteer = desk.site.places.gazetteer
    found = []
    for scope in {grant.scope for grant in desk.officer.grants}:
        if scope in gazetteer:
            below = (area for area in gazetteer.within(scope) if len(area.code) == len("000000000000"))
            found += [Option(area.code, desk.site.places.short(area.code)) for area in below]
    return tuple(sorted(found, key=lambda option: option.value))


def _read(desk: Desk, field: WrittenField) -> Any:
    text = desk.form.text(field.name)
    match field.type:
        case WrittenType.DATE:
            return date.fromisoformat(text) if text else None
        case WrittenType.NUMBER:
            return int(text) if text else None
        case WrittenType.LIST:
            return names_in(text)
        case WrittenType.CHECKS:
            return desk.form.texts(field.name)
        case WrittenType.PHOTO:
            return keep_photo(desk)
        case _:
            return text


def _sentence(event: Event, names: set[str]) -> str:
    labels = [field.label for field in written_fields(event) if field.name in names]
    return f"这几项没有填，或者填得不对：{'、'.join(labels)}。您写的都还在，改好再交。"
