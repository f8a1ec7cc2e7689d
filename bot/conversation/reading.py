"""Carries out the reads that a step asks for, before any write transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from bot.conversation import desk_notices, desk_papers
from bot.conversation.commands import FindAnswer, FindEarlier, ListOwnCases, ListPlaces, ListQueue, LookAtCase, Read
from bot.conversation.desk_actions import OFFICER_EVENTS
from bot.conversation.findings import (
    AlarmRow,
    Answered,
    CallRow,
    CaseSeen,
    EarlierFound,
    EarlierSeen,
    EventChoice,
    OwnCases,
    PlacesBelow,
    QueueFound,
    QueueRow,
    Refused,
    Result,
    Standing,
)
from bot.conversation.refusing import refused, to_json
from bot.conversation.whereabouts import place_of
from bot.memory.calls import calls_for
from bot.turn import Json
from cases.access import CaseFile, access_case, open_file
from cases.actors import Officer, Reporter
from cases.calendar import DueDate, calendar_of
from cases.case import Case, load_case
from cases.duplicates import Earlier, find_earlier, possible_duplicates
from cases.duty.alarms import Alarm, alarms_for
from cases.errors import CasesError, OfficerNotFoundError
from cases.officers import load_officer, officer_of_chat
from cases.progress import Progress, progress_of_chat
from cases.queue import QueueFilter, QueueItem, list_queue, queue_item
from cases.rules import Workflow
from cases.states import Event
from cases.workflow import workflow_of
from knowledge.answer import Answer, Question
from places.gazetteer import Gazetteer
from storage.store import Store
from storage.times import local_date

_SHOWN: Final = 8
_VISIT: Final = "home_visit"
# How many households are offered for one paper.
_TOGETHER: Final = 30


def standing_of(progress: Progress) -> Standing:
    """Return where a report stands, as a step sees it."""
    details = progress.details
    facts: dict[str, Json] = {
        "entered": progress.entered,
        "unheard": progress.unheard,
        "unwilling": progress.unwilling,
        "above": progress.above,
    }
    if details is not None:
        facts |= {"due": to_json(details.due), "reason": details.reason, "entered_as": details.entered_as}
    return Standing(
        receipt=progress.receipt,
        stage=progress.state,
        since=progress.since,
        active=progress.active,
        tasks=progress.tasks,
        may=tuple(sorted(progress.may)),
        facts=facts,
    )


def last_day(answer: Answer, today: date) -> date | None:
    """Return the last day that an answer sets: of this year where it names no year, none when it is past or no day."""
    if answer.next_step is None or answer.next_step.until is None:
        return None
    year, month, day = answer.next_step.until
    try:
        until = date(year or today.year, month, day)
    except ValueError:
        return None
    return until if until >= today else None


class Answers(Protocol):
    """What answers questions; ``knowledge.knowledge.Knowledge`` does."""

    def answer(self, store: Store, question: Question) -> Answer:
        """Return what is known, with its proof, or that nothing is."""
        ...


@dataclass(frozen=True)
class Reader:
    """Reads for one chat. ``full``: personal data may travel there."""

    store: Store
    chat: Reporter
    answers: Answers
    gazetteer: Gazetteer
    today: date
    full: bool
    workflow: Workflow

    def read(self, command: Read) -> Result:
        """Return what *command* asks for; a refusal is a result, not an error."""
        try:
            return self._read(command)
        except CasesError as error:
            return refused(error)

    def _read(self, command: Read) -> Result:
        match command:
            case FindAnswer():
                answer = self._answer(command)
                return Answered(command, answer, self._visit_by(), last_day(answer, self.today))
            case ListPlaces():
                below = tuple(place_of(self.gazetteer, area.code) for area in self.gazetteer.children(command.code))
                return PlacesBelow(place_of(self.gazetteer, command.code), below)
            case ListOwnCases():
                found = progress_of_chat(self.store, self.chat)
                return OwnCases(tuple(map(standing_of, found)))
            case ListQueue():
                return self._queue(self._officer())
            case FindEarlier():
                return self._earlier(command)
            case LookAtCase():
                return self._case(command, self._officer())

    def _visit_by(self) -> DueDate | None:
        """Return by when somebody comes to a household that reports today, where the workflow sets a limit."""
        limit = self.workflow.deadlines.get(_VISIT)
        if limit is None or limit.starts_at is not Event.SUBMITTED:
            return None
        return calendar_of(self.store).due_on(self.today, limit.days)

    def _answer(self, command: FindAnswer) -> Answer:
        question = Question(
            text=command.text, as_of=self.today, area=command.area, asker=command.asker, history=command.history
        )
        return self.answers.answer(self.store, question)

    def _earlier(self, command: FindEarlier) -> EarlierFound:
        found = find_earlier(self.store, command.report, chat=self.chat)
        return EarlierFound(command.report, tuple(map(self._seen, found)))

    def _seen(self, earlier: Earlier) -> EarlierSeen:
        if not earlier.own:
            return EarlierSeen(earlier.likeness.grounds)
        case = earlier.case
        workflow = workflow_of(self.store, case.workflow, case.workflow_version)
        takes_more = bool(workflow.leading_from(case.state, Event.SUPPLEMENTED))
        return EarlierSeen(earlier.likeness.grounds, case.receipt, ended=not takes_more)

    def _officer(self) -> Officer:
        officer = officer_of_chat(self.store, self.chat)
        if officer is None:
            raise OfficerNotFoundError
        return officer

    def _queue(self, officer: Officer) -> QueueFound:
        wanted = QueueFilter(waiting=True)
        items = list_queue(self.store, officer=officer, today=self.today, wanted=wanted)
        calls = calls_for(self.store, officer)
        alarms = alarms_for(self.store, officer)
        return QueueFound(
            rows=tuple(self._row(item) for item in items[:_SHOWN]),
            calls=tuple(
                CallRow(
                    number=str(call.number),
                    reason=call.reason,
                    opened_on=local_date(call.opened_at),
                    text=call.text if self.full else "",
                    phone=call.phone if self.full else "",
                    anonymous=call.anonymous,
                    todo=tuple(step.kind.value for step in call.steps if not step.is_done),
                )
                for call in calls[:_SHOWN]
            ),
            more=max(0, len(items) - _SHOWN) + max(0, len(calls) - _SHOWN),
            alarms=tuple(map(self._alarm, alarms[:_SHOWN])),
        )

    def _alarm(self, alarm: Alarm) -> AlarmRow:
        case = load_case(self.store, alarm.subject.case_id) if alarm.subject.case_id else None
        return AlarmRow(
            number=alarm.number,
            lane=alarm.lane.value,
            opened_on=local_date(alarm.raised_at),
            taken=alarm.confirmed_by is not None,
            receipt=case.receipt if case else "",
        )

    def _row(self, item: QueueItem) -> QueueRow:
        case = item.case
        return QueueRow(
            receipt=case.receipt,
            stage=item.state_label,
            place=self.gazetteer.path(case.area_code),
            due_on=case.due_on,
            provisional=case.due_provisional,
            urgent=case.urgent,
            late=case.entered_late,
        )

    def _case(self, command: LookAtCase, officer: Officer) -> CaseSeen | Refused:
        case = access_case(self.store, command.receipt, actor=officer)
        workflow = workflow_of(self.store, case.workflow, case.workflow_version)
        item = queue_item(self.store, case, officer=officer)
        file = open_file(self.store, command.receipt, officer=officer)
        others = self._others(case, command.event, officer)
        return CaseSeen(
            row=self._row(item),
            version=case.version,
            state=case.state,
            choices=tuple(
                EventChoice(event, workflow.events[event].label, self._asked(event, case, workflow, others))
                for event in item.possible
                if event in OFFICER_EVENTS
            ),
            facts=self._facts(file, officer),
            wanted=command.event,
            seen=command.version,
            others=others,
        )

    def _asked(self, event: Event, case: Case, workflow: Workflow, others: tuple[str, ...]) -> tuple[str, ...]:
        if event in desk_papers.FORMS:
            first = desk_notices.asks_first(self.store, event, case)
            return desk_papers.questions(event, case.receipt, first, full=self.full, others=bool(others))
        return workflow.events[event].required

    def _others(self, case: Case, event: Event | None, officer: Officer) -> tuple[str, ...]:
        """Return the other cases that may stand on the paper that *event* needs, the most pressing first."""
        area = desk_papers.together_with(event, case) if event else None
        if area is None:
            return ()
        wanted = QueueFilter(state=case.state, area=area)
        items = list_queue(self.store, officer=officer, today=self.today, wanted=wanted, limit=_TOGETHER)
        return tuple(item.case.receipt for item in items if event in item.possible and item.case.id != case.id)

    def _facts(self, file: CaseFile, officer: Officer) -> dict[str, Json]:
        others = possible_duplicates(self.store, file.case, officer=officer)
        facts: dict[str, Json] = {"duplicates": [other.receipt for other in others]}
        if file.case.assignee:
            facts["holder"] = load_officer(self.store, file.case.assignee).name
        if self.full:
            facts["householder"] = f"{file.householder.name} {file.householder.phone}"
        return facts
