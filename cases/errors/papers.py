"""Why a paper cannot be made, found or used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cases.errors.refusal import CasesError


class PaperNotFoundError(CasesError):
    """There is no such notice, meeting, referral or objection, or none that this officer may know of."""

    code = "cases.paper_not_found"

    def __init__(self) -> None:
        super().__init__("no such paper")


class PaperItemError(CasesError):
    """One case on a paper was refused, and with it the paper. ``reason`` and ``fields`` are of the refusal itself."""

    code = "cases.paper_item"

    def __init__(self, *, receipt: str, refused: CasesError) -> None:
        super().__init__(f"a case on the paper: {refused.code}")
        self.receipt = receipt
        self.reason = refused.code
        self.fields = refused.params


class PaperMissingError(CasesError):
    """No paper names this case where it stands, and it cannot pass without one.

    ``paper``: appraisal, sign_in, township_review, county_decision, posting, taking_down or hung.
    """

    code = "cases.paper_missing"

    def __init__(self, *, paper: str) -> None:
        super().__init__(f"no {paper} names the case")
        self.paper = paper


class PaperMixedError(CasesError):
    """The cases do not go together. ``why``: nothing, area, purpose, same or not_on_it."""

    code = "cases.paper_mixed"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"these cases do not go on one paper: {why}")
        self.why = why


class PaperStateError(CasesError):
    """The paper does not stand where this can be done with it. ``why`` says what is the matter."""

    code = "cases.paper_state"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"not possible with this paper: {why}")
        self.why = why


class LeakError(CasesError):
    """Something would hang in public that must not. ``leaks``: receipt, field, kind and the words, numbers masked."""

    code = "cases.leak"

    def __init__(self, *, leaks: Sequence[Mapping[str, str]]) -> None:
        super().__init__(f"{len(leaks)} things that must not hang in public")
        self.leaks = tuple(leaks)
