"""我的进度 in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.kinds import Say
from bot.turn import Button, Message
from bot.wording import phrases
from bot.wording.cases import STAGES, household_tasks
from cases.states import State

_SHOWN: Final = 5


def _progress(params: Mapping[str, Any]) -> Message:
    rows = params["rows"][:_SHOWN]
    if not rows:
        text = "编号和电话对不上。请看看编号有没有抄错，电话要用报的时候留的那个。"
        return Message(text, phrases.rows(Button("再查一次", data(Verb.OWN_CASE)), phrases.HUMAN))
    text = "\n\n".join(_standing(row) for row in rows)
    if not params["own"]:
        return Message(text)
    active = [row["receipt"] for row in rows if row["active"]]
    buttons = [button for receipt in active for button in _changes(receipt, several=len(active) > 1)]
    return Message(text, (*phrases.rows(*buttons), (Button("查别的编号", data(Verb.OWN_CASE)),)))


def _standing(row: Mapping[str, Any]) -> str:
    stage = STAGES[State(row["stage"])]
    return phrases.lines(
        f"编号 {phrases.receipt(row['receipt'])}",
        f"现在：{stage}",
        f"从{phrases.day(row['since'])}起",
        *(f"· {task}" for task in household_tasks(row["tasks"])),
    )


def _changes(receipt: str, *, several: bool) -> list[Button]:
    which = f"（{receipt[-4:]}）" if several else ""
    return [
        Button(f"补充情况{which}", data(Verb.SUPPLEMENT, receipt)),
        Button(f"撤回{which}", data(Verb.WITHDRAW, receipt)),
    ]


def _ask_withdrawal(params: Mapping[str, Any]) -> Message:
    text = f"真的要撤回编号 {phrases.receipt(params['receipt'])} 吗？撤回了就不再有人上门。以后有难处可以再报。"
    return Message(text, phrases.rows(Button("是，撤回", data(Verb.YES)), Button("不撤", data(Verb.NO))))


def _elsewhere(params: Mapping[str, Any]) -> Message:
    link = [Button("到网页上查", url=params["link"])] if params["link"] else []
    return Message("查进度要用编号和电话，这里不方便写电话。请到网页上查，或者问村委会。", phrases.rows(*link))


def _said(text: str) -> Callable[[Mapping[str, Any]], Message]:
    message = Message(text, phrases.rows(phrases.CANCEL_PLAIN))
    return lambda _params: message


def _receipt_wrong(params: Mapping[str, Any]) -> Message:
    text = f"编号不对，应该是 {params['digits']} 位数。请照着收到的编号再写一遍。"
    return Message(text, phrases.rows(phrases.CANCEL_PLAIN))


WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.ASK_RECEIPT: _said("请发报上去时给您的编号（11 位数），还有当时留的电话。"),
    Say.RECEIPT_WRONG: _receipt_wrong,
    Say.ASK_RECEIPT_PHONE: _said("再发报的时候留的电话号码。"),
    Say.PROGRESS: _progress,
    Say.PROGRESS_ELSEWHERE: _elsewhere,
    Say.ASK_SUPPLEMENT: _said("要补充什么？打字说，或者发照片。"),
    Say.ASK_WITHDRAWAL: _ask_withdrawal,
}
