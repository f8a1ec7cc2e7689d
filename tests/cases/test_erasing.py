"""What two officers erase can be read by nobody any more, and the audit trail stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.memory.forgetting import forget_chat
from cases.access import access_case, open_file
from cases.actions.erase_case import ask_erasure, confirm_erasure
from cases.actions.own_case import withdraw
from cases.actions.print_public_notice import print_public_notice
from cases.case import Case
from cases.details import CallBack, CallOutcome
from cases.erasing import ErasureReason, erasable
from cases.errors import CaseErasedError, CaseNotFoundError, ErasureRefusedError
from cases.meetings.sheets import SheetKind
from cases.people import has_phone
from cases.progress import progress_of_chat
from cases.proof import differences
from cases.receipts import receipt_code
from cases.states import State
from storage import attachments, inbox, outbox
from storage.case_keys import is_erased
from storage.database import FILE_NAME, transaction
from storage.errors import SealBrokenError
from storage.store import Store
from storage.verification import verify_file
from tests.cases.conftest import REPORTER, Desk
from tests.cases.papers import again, draft
from tests.cases.test_meetings import meet, show, vote

KEEP = 5
CANARIES = ("苏秀英", "13812345678", "老伴住院")


def withdrawn(desk: Desk, **changes: object) -> Case:
    """Return a withdrawn case about which the township asked back, with what its chat said in the inbox."""
    inbox_id = inbox.receive(
        desk.store, channel="web", chat=REPORTER.chat, update="u1", payload="苏秀英 老伴住院", now=desk.now
    )
    assert inbox_id is not None
    inbox.mark_done(desk.store, inbox_id, now=desk.now)
    case = desk.bring_to(State.WITHDRAWN, **changes)
    return desk.do(case, "township", CallBack(desk.later.date(), CallOutcome.CONFIRMED, "苏秀英说是本人的意思"))


def late(desk: Desk) -> datetime:
    """Return a day on which the withdrawal can no longer be taken back."""
    return desk.later + timedelta(days=31)


def erase(desk: Desk, case: Case) -> None:
    """Erase a case by the township's two officers."""
    with transaction(desk.store):
        ask_erasure(desk.store, case.receipt, actor=desk.township, now=late(desk), keep_years=KEEP)
        erased = confirm_erasure(desk.store, case.receipt, actor=desk.second_township, now=late(desk), keep_years=KEEP)
        assert erased.chat is not None
        for item in outbox.for_chat(desk.store, channel=REPORTER.channel, chat=REPORTER.chat):
            outbox.mark_sent(desk.store, item.id, now=desk.later)
        forget_chat(desk.store, erased.chat)
    attachments.remove_files(desk.store, erased.files)


def everything_readable(store: Store) -> Iterator[str]:
    """Yield whatever the key of the folder still opens, in any table."""
    for table in store.db.table_names():
        for row in store.db.query(f"SELECT * FROM {table}"):
            ids = [str(value) for value in row.values() if isinstance(value, str | int)]
            for column, value in row.items():
                for one in ids if isinstance(value, bytes) and value else ():
                    try:
                        yield store.vault.open_bytes(value, table=table, row=one, column=column).decode(errors="ignore")
                    except SealBrokenError:
                        continue


def test_papers_say_of_an_erased_household_that_it_was(desk: Desk) -> None:
    case = desk.bring_to(State.UNDER_VERIFICATION)
    meeting = meet(desk, vote(case))
    notice = draft(desk, again(desk, case))
    with transaction(desk.store):
        withdraw(desk.store, case.receipt, actor=REPORTER, now=desk.later)
    erase(desk, desk.do(again(desk, case), "township", CallBack(desk.later.date(), CallOutcome.CONFIRMED, "属实")))
    known: dict[str, Any] = {"original": False, "actor": desk.village, "now": late(desk)}
    with transaction(desk.store):
        board = print_public_notice(desk.store, notice.number, village="甘肃省/南家咀头村", **known)
    record = show(desk, meeting, SheetKind.RECORD, reveal=True)
    assert board.rows == [("1", "（已删除）", "")]
    assert record.rows[0][1:] == (case.receipt, "（已删除）", "—", "—", "—", "—", "（已删除）")


