"""What was written down cannot stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cases.errors.refusal import CasesError


class InvalidReportError(CasesError):
    """A report lacks required fields or holds values that cannot be. ``fields`` names them all."""

    code = "cases.invalid_report"

    def __init__(self, *, fields: Sequence[str]) -> None:
        super().__init__(f"report fields missing or wrong: {', '.join(fields)}")
        self.fields = tuple(fields)


class MissingFieldsError(CasesError):
    """The event needs more than was given. ``fields`` names all that is missing, once and in full."""

    code = "cases.missing_fields"

    def __init__(self, *, event: str, fields: Sequence[str]) -> None:
        super().__init__(f"{event} lacks: {', '.join(fields)}")
        self.event = event
        self.fields = tuple(fields)


class WrongDateError(CasesError):
    """A date of a record cannot be: later than today or before what it must follow."""

    code = "cases.wrong_date"

    def __init__(self, *, field: str, given: date, earliest: date, latest: date) -> None:
        super().__init__(f"{field}: {given.isoformat()} is not within {earliest.isoformat()}..{latest.isoformat()}")
        self.field = field
        self.given = given
        self.earliest = earliest
        self.latest = latest


class SheetError(CasesError):
    """A household sheet lacks fields or holds values that cannot be. ``fields`` are labels, with the member's row."""

    code = "cases.sheet"

    def __init__(self, *, missing: Sequence[str], wrong: Sequence[str]) -> None:
        super().__init__(f"{len(missing)} fields missing, {len(wrong)} wrong")
        self.missing = tuple(missing)
        self.wrong = tuple(wrong)


class CountError(CasesError):
    """Numbers of a meeting contradict each other. ``why``: quorum, attended, votes or recused."""

    code = "cases.count"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"the numbers contradict each other: {why}")
        self.why = why


class ProofMissingError(CasesError):
    """Told counts only with proof. ``fields`` are what is missing from it."""

    code = "cases.proof_missing"

    def __init__(self, *, fields: Sequence[str]) -> None:
        super().__init__(f"proof lacks: {', '.join(fields)}")
        self.fields = tuple(fields)
