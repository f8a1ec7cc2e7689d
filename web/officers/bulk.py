"""One step for many cases: each on its own, with a result for each, whatever became of the others."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from bot.wording import phrases
from cases.access import access_case
from cases.actions.perform import perform
from cases.actors import Officer
from cases.details import Acknowledgement, Claim, Details, Release, Transfer
from cases.errors import CasesError
from cases.officers import all_officers
from cases.receipts import is_receipt
from storage.database import transaction
from web.officers.door import Desk, refusal_text

_STEPS: Final = {"claim": "领办", "acknowledge": "受理", "release": "退回待领", "transfer": "转给同事"}
_MOST: Final = 200


def choose(desk: Desk) -> Response:
    """POST /desk/bulk: ask what the chosen step needs to know, or do it at once."""
    step, receipts = desk.form.text("step"), _receipts(desk)
    if step not in _STEPS or not receipts:
        return desk.page("refused.html", {"sentence": "请先勾选几件，再选要办什么。"}, status=422)
    if step in {"release", "transfer"} and not desk.form.text("asked"):
        context = {
            "step": step,
            "label": _STEPS[step],
            "receipts": receipts,
            "colleagues": colleagues(desk) if step == "transfer" else [],
        }
        return desk.page("bulk.html", context)
    refused = [(receipt, why) for receipt in receipts if (why := _do(desk, step, receipt))]
    done = f"{_STEPS[step]}：办成 {len(receipts) - len(refused)} 件" + (
        f"，没办成 {len(refused)} 件：" if refused else "。"
    )
    lines = [done, *(f"编号 {phrases.receipt(receipt)}：{why}" for receipt, why in refused)]
    with desk.writing():
        return desk.done("/desk/queue?mine=1" if step == "claim" else "/desk/queue", "\n".join(lines))


def colleagues(desk: Desk) -> list[Officer]:
    """Return who can do this officer's work, himself left out."""
    others = (one for one in all_officers(desk.store) if one.id != desk.officer.id)
    return [one for one in others if one.may_stand_in_for(desk.officer)]


def _receipts(desk: Desk) -> list[str]:
    return list(dict.fromkeys(filter(is_receipt, desk.form.texts("receipt"))))[:_MOST]


def _do(desk: Desk, step: str, receipt: str) -> str:
    """Do the step for one case, and return why not if it was refused."""
    details: dict[str, Details] = {
        "claim": Claim(),
        "acknowledge": Acknowledgement(),
        "release": Release(desk.form.text("reason")),
        "transfer": Transfer(desk.form.text("officer"), desk.form.text("reason")),
    }
    try:
        with transaction(desk.store):
            version = access_case(desk.store, receipt, actor=desk.officer).version
            perform(desk.store, receipt, details[step], actor=desk.officer, version=version, now=desk.now)
    except CasesError as error:
        return refusal_text(error)
    return ""
