"""Meetings, batches and notices recorded from a chat: what is asked once, what of each household, what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.conversation.commands import ActOnCase, DraftNotice
from bot.conversation.desk_notices import ANEW, DRAFTED, HUNG, REALLY, STARTS_ON, drafts
from bot.conversation.state import DeskForm
from cases.access import access_case
from cases.actions.checks import check_version
from cases.actions.decide_batch import Batch, decide_batch
from cases.actions.end_public_notice import end_public_notice
from cases.actions.post_public_notice import ProofOfPosting, post_public_notice
from cases.actions.record_meeting import AppraisalMeeting, Vote, record_meeting
from cases.actions.record_minutes import Minutes, Review, record_minutes
from cases.actors import SCOPE_DIGITS, Officer, Role
from cases.case import Case, load_case
from cases.details.describing import WrittenField, paper_field, written_fields
from cases.errors import PaperMissingError
from cases.household.sheet import names_in
from cases.public_notice.late import hung_without_paper
from cases.public_notice.notice import latest_notice
from cases.states import Event
from storage.store import Store

MORE: Final = "more"
VOTES: Final = "votes"
PHOTO: Final = "photo"
_OF: Final = "@"
_NAMED_ON_PAPER: Final = "姓名见签到表"


@dataclass(frozen=True)
class PaperForm:
    """What a paper asks ``once`` and of ``each`` household. ``area`` is whose households go on it together.

    ``proof``: it counts only with its photo; on any other the photo may follow later.
    """

    once: tuple[str, ...]
    each: tuple[str, ...] = ()
    area: Role | None = None
    proof: bool = False


_BATCH: Final = PaperForm(("decided_on", "document_number", "opinion"), area=Role.COUNTY)
FORMS: Final[Mapping[Event, PaperForm]] = {
    Event.APPRAISAL_RECORDED: PaperForm(
        ("held_on", "place", "expected", "attended", "quorum", "chair", "recorder", PHOTO),
        ("recused", VOTES),
        Role.VILLAGE,
    ),
    Event.TOWNSHIP_APPROVED: PaperForm(
        ("held_on", "place", "chair", "recorder", "attendees"), ("opinion",), Role.TOWNSHIP
    ),
    Event.COUNTY_APPROVED: _BATCH,
    Event.RISK_RESOLVED: _BATCH,
    Event.NOTICE_POSTED: PaperForm(("posted_on", "place", PHOTO), area=Role.VILLAGE, proof=True),
    Event.NOTICE_ENDED: PaperForm(("ended_on", PHOTO), proof=True),
}
# Where names may not travel they are counted, and a photo follows from elsewhere.
_UNNAMED: Final = {"recused": "recused_count"}


def questions(event: Event, receipt: str, first: str | None, *, full: bool, others: bool) -> tuple[str, ...]:
    """Return what is asked for a paper about *receipt*, and about *others* if there may be some.

    *first* is what ``desk_notices.asks_first`` says; the rest follows from its answer, save where a notice begins.
    """
    form = FORMS[event]
    if first is not None:
        return (first, *((MORE,) if others and first == STARTS_ON else ()))
    once = tuple(name for name in form.once if full or name != PHOTO)
    return (*once, *_each(form, receipt, full=full), *((MORE,) if others and event is not Event.NOTICE_POSTED else ()))


def together_with(event: Event, case: Case) -> str | None:
    """Return the area whose households go on one paper with *case*; None: it stands alone."""
    role = FORMS[event].area if event in FORMS else None
    return case.area_code[: SCOPE_DIGITS[role]] if role else None


def asked(desk: DeskForm) -> WrittenField:
    """Return the field that *desk* asks for next."""
    return field_of(Event(desk.event), desk.missing[0])


def field_of(event: Event, entry: str) -> WrittenField:
    """Return the field behind an entry of what is asked."""
    name = entry.partition(_OF)[0]
    if event in FORMS:
        return paper_field(event, name)
    return next(one for one in written_fields(event) if one.name == name)


def household_of(desk: DeskForm) -> str:
    """Return the number of the household that *desk* asks about."""
    return desk.missing[0].partition(_OF)[2] or desk.receipt


def contradiction(desk: DeskForm, value: str) -> str | None:
    """Return which numbers of a meeting contradict each other if *value* is the answer, None when they agree."""
    given, name = desk.filled, desk.missing[0].partition(_OF)[0]
    if desk.event != Event.APPRAISAL_RECORDED:
        return None
    match name:
        case "attended" if int(value) > int(given["expected"]):
            return "attended"
        case "quorum" if max(int(value), 1) > int(given["attended"]):
            return "quorum"
        case "recused" | "recused_count" if len(_recused(name, value)) >= int(given["attended"]):
            return "recused"
        case "votes" if sum(_counts(value)) != _voters(given, household_of(desk)):
            return VOTES
        case _:
            return None


def unanimous(desk: DeskForm) -> str:
    """Return the votes by which everybody who could vote agreed."""
    return f"{_voters(desk.filled, household_of(desk))}/0/0"


def follow(desk: DeskForm, value: str, *, full: bool) -> DeskForm:
    """Return the form with *value* as the answer to what it asked, and what that makes it ask for next."""
    entry, rest = desk.missing[0], desk.missing[1:]
    form, filled = FORMS[Event(desk.event)], {**desk.filled, entry: value}
    if entry == MORE:
        if value not in desk.others:
            return replace(desk, missing=rest)
        others = tuple(one for one in desk.others if one != value)
        filled[MORE] = " ".join(filter(None, (desk.filled.get(MORE, ""), value)))
        rest = (*_each(form, value, full=full), *((MORE,) if others else ()))
        return replace(desk, missing=rest, filled=filled, others=others)
    if entry == DRAFTED:
        again = (STARTS_ON, *((MORE,) if desk.others else ()))
        return replace(desk, missing=again if value == ANEW else form.once)
    if entry == HUNG:
        return replace(desk, missing=(PHOTO,) if value == REALLY else (), filled=filled)
    if entry.startswith(VOTES) and full and not _carried(value):
        rest = (f"conclusion{_OF}{household_of(desk)}", *rest)
    return replace(desk, missing=rest, filled=filled)


def command_of(desk: DeskForm) -> ActOnCase | DraftNotice:
    """Return what the answers ask for, when none is missing."""
    command = ActOnCase(desk.receipt, desk.version, Event(desk.event), desk.filled)
    if not drafts(desk.filled):
        return command
    return DraftNotice(receipts_of(command), desk.filled.get(STARTS_ON, ""), desk.filled.get(PHOTO, ""))


def receipts_of(command: ActOnCase) -> tuple[str, ...]:
    """Return the numbers of all households on the paper."""
    return (command.receipt, *command.filled.get(MORE, "").split())


def record(store: Store, command: ActOnCase, *, officer: Officer, now: datetime) -> Case:
    """Record the paper that the command describes and return its first case as it then is.

    Raises:
        CasesError: as the action that records it; all or nothing.
    """
    case = access_case(store, command.receipt, actor=officer)
    check_version(store, case, command.version)
    given = command.filled
    match command.event:
        case Event.APPRAISAL_RECORDED:
            votes = [_vote(given, receipt) for receipt in receipts_of(command)]
            record_meeting(store, _meeting(given), votes, actor=officer, now=now)
        case Event.TOWNSHIP_APPROVED:
            reviews = [Review(receipt, True, given[f"opinion{_OF}{receipt}"]) for receipt in receipts_of(command)]
            record_minutes(store, _minutes(given), reviews, actor=officer, now=now)
        case Event.COUNTY_APPROVED | Event.RISK_RESOLVED:
            batch = Batch(_day(given, "decided_on"), given["document_number"], given["opinion"])
            decide_batch(store, batch, receipts_of(command), actor=officer, now=now)
        case Event.NOTICE_POSTED:
            proof = ProofOfPosting(_day(given, "posted_on"), given["place"], given[PHOTO])
            post_public_notice(store, _notice(store, case, "posting"), proof, actor=officer, now=now)
        case Event.NOTICE_ENDED:
            if hung_without_paper(store, case) is not None:
                raise PaperMissingError(paper=HUNG)
            number, day = _notice(store, case, "taking_down"), _day(given, "ended_on")
            end_public_notice(store, number, on=day, photo=given[PHOTO], actor=officer, now=now)
    return load_case(store, case.id)


def _each(form: PaperForm, receipt: str, *, full: bool) -> tuple[str, ...]:
    return tuple(f"{name if full else _UNNAMED.get(name, name)}{_OF}{receipt}" for name in form.each)


def _meeting(given: Mapping[str, str]) -> AppraisalMeeting:
    expected, attended, quorum = (int(given[name]) for name in ("expected", "attended", "quorum"))
    return AppraisalMeeting(
        _day(given, "held_on"), given["place"], expected, attended, quorum, given["chair"], given["recorder"],
        given.get(PHOTO, ""),
    )  # fmt: skip


def _minutes(given: Mapping[str, str]) -> Minutes:
    present = tuple(names_in(given["attendees"]))
    return Minutes(_day(given, "held_on"), given["place"], given["chair"], given["recorder"], present)


def _vote(given: Mapping[str, str], receipt: str) -> Vote:
    in_favour, against, abstained = _counts(given[f"{VOTES}{_OF}{receipt}"])
    said = given.get(f"conclusion{_OF}{receipt}", "")
    return Vote(receipt, in_favour, against, abstained, said, _recused_of(given, receipt)).concluded()


def _voters(given: Mapping[str, str], receipt: str) -> int:
    return int(given["attended"]) - len(_recused_of(given, receipt))


def _recused_of(given: Mapping[str, str], receipt: str) -> tuple[str, ...]:
    entries = ((name, given.get(f"{name}{_OF}{receipt}", "")) for name in ("recused", "recused_count"))
    return tuple(person for name, value in entries for person in _recused(name, value))


def _recused(name: str, value: str) -> tuple[str, ...]:
    return tuple(names_in(value)) if name == "recused" else (_NAMED_ON_PAPER,) * int(value or "0")


def _counts(value: str) -> tuple[int, int, int]:
    in_favour, against, abstained = map(int, value.split("/"))
    return in_favour, against, abstained


def _carried(value: str) -> bool:
    return Vote("", *_counts(value), "").carried


def _day(given: Mapping[str, str], name: str) -> date:
    return date.fromisoformat(given[name])


def _notice(store: Store, case: Case, paper: str) -> int:
    notice = latest_notice(store, case)
    if notice is None:
        raise PaperMissingError(paper=paper)
    return notice.number
