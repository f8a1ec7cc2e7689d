"""Why a person may not see, take or hold a case, or be an officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cases.errors.refusal import CasesError


class CaseNotFoundError(CasesError):
    """There is no such case, or none that this actor may know of: the two look alike."""

    code = "cases.not_found"

    def __init__(self) -> None:
        super().__init__("no such case")


class AlreadyClaimedError(CasesError):
    """Another officer holds the case. ``holder`` is his name."""

    code = "cases.already_claimed"

    def __init__(self, *, holder: str) -> None:
        super().__init__("the case is held by another officer")
        self.holder = holder


class RecusedError(CasesError):
    """The actor stepped back from this case (回避)."""

    code = "cases.recused"

    def __init__(self, *, event: str) -> None:
        super().__init__(f"{event} is not for who recused himself")
        self.event = event


class NotHolderError(CasesError):
    """Only who holds the case (or, to pass it on, those above him) may do this."""

    code = "cases.not_holder"

    def __init__(self, *, event: str) -> None:
        super().__init__(f"{event} is for the holder")
        self.event = event


class CannotHoldError(CasesError):
    """The officer cannot take this case. ``why``: role, away, recused or holds (he has it already)."""

    code = "cases.cannot_hold"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"the officer cannot hold the case: {why}")
        self.why = why


class LinkInvalidError(CasesError):
    """A one-time link is unknown, used or expired: the three look alike."""

    code = "cases.link_invalid"

    def __init__(self) -> None:
        super().__init__("the one-time link does not work")


class OfficerNotFoundError(CasesError):
    """No officer of that number or name."""

    code = "cases.officer_not_found"

    def __init__(self) -> None:
        super().__init__("no such officer")


class OfficerAmbiguousError(CasesError):
    """More than one officer has that name. ``numbers`` tells them apart."""

    code = "cases.officer_ambiguous"

    def __init__(self, *, numbers: Sequence[int]) -> None:
        super().__init__(f"several officers: {', '.join(map(str, numbers))}")
        self.numbers = tuple(numbers)


class ScopeError(CasesError):
    """The area is too wide for the role. ``digits`` is the shortest area code the role may have."""

    code = "cases.scope"

    def __init__(self, *, role: str, digits: int) -> None:
        super().__init__(f"{role} needs an area code of at least {digits} digits")
        self.role = role
        self.digits = digits


class TooManyLookupsError(CasesError):
    """This chat asked for progress too often without success. ``minutes`` to wait."""

    code = "cases.too_many_lookups"

    def __init__(self, *, minutes: int) -> None:
        super().__init__(f"too many look-ups, wait {minutes} minutes")
        self.minutes = minutes


class AlarmNotFoundError(CasesError):
    """No such alarm, or none that this officer may know of, or it is over."""

    code = "cases.alarm_not_found"

    def __init__(self) -> None:
        super().__init__("no such alarm")


class AlarmTakenError(CasesError):
    """Another officer confirmed the alarm before. ``holder`` is his name."""

    code = "cases.alarm_taken"

    def __init__(self, *, holder: str) -> None:
        super().__init__("the alarm is confirmed by another officer")
        self.holder = holder


class ErasureRefusedError(CasesError):
    """A case cannot be erased now. ``why``: role, running, too_early (``until``), not_asked, same_person."""

    code = "cases.erasure_refused"

    def __init__(self, *, why: str, until: date | None = None) -> None:
        super().__init__(f"not erased: {why}")
        self.why = why
        self.until = until


class CaseErasedError(CasesError):
    """The household's data were erased; number and stages are all that is left."""

    code = "cases.erased"

    def __init__(self) -> None:
        super().__init__("the case was erased")


class NotAdminError(CasesError):
    """The officer is no administrator where he would appoint, or send on leave, or remove."""

    code = "cases.not_admin"

    def __init__(self) -> None:
        super().__init__("an administrator of the area is needed")


class DepartmentError(CasesError):
    """The role of a department needs the department's name, and no other role has one."""

    code = "cases.department"

    def __init__(self) -> None:
        super().__init__("which department, or no department at all")
