"""Danger, violence, complaints, calls: the numbers to call, and who will turn to the chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.kinds import Say
from bot.turn import Button, Message
from bot.wording import phrases
from cases.report import Danger

NUMBERS: Final = "110（报警）、119（火警）、120（救护）"
_HEART: Final = "12356（心理援助，全国都能打）"

# What to do first, by danger. Nothing here promises a time.
_FIRST: Final = {
    Danger.SUICIDE: f"您别一个人扛着。现在就打 {_HEART}，或者 120、110，也可以叫身边的人来陪着您。",
    Danger.BODILY_HARM: "先离开危险的地方，再打电话。",
    Danger.HOMELESS: "先带人离开危房，别回去拿东西。今晚没处住，直接去村委会或乡镇。",
    Danger.HUNGER: "家里没吃的，直接去村委会或乡镇，先救急，手续后补。",
    Danger.NO_WATER: "没有水喝，直接找村委会或乡镇，先救急，手续后补。",
    Danger.UNATTENDED: "老人、孩子没人管，先请邻居看着，别让他们单独在屋里。",
}


def _emergency(params: Mapping[str, Any]) -> Message:
    dangers = [Danger(value) for value in params["danger"]]
    alone = dangers == [Danger.SUICIDE]
    text = phrases.lines(
        *(_FIRST[danger] for danger in Danger if danger in dangers and danger is Danger.SUICIDE),
        "" if alone else f"先打电话：{NUMBERS}。",
        *(_FIRST[danger] for danger in Danger if danger in dangers and danger is not Danger.SUICIDE),
        _duty(params["contacts"]),
        "人安全了以后，可以点“一键报贫”，我把您说的填好。" if params["offer"] and not alone else "",
    )
    return Message(text, phrases.rows(phrases.REPORT) if params["offer"] and not alone else ())


def _violence(params: Mapping[str, Any]) -> Message:
    protection = params["contacts"].get("protection")
    text = phrases.lines(
        "现在有危险，马上打 110。受伤了打 120。能走就先离开，去邻居家、派出所都行。",
        f"乡镇专门管这事的人：{protection}。" if protection else "也可以去乡镇政府，找管妇女儿童保护的人。",
        f"心里难受，打 {_HEART}。" if Danger.SUICIDE.value in params["danger"] else "",
        "您说的只转给乡镇专门负责保护的人，不告诉村里。",
        "怕被人看到，请删掉这段聊天。",
    )
    return Message(text)


def _complaint(params: Mapping[str, Any]) -> Message:
    discipline = params["contacts"].get("discipline")
    text = phrases.lines(
        "您反映的是干部的问题，这不走报困难的表，村里看不到。",
        f"请直接跟纪检监察说：{discipline}。" if discipline else "请直接跟县里或乡镇的纪检监察部门说，也可以打 12345。",
        "我已经转给管这件事的人，不评对错。能说清时间、地点、谁在场，最好也记下来。",
        "您家里要是有难处，另外点“一键报贫”，两件事分开办，互不耽误。" if params["offer"] else "",
    )
    return Message(text, phrases.rows(phrases.REPORT) if params["offer"] else ())


def _call_opened(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "好的，已经请工作人员找您。",
        "请发一个能打通的电话号码；不想留电话，可以直接去村委会，或打下面的电话。" if params["ask_phone"] else "",
        f"着急的话：{phrases.whom_to_ask(params['contacts'])}。有危险打 {NUMBERS}。",
    )
    return Message(text, phrases.rows(Button("不留电话", phrases.CANCEL_PLAIN.data)) if params["ask_phone"] else ())


def _call_sent(params: Mapping[str, Any]) -> Message:
    if params["told"]:
        return Message("消息已经发给工作人员了，还没有人确认。请先打电话，别等。")
    return Message("现在没有工作人员在这里值守。请直接打电话，或去村委会、乡镇。")


def _duty(contacts: Mapping[str, str]) -> str:
    numbers = [contacts[key] for key in ("duty", "township") if contacts.get(key)]
    return f"本地值班电话：{'、'.join(numbers)}。" if numbers else ""


WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.EMERGENCY: _emergency,
    Say.VIOLENCE: _violence,
    Say.COMPLAINT: _complaint,
    Say.CALL_OPENED: _call_opened,
    Say.CALL_SENT: _call_sent,
}
