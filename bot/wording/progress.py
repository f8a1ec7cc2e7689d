"""我的进度 in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.kinds import Say
from bot.turn import Button, Message
from bot.wording import phrases
from bot.wording.cases import household_tasks, stage_text
from bot.wording.promises import promises
from cases.actions.own_case import UNDO_DAYS
from cases.details import WithdrawalReason
from cases.states import Event, State

_SHOWN: Final = 5


def _progress(params: Mapping[str, Any]) -> Message:
    rows = params["rows"][:_SHOWN]
    if not rows:
        text = "编号和电话对不上。请看看编号有没有抄错，电话要用报的时候留的那个。"
        return Message(text, phrases.rows(Button("再查一次", data(Verb.OWN_CASE)), phrases.HUMAN))
    text = "\n\n".join(_standing(row) for row in rows)
    if not params["own"]:
        more = (
            ""
            if rows[0].get("due") is not None
            else "想看日子和原因，要编号、电话和查询码（回执上那 6 位数）：网页上一起填，聊天里写在一条里发来。"
        )
        return Message(phrases.lines(text, more))
    buttons = [button for row in rows for button in _changes(row, several=len(rows) > 1)]
    return Message(text, (*phrases.rows(*buttons), (Button("查别的编号", data(Verb.OWN_CASE)),)))


def _standing(row: Mapping[str, Any]) -> str:
    stage = stage_text(State(row["stage"]), above=row.get("above", False))
    return phrases.lines(
        f"编号 {phrases.receipt(row['receipt'])}",
        f"现在：{stage}",
        f"从{phrases.day(row['since'])}起",
        "急事：已发出，还没有人确认，请直接打 110、119、120 或乡镇值班电话。" if row.get("unheard") else "",
        "问过这一户，他们说现在不想报。改了主意，随时可以再报。" if row.get("unwilling") else "",
        *(f"· {task}" for task in household_tasks(row["tasks"])),
        *(f"· {line}" for line in promises(row.get("due", {}))),
        f"原因：{row['reason']}" if row.get("reason") else "",
        _entered(row),
    )


def _entered(row: Mapping[str, Any]) -> str:
    """Return whether the household is in the province's own system, which this one is not."""
    if not row.get("entered"):
        return "省里（全国）的系统：还没有录入"
    number = f"，编号 {row['entered_as']}" if row.get("entered_as") else ""
    return f"省里（全国）的系统：已经录入{number}"


_CHANGES: Final = {
    Event.SUPPLEMENTED: ("补充情况", Verb.SUPPLEMENT),
    Event.CORRECTED: ("改电话、名字", Verb.CORRECT),
    Event.REVIEW_REQUESTED: ("不服，再查一遍", Verb.OBJECT),
    Event.WITHDRAWN: ("撤回", Verb.WITHDRAW),
    Event.REINSTATED: ("还是要报", Verb.UNDO),
}


def _changes(row: Mapping[str, Any], *, several: bool) -> list[Button]:
    which = f"（{row['receipt'][-4:]}）" if several else ""
    may = row.get("may", ())
    return [
        Button(f"{label}{which}", data(verb, row["receipt"]))
        for event, (label, verb) in _CHANGES.items()
        if event in may
    ]


def _ask_withdrawal(params: Mapping[str, Any]) -> Message:
    receipt = params["receipt"]
    text = phrases.lines(
        f"真的要撤回编号 {phrases.receipt(receipt)} 吗？撤回了就不再有人上门。",
        f"为什么撤，点一个就撤了；{UNDO_DAYS} 天里反悔，还能接着办。",
        f"有人逼您撤的，点“{WithdrawalReason.PRESSED}”，乡镇会直接来问。",
    )
    reasons = [Button(reason.value, data(Verb.WHY, receipt, reason.name)) for reason in WithdrawalReason]
    return Message(text, phrases.rows(*reasons, Button("不撤", data(Verb.NO))))


def _elsewhere(params: Mapping[str, Any]) -> Message:
    link = [Button("到网页上办", url=params["link"])] if params["link"] else []
    return Message(
        "查进度、补充、改正都要写姓名电话和家里的情况，这里不方便写。请到网页上办，或者问村委会。", phrases.rows(*link)
    )


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
    Say.ASK_CORRECTION: _said("哪里不对？直接说，比如“电话是139…”，或“户主叫王建国”。"),
    Say.CORRECTION_UNCLEAR: _said("没听明白改哪一样。比如“电话是139…”，或“户主叫王建国”。别的不对，点“补充情况”说。"),
    Say.ASK_OBJECTION: _said("哪里不服，用一句话说。乡镇会换一个人再查一遍。"),
}
