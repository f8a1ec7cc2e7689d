"""No name, telephone, story or chat of anybody stands in clear in the data folder."""

from __future__ import annotations

import json
from datetime import date

from cases.actions.supplement import supplement
from cases.clock import tick
from cases.details import Aid, Note, Supplement, UrgentMark
from cases.progress import find_progress
from cases.report import Danger, Relation
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import REPORTER, Desk

CANARIES = {
    "householder": "令狐金丝雀",
    "reporter": "邻居百灵鸟",
    "phone": "13987654321",
    "story": "今年正月里屋顶塌了半边",
    "place": "喜鹊沟老槐树下",
    "group": "画眉社",
    "note": "听说他家还欠着信用社",
    "supplement": "补一张黄鹂医院的单子",
    "aid": "送去两袋面和一床被",
    "urgent": "屋里已经没有米",
    "danger": Danger.HUNGER.value,
    "cause": "因病",
    "chat": "chat-of-canary",
    "officer": "马志远",
}


def test_nothing_personal_stands_in_clear_in_any_file(desk: Desk) -> None:
    desk.bind("village")
    tell = type(REPORTER)("web", CANARIES["chat"])
    case = desk.bring_to(
        State.UNDER_VERIFICATION,
        householder=CANARIES["householder"],
        relation=Relation.NEIGHBOUR,
        reporter_name=CANARIES["reporter"],
        phone=CANARIES["phone"],
        story=CANARIES["story"],
        place_text=CANARIES["place"],
        group=CANARIES["group"],
        danger=(Danger.HUNGER,),
        tell=tell,
    )
    for details in (
        Note(CANARIES["note"]),
        UrgentMark(CANARIES["urgent"]),
        Aid(date(2026, 3, 20), CANARIES["aid"]),
    ):
        case = desk.do(case, "village", details)
    with transaction(desk.store):
        supplement(desk.store, case.receipt, Supplement(CANARIES["supplement"]), actor=tell, now=desk.later)
        find_progress(desk.store, receipt=case.receipt, phone="13900000000", asker=tell, now=desk.later)
        tick(desk.store, desk.later)
    files = [path for path in desk.store.data_dir.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files)
    content = b"".join(path.read_bytes() for path in files)
    assert case.receipt.encode() in content, "what is clear is found, so the search works"
    for canary in CANARIES.values():
        for spelled in (canary, json.dumps(canary)[1:-1]):
            assert spelled.encode() not in content, canary
