"""Notices as a person reads them aloud or hands them over: the same words, without what only a screen can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.wording.notices import TO_REPORTER
from cases.to_tell import ToTell

# What a screen asks for, and how a person who was told at the door does the same.
_BY_HAND: Final = {
    "请记下来或截图": "请记下来，收好",
    "点下面的按钮，或直接去乡镇说": "直接去乡镇说，或打乡镇的电话说；乡镇要登记下来，换一个人再查",
    "真有人来过吗？请点一下。": "真有人来过吗？没有来过的，请告诉乡镇。",
    "点“还是要报”，接着原来的办": "跟村里或乡镇说一声，接着原来的办",
    "您有要补充的，点“补充情况”。": "您有要补充的，告诉村里。",
    "请发“人工”": "请打村委会或乡镇的电话",
    "或发“人工”": "或打村委会、乡镇的电话",
    "有人确认了，我马上告诉您。": "有人确认了，马上告诉您。",
}


def letter_lines(notice: ToTell, contacts: Mapping[str, str]) -> tuple[str, ...]:
    """Return what there is to tell, a line each, with the configured *contacts* where a notice names them."""
    text = TO_REPORTER[notice.kind]({**notice.params, "contacts": contacts}).text
    for screen, hand in _BY_HAND.items():
        text = text.replace(screen, hand)
    return tuple(line for line in text.splitlines() if line)
