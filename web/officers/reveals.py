"""Who saw whom: a case is shown in full for some minutes to who said why; each look leaves its trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cases.access import access_case, reveal_file
from cases.case import Case
from storage.times import to_text
from web.officers.door import Desk

REASONS: Final = ("核实情况", "联系群众", "办理这一步", "打印文书", "督查检查")


def reveal(desk: Desk, receipt: str, reason: str) -> None:
    """Let this session see the case for the configured minutes, and write down why. Needs an open transaction."""
    case = access_case(desk.store, receipt, actor=desk.officer)
    reveal_file(desk.store, receipt, officer=desk.officer, now=desk.now, reason=reason)
    until = desk.now + timedelta(minutes=desk.site.settings.desk.reveal_minutes)
    desk.store.db.execute(
        "INSERT INTO desk_reveals (token_key, case_id, until_at) VALUES (?, ?, ?)"
        " ON CONFLICT (token_key, case_id) DO UPDATE SET until_at = excluded.until_at",
        [desk.session.key, case.id, to_text(until)],
    )


def is_revealed(desk: Desk, case: Case) -> bool:
    """Tell whether this session may see the case in full just now."""
    found = desk.store.db.query(
        "SELECT 1 FROM desk_reveals WHERE token_key = ? AND case_id = ? AND until_at > ?",
        [desk.session.key, case.id, to_text(desk.now)],
    )
    return next(found, None) is not None


def hide(desk: Desk, case: Case) -> None:
    """End the look."""
    desk.store.db.execute("DELETE FROM desk_reveals WHERE token_key = ? AND case_id = ?", [desk.session.key, case.id])
