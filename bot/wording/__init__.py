"""Every sentence that a villager or officer reads, made from kind and parameters when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.kinds import Say
from bot.turn import Message
from bot.wording import answers, chat, danger, desk, earlier, notices, progress, refusals, report
from cases.notices import FOR_PROXIES, NoticeKind

__all__ = ["KINDS", "UnknownKindError", "word"]


class UnknownKindError(LookupError):
    """A kind that has no sentence: a programming error."""


# Where personal data may not travel, these are replaced by a pointer to the page.
_PERSONAL: Final = frozenset({Say.ASK_STORY, Say.REVIEW, Say.DESK_PEOPLE, Say.ASK_WHICH_PLACE, Say.ASK_PLACE})
_NO_CONTACTS: Final[Mapping[str, str]] = {}
_NOT_HERE: Final = Message("这里不方便显示个人信息，请到网页上看，或者问村委会。")


def word(
    kind: str,
    params: Mapping[str, Any],
    *,
    personal_data: bool,
    page: str = "",
    contacts: Mapping[str, str] = _NO_CONTACTS,
) -> Message:
    """Return the message that says *kind* with *params*.

    Without *personal_data*, and to a proxy, nothing leaves that names or describes a household: notices carry number,
    stage and the address *page* of our page, if there is one. Notices to officers never carry more, on any channel.
    *contacts* are the configured numbers, for notices that name them.

    Raises:
        UnknownKindError: there is no sentence for *kind*.
    """
    wording = KINDS.get(kind)
    if wording is None:
        raise UnknownKindError(kind)
    if not personal_data:
        if kind in _PERSONAL:
            return _NOT_HERE
        if kind in _TO_REPORTER and kind != NoticeKind.RECEIVED:
            return notices.without_personal_data(params, page)
    if params.get("proxy") and kind not in FOR_PROXIES:
        return notices.without_personal_data(params, page)
    return wording({"contacts": contacts, "page": page, "personal_data": personal_data, **params})


def _failed(params: Mapping[str, Any]) -> Message:
    failed = f"对不住，我这边出了点错，刚才的没有办成（错误编号 {params['reference']}）。"
    return Message(f"{failed}请过一会儿再试，急事请直接找村委会。")


_TO_REPORTER: Final = frozenset(kind.value for kind in notices.TO_REPORTER)
KINDS: Final[Mapping[str, Callable[[Mapping[str, Any]], Message]]] = {
    **{
        kind.value: wording
        for room in (chat, answers, danger, report, earlier, progress, desk)
        for kind, wording in room.WORDINGS.items()
    },
    **{kind.value: wording for kind, wording in notices.TO_REPORTER.items()},
    **danger.ALARMS,
    **{str(kind): wording for kind, wording in notices.TO_OFFICER.items()},
    Say.REFUSED.value: refusals.refusal,
    Say.FAILED.value: _failed,
}