def test_nothing_of_the_household_can_be_read_or_found_any_more(desk: Desk) -> None:
    photo = attachments.save(desk.store, b"\xff\xd8photo", media_type="image/jpeg", now=desk.now)
    case = withdrawn(desk, attachments=(photo,))
    assert any(canary in text for text in everything_readable(desk.store) for canary in CANARIES)
    code = receipt_code(desk.store, case.id)
    erase(desk, case)
    assert is_erased(desk.store, case.id)
    readable = list(everything_readable(desk.store))
    assert readable
    assert not [text for text in readable for canary in (*CANARIES, code) if canary in text]
    assert not has_phone(desk.store, case.id, "13812345678")
    assert progress_of_chat(desk.store, REPORTER) == []
    assert list((desk.store.data_dir / "attachments").glob("*.bin")) == []
    with pytest.raises(CaseErasedError):
        open_file(desk.store, case.receipt, officer=desk.county)
    assert access_case(desk.store, case.receipt, actor=desk.county).state is State.WITHDRAWN


def test_chain_and_tables_still_agree(desk: Desk) -> None:
    erase(desk, withdrawn(desk))
    assert differences(desk.store) == []
    assert verify_file(desk.store.data_dir / FILE_NAME, (), []).findings == ()


def test_it_takes_two_officers_of_township_or_county(desk: Desk) -> None:
    case = withdrawn(desk)
    with transaction(desk.store):
        with pytest.raises(ErasureRefusedError, match="not_asked"):
            confirm_erasure(desk.store, case.receipt, actor=desk.township, now=late(desk), keep_years=KEEP)
        with pytest.raises(ErasureRefusedError, match="role"):
            ask_erasure(desk.store, case.receipt, actor=desk.village, now=late(desk), keep_years=KEEP)
        with pytest.raises(CaseNotFoundError):
            ask_erasure(desk.store, case.receipt, actor=desk.stranger, now=late(desk), keep_years=KEEP)
        ask_erasure(desk.store, case.receipt, actor=desk.township, now=late(desk), keep_years=KEEP)
        with pytest.raises(ErasureRefusedError, match="same_person"):
            confirm_erasure(desk.store, case.receipt, actor=desk.township, now=late(desk), keep_years=KEEP)
    assert not is_erased(desk.store, case.id)
    erase(desk, case)
    with pytest.raises(CaseErasedError), transaction(desk.store):
        ask_erasure(desk.store, case.receipt, actor=desk.township, now=late(desk), keep_years=KEEP)


def test_nothing_goes_while_it_may_come_back_or_is_owed(desk: Desk) -> None:
    case = withdrawn(desk)
    with pytest.raises(ErasureRefusedError, match="too_early"), transaction(desk.store):
        ask_erasure(desk.store, case.receipt, actor=desk.township, now=desk.later, keep_years=KEEP)
    running = desk.submit(submission_id="submission-2")
    with pytest.raises(ErasureRefusedError, match="running"), transaction(desk.store):
        ask_erasure(desk.store, running.receipt, actor=desk.township, now=late(desk), keep_years=KEEP)


def test_what_was_kept_long_enough_is_listed(desk: Desk) -> None:
    declined = desk.bring_to(State.DECLINED)
    declined = desk.do(declined, "township", CallBack(desk.later.date(), CallOutcome.CONFIRMED, "说了"))

    def listed(years: int) -> list[ErasureReason]:
        now = desk.later + timedelta(days=366 * years)
        return [item.reason for item in erasable(desk.store, officer=desk.township, now=now, keep_years=KEEP)]

    assert listed(4) == []
    assert listed(5) == [ErasureReason.KEPT_LONG_ENOUGH]
    assert erasable(desk.store, officer=desk.village, now=late(desk), keep_years=KEEP) == []
