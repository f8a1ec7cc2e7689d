"""Carries out the writes that a step asks for, inside the one transaction of the turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.conversation.commands import (
    ActOnCase,
    AddPhoneToCall,
    AddToCase,
    AnswerAlarm,
    AnswerVisit,
    CloseCall,
    CorrectCase,
    DoCallTask,
    DraftNotice,
    FindProgress,
    HideChat,
    KeepAnswer,
    KeepFeedback,
    MakeAnonymous,
    OpenCall,
    ReinstateCase,
    RequestReview,
    RevealCase,
    ShareDraft,
    SubmitReport,
    UseCode,
    WithdrawCase,
    Write,
)
from bot.conversation.desk_actions import carry_out
from bot.conversation.desk_notices import draft
from bot.conversation.desk_papers import receipts_of
from bot.conversation.findings import (
    Acted,
    Adopted,
    AlarmAnswered,
    Bound,
    CallClosed,
    CallWorked,
    CaseRevealed,
    Changed,
    ChatHidden,
    Kept,
    NoticeDrafted,
    ProgressFound,
    Result,
    Shared,
    Submitted,
)
from bot.conversation.reading import standing_of
from bot.conversation.refusing import refused
from bot.memory import answers, calls, drafts, hiding
from bot.memory.call_tasks import CallTask
from bot.memory.calls import CallNotFoundError, CallTasksOpenError
from bot.turn import Json
from cases.access import reveal_file
from cases.actions.answer_alarm import end_false_alarm
from cases.actions.bind_officer import bind_officer
from cases.actions.own_case import answer_visit, correct, reinstate, request_review, withdraw
from cases.actions.submit_report import submit_report
from cases.actions.supplement import supplement
from cases.actors import Officer, Reporter
from cases.case import load_case
from cases.details import Correction, ReviewRequest, Supplement, VisitAnswer, Withdrawal
from cases.duplicates import find_earlier, keep_link
from cases.duty import alarms
from cases.errors import CasesError, OfficerNotFoundError
from cases.officers import officer_of_chat
from cases.progress import find_progress
from cases.rules import Workflow
from cases.set_back import check_clock
from cases.workflow import workflow_of
from places.gazetteer import Gazetteer
from storage.store import Store

OwnChange: TypeAlias = AddToCase | WithdrawCase | ReinstateCase | CorrectCase | AnswerVisit | RequestReview


@dataclass(frozen=True)
class Writer:
    """Writes for one chat. ``page`` is the address of our page, ``supervision`` what public notices print."""

    store: Store
    chat: Reporter
    chat_key: str
    workflow: Workflow
    gazetteer: Gazetteer
    page: str
    supervision: str
    now: datetime

    def write(self, command: Write) -> Result:
        """Do what *command* says; a refusal is a result, and undoes what the refused write had begun."""
        try:
            # Inside our transaction this is a savepoint.
            with self.store.db.atomic():
                return self._write(command)
        except (CasesError, CallNotFoundError, CallTasksOpenError) as error:
            return refused(error)

    def _write(self, command: Write) -> Result:  # noqa: C901 - one line for each command of a closed union
        match command:
            case SubmitReport():
                return self._submit(command)
            case AddToCase() | WithdrawCase() | ReinstateCase() | CorrectCase() | AnswerVisit() | RequestReview():
                return self._change_case(command)
            case FindProgress():
                return self._find_progress(command)
            case ActOnCase():
                return self._act(command)
            case DraftNotice():
                return self._draft_notice(command)
            case RevealCase():
                return self._reveal(command)
            case UseCode():
                return self._use_code(command)
            case ShareDraft():
                code = drafts.share(self.store, command.draft, chat_key=self.chat_key, now=self.now)
                return Shared(code, f"{self.page}/r/{code}")
            case KeepAnswer() | KeepFeedback():
                return self._keep(command)
            case OpenCall():
                return calls.open_call(self.store, command, chat=self.chat, chat_key=self.chat_key, now=self.now)
            case AddPhoneToCall() | MakeAnonymous() | HideChat():
                return self._change_own(command)
            case AnswerAlarm():
                return self._answer_alarm(command)
            case DoCallTask() | CloseCall():
                return self._work_call(command)

    def _change_case(self, command: OwnChange) -> Changed:
        known: dict[str, Any] = {"actor": self.chat, "now": self.now}
        match command:
            case AddToCase():
                supplement(self.store, command.receipt, Supplement(command.text, command.attachments), **known)
            case WithdrawCase():
                withdraw(self.store, command.receipt, withdrawal=Withdrawal(command.reason), **known)
            case ReinstateCase():
                reinstate(self.store, command.receipt, **known)
            case CorrectCase():
                correct(self.store, command.receipt, Correction(command.householder, command.phone), **known)
            case AnswerVisit():
                answer_visit(self.store, command.receipt, VisitAnswer(command.came), **known)
            case RequestReview():
                request_review(self.store, command.receipt, ReviewRequest(command.reason), **known)
        return Changed(command.receipt)

    def _submit(self, command: SubmitReport) -> Submitted:
        wish = command.wish
        earlier = find_earlier(self.store, command.report, chat=self.chat) if wish else []
        done = submit_report(self.store, command.report, actor=self.chat, workflow=self.workflow, now=self.now)
        if wish is not None and not done.repeated:
            for other in earlier:
                keep_link(self.store, done.case, other, wish, actor=self.chat, now=self.now)
        return Submitted(command.report.submission_id, done.case.receipt, done.repeated)

    def _find_progress(self, command: FindProgress) -> ProgressFound:
        found = find_progress(
            self.store, receipt=command.receipt, phone=command.phone, code=command.code, asker=self.chat, now=self.now
        )
        return ProgressFound(standing_of(found) if found else None)

    def _act(self, command: ActOnCase) -> Acted:
        check_clock(self.store, self.now)
        case = carry_out(self.store, command, officer=self._officer(), now=self.now)
        workflow = workflow_of(self.store, case.workflow, case.workflow_version)
        label, stage = workflow.events[command.event].label, workflow.states[case.state].label
        return Acted(case.receipt, label, stage, len(receipts_of(command)))

    def _draft_notice(self, command: DraftNotice) -> NoticeDrafted:
        check_clock(self.store, self.now)
        notice = draft(self.store, command, supervision=self.supervision, officer=self._officer(), now=self.now)
        days = notice.starts_on.isoformat(), notice.ends_on.isoformat()
        return NoticeDrafted(command.receipts[0], notice.number, *days, len(command.receipts), notice.stands)

    def _reveal(self, command: RevealCase) -> CaseRevealed:
        file = reveal_file(self.store, command.receipt, officer=self._officer(), now=self.now)
        form = file.form
        assert form is not None, "a revealed file is not masked"
        reporter = f"{file.reporter.name} {file.reporter.phone}".strip() if file.reporter else ""
        facts: dict[str, Json] = {
            "householder": file.householder.name,
            "phone": file.householder.phone,
            "reporter": reporter,
            "relation": form.relation.value,
            "place": " ".join(filter(None, [self.gazetteer.path(file.case.area_code), form.group, form.place_text])),
            "causes": "、".join(form.causes),
            "danger": "、".join(form.danger),
            "story": form.story,
            "files": len(form.attachments),
        }
        return CaseRevealed(file.case.receipt, facts)

    def _use_code(self, command: UseCode) -> Adopted | Bound:
        draft = drafts.adopt(self.store, command.code, chat_key=self.chat_key, now=self.now)
        if draft is not None:
            return Adopted(draft)
        officer = bind_officer(self.store, command.code, actor=self.chat, now=self.now)
        duties = [f"{grant.role.label}：{self.gazetteer.path(grant.scope)}" for grant in officer.grants]
        return Bound(tuple(duties))

    def _keep(self, command: KeepAnswer | KeepFeedback) -> Kept:
        if isinstance(command, KeepFeedback):
            answers.keep_feedback(
                self.store, command.answer_id, useful=command.useful, chat_key=self.chat_key, now=self.now
            )
        else:
            answers.keep_answer(
                self.store,
                command.answer_id,
                command.answer,
                question=command.question,
                area=command.area,
                chat_key=self.chat_key,
                now=self.now,
            )
        return Kept()

    def _change_own(self, command: AddPhoneToCall | MakeAnonymous | HideChat) -> Kept | ChatHidden:
        match command:
            case AddPhoneToCall():
                calls.add_phone(self.store, command.call, command.phone, command.text)
            case MakeAnonymous():
                calls.make_anonymous(self.store, command.call, chat_key=self.chat_key)
            case HideChat():
                hiding.hide(self.store, self.chat_key, now=self.now)
                return ChatHidden()
        return Kept()

    def _answer_alarm(self, command: AnswerAlarm) -> AlarmAnswered:
        officer = self._officer()
        if command.false:
            alarm = end_false_alarm(self.store, command.number, actor=officer, now=self.now)
        else:
            alarm = alarms.confirm(self.store, command.number, officer=officer, now=self.now)
        case = load_case(self.store, alarm.subject.case_id) if alarm.subject.case_id else None
        return AlarmAnswered(alarm.number, command.false, alarm.subject.call_id or "", case.receipt if case else "")

    def _work_call(self, command: DoCallTask | CloseCall) -> CallClosed | CallWorked:
        officer = self._officer()
        if isinstance(command, CloseCall):
            calls.close_call(self.store, command.number, officer=officer, now=self.now)
            return CallClosed(command.number)
        if command.task not in {task.value for task in CallTask}:
            raise CallNotFoundError
        call = calls.do_call_task(self.store, command.number, CallTask(command.task), officer=officer, now=self.now)
        return CallWorked(command.number, tuple(step.kind.value for step in call.steps if not step.is_done))

    def _officer(self) -> Officer:
        officer = officer_of_chat(self.store, self.chat)
        if officer is None:
            raise OfficerNotFoundError
        return officer
