"""No name, telephone, story or chat of anybody stands in clear in the data folder."""

from __future__ import annotations

import json
from datetime import date

from cases.actions.hear_objection import answer_objection, hear_objection
from cases.actions.post_public_notice import ProofOfPosting, post_public_notice
from cases.actions.refer_case import close_referral, refer_case, sign_referral
from cases.actions.supplement import supplement
from cases.actions.tell_reporter import record_telling
from cases.clock import tick
from cases.details import Aid, Mark, Note, Supplement, Telling, TellingMeans, UrgentMark
from cases.progress import find_progress
from cases.public_notice.objections import Means, NewObjection
from cases.referrals import Department, NewReferral
from cases.report import Danger, Relation
from cases.states import State
from storage.database import transaction
from tests.cases.conftest import REPORTER, Desk
from tests.cases.papers import draft, photo, today
from tests.cases.test_meetings import meet, vote

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


PAPER_CANARIES = {
    "householder": "令狐金",
    "place": "喜鹊树下的墙上",
    "objection": "听说他家在城里有房",
    "objector": "多嘴的乌鸦",
    "answer": "房子是黄鹂弟弟的",
    "conclusion": "评议说该帮的鹌鹑话",
    "chair": "主持人白鹭",
    "recused": "回避人麻雀",
    "asked": "请评残办证百灵",
    "result": "残疾证办下来的鸽子",
    "to_whom": "告知给了斑鸠",
    "witness": "见证人杜鹃",
}


def test_nothing_personal_of_a_paper_stands_in_clear_in_any_file(desk: Desk) -> None:
    said = PAPER_CANARIES
    case = desk.bring_to(State.UNDER_VERIFICATION, householder=said["householder"])
    meet(desk, vote(case, in_favour=20, recused=(said["recused"],), conclusion=said["conclusion"]), chair=said["chair"])
    notice = draft(desk, case)
    proof = ProofOfPosting(notice.starts_on, said["place"], photo(desk))
    with transaction(desk.store):
        post_public_notice(desk.store, notice.number, proof, actor=desk.village, now=desk.later)
        objection = NewObjection(Means.MOUTH, today(desk), said["objection"], said["objector"])
        hear_objection(desk.store, notice.number, case.receipt, objection, actor=desk.village, now=desk.later)
        answer_objection(
            desk.store,
            notice.number,
            1,
            said["answer"],
            upheld=False,
            on=today(desk),
            actor=desk.village,
            now=desk.later,
        )
        new = NewReferral(Department.EDUCATION, said["asked"], (), today(desk), today(desk))
        referral = refer_case(desk.store, case.receipt, new, actor=desk.village, now=desk.later)
        sign_referral(desk.store, referral.number, on=today(desk), actor=desk.village, now=desk.later)
        close_referral(
            desk.store,
            referral.number,
            said["result"],
            on=today(desk),
            returned=False,
            actor=desk.village,
            now=desk.later,
        )
        telling = Telling(today(desk), TellingMeans.DOOR, said["to_whom"], Mark.REFUSED, said["witness"])
        record_telling(desk.store, case.receipt, telling, actor=desk.village, version=None, now=desk.later)
    files = [path for path in desk.store.data_dir.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    assert b"public_notice.objected" in content, "what is clear is found, so the search works"
    for canary in said.values():
        for spelled in (canary, json.dumps(canary)[1:-1]):
            assert spelled.encode() not in content, canary
