"""Danger, violence, complaints, calls: the numbers to call, and who will turn to the chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.commands import CallReason
from bot.conversation.kinds import Say
from bot.turn import Button, Message
from bot.wording import phrases
from cases.notices import ALARM_CONFIRMED, ALARM_FALSE, ALARM_UNHEARD
from cases.report import Danger

NUMBERS: Final = "110（报警）、119（火警）、120（救护）"
_HEART: Final = "12356（心理援助，全国都能打）"

_HIDING: Final = (
    "怕被人看到，点“藏起来”：前面的话能删的马上删掉，只剩下问政策的话，这里也不再提这件事；"
    "有删不掉的，我会写明怎么自己删。"
)

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
        *(_advice(danger, params) for danger in Danger if danger in dangers and danger is not Danger.SUICIDE),
        _duty(params["contacts"]),
        "人安全了以后，可以点“一键报贫”，我把您说的填好。" if params["offer"] and not alone else "",
    )
    return Message(text, phrases.rows(phrases.REPORT) if params["offer"] and not alone else ())


def _advice(danger: Danger, params: Mapping[str, Any]) -> str:
    return _FIRST[danger].replace("村委会或乡镇", "乡镇") if params.get("above") else _FIRST[danger]


def _violence(params: Mapping[str, Any]) -> Message:
    """Return what helps now; the button takes the whole conversation out of sight."""
    protection = params["contacts"].get("protection")
    text = phrases.lines(
        "现在有危险，马上打 110。受伤了打 120。能走就先离开，去邻居家、派出所都行。",
        f"乡镇专门管这事的人：{protection}。" if protection else "也可以去乡镇政府，找管妇女儿童保护的人。",
        f"心里难受，打 {_HEART}。" if Danger.SUICIDE.value in params["danger"] else "",
        "您说的只转给乡镇专门负责保护的人，不告诉村里。",
        _HIDING,
    )
    return Message(text, phrases.rows(HIDE))


def _child(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "你说的我听到了，你做得对。",
        "有危险马上打 110；有人生病、受伤打 120；家里着火打 119。也可以找老师、邻居，找身边信得过的大人。",
        "不用填表，不用拍照片。你说的这些，我转给乡镇专门管孩子的人。",
        "要报家里的困难，得由家里的大人（监护人）来报。"
        if params["under_14"]
        else "要报家里的困难，请家里的大人来报。",
        f"乡镇管孩子的人：{params['contacts']['child_worker']}。" if params["contacts"].get("child_worker") else "",
        f"心里难受，打 {_HEART}。",
        _HIDING,
    )
    return Message(text, phrases.rows(HIDE, GROWN_UP))


def _child_no_form(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "孩子自己不用填表。请把手机给家里的大人，大人点下面的“我是大人”再报。",
        f"身边没有大人的：打 110，或者找老师、邻居。{_duty(params['contacts'])}",
    )
    return Message(text, phrases.rows(GROWN_UP))


def _complaint(params: Mapping[str, Any]) -> Message:
    discipline = params["contacts"].get("discipline")
    text = phrases.lines(
        "您反映的是干部的问题，这不走报困难的表，村里看不到。",
        f"请直接跟纪检监察说：{discipline}。" if discipline else "请直接跟县里或乡镇的纪检监察部门说，也可以打 12345。",
        "我们只转交，不判断。能说清时间、地点、谁在场，最好也记下来。",
        "您家里的难处，另外点“一键报贫”，先报给乡镇，不经村里。两件事分开办，互不耽误。" if params["offer"] else "",
    )
    return Message(text, phrases.rows(phrases.REPORT) if params["offer"] else ())


def _call_opened(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "好的，记下了：您要找工作人员。" + _who_calls(params),
        "请发一个能打通的电话号码，没有号码他们找不到您；不想留电话，可以直接去村委会，或打下面的电话。"
        if params["ask_phone"]
        else "",
        f"着急的话：{phrases.whom_to_ask(params['contacts'])}。有危险打 {NUMBERS}。",
    )
    return Message(text, phrases.rows(Button("不留电话", phrases.CANCEL_PLAIN.data)) if params["ask_phone"] else ())


def _who_calls(params: Mapping[str, Any]) -> str:
    how = "，打您留的电话" if params.get("reachable") else ""
    if params.get("told", 1):
        return f"已经告诉值守的人，他们看到了就找您{how}。"
    return f"现在没有人值守，等他们来看到了再找您{how}。"


def _complaint_passed(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "已经转给管这件事的人，村里的账号、您说到的人都看不到。"
        if params["told"]
        else "记下了，等管这件事的人来看。急的话，请直接打上面的电话。",
        "不想让人知道是您说的，点“匿名”；想让人找您核实，点“留个电话”。都不点也行。",
    )
    buttons = (
        Button("匿名", data(Verb.ANONYMOUS, params["call"])),
        Button("留个电话", data(Verb.LEAVE_PHONE, params["call"])),
    )
    return Message(text, phrases.rows(*buttons))


def _call_sent(params: Mapping[str, Any]) -> Message:
    if not params["told"]:
        quietly = params["reason"] in _NOT_TO_VILLAGE or params.get("above")
        nobody = "去乡镇" if quietly else "去村委会、乡镇"
        reach = _REACH[CallReason(params["reason"])] if params.get("ask_phone") else ""
        return Message(
            phrases.lines(f"现在没有工作人员在这里值守。请直接打电话，或{nobody}。{call_now(params)}", reach)
        )
    how = phrases.lines(
        f"已发出，还没有人确认。{call_now(params)}有人确认了，我马上告诉您。",
        _REACH[CallReason(params["reason"])] if params.get("ask_phone") else "",
    )
    return Message(how)


def _unheard(params: Mapping[str, Any]) -> Message:
    return Message(f"又催了一遍，还是没有人确认，正在找下一个人。别等，{call_now(params)}")


def _confirmed(params: Mapping[str, Any]) -> Message:
    return Message(f"有人确认了：{params['as']}的人看到了，正在办。情况变急了，照样打 {NUMBERS}。")


def _false_alarm(_params: Mapping[str, Any]) -> Message:
    return Message("这次记成了“误报”，不怪您，没事就好。往后真有急事，照样马上说、马上打 110、119、120。")


def call_now(params: Mapping[str, Any]) -> str:
    """Return whom to call at once: configured numbers and the emergency numbers, nothing else."""
    numbers = [params["contacts"][key] for key in ("duty", "township") if params["contacts"].get(key)]
    return f"请直接打 {'、'.join([*numbers, '110', '119', '120'])}。"


def _duty(contacts: Mapping[str, str]) -> str:
    numbers = [contacts[key] for key in ("duty", "township") if contacts.get(key)]
    return f"本地值班电话：{'、'.join(numbers)}。" if numbers else ""


HIDE: Final = Button("藏起来", data(Verb.HIDE))
GROWN_UP: Final = Button("我是大人", data(Verb.GROWN_UP))
# What lets somebody be found who has given nothing but this chat.
_REACH: Final = {
    CallReason.DANGER: "好让人找到您：写个能打通的电话，再写在哪个村。",
    CallReason.VIOLENCE: "方便的话，写个能接的电话、在哪个村，他们好找您；不方便就别写。",
    CallReason.CHILD: "想让他们找得到你：写在哪个村、哪个学校，身边大人的电话；不想写也行。",
}
_NOT_TO_VILLAGE: Final = frozenset({CallReason.VIOLENCE, CallReason.CHILD})
_ASK_PHONE: Final = "请发一个能打通的电话，只给管这件事的人看。"

# What the chat in danger is told of its alarm.
ALARMS: Final[Mapping[str, Callable[[Mapping[str, Any]], Message]]] = {
    ALARM_UNHEARD: _unheard,
    ALARM_CONFIRMED: _confirmed,
    ALARM_FALSE: _false_alarm,
}


WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.EMERGENCY: _emergency,
    Say.VIOLENCE: _violence,
    Say.COMPLAINT: _complaint,
    Say.CALL_OPENED: _call_opened,
    Say.CALL_SENT: _call_sent,
    Say.CHILD: _child,
    Say.CHILD_NO_FORM: _child_no_form,
    Say.COMPLAINT_PASSED: _complaint_passed,
    Say.COMPLAINT_ANONYMOUS: lambda _: Message("好，改成匿名了：不留电话，查不到是您说的。说的事照样转交。"),
    Say.ASK_COMPLAINT_PHONE: lambda _: Message(_ASK_PHONE, phrases.rows(Button("不留电话", phrases.CANCEL_PLAIN.data))),
}
