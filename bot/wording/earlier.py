"""A household that may have been reported already, the next household, drafts that wait: the form's side paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.kinds import Say
from bot.turn import Button, Message
from bot.wording import phrases
from cases.report import Approach
from places.gazetteer import written

_ALIKE: Final = {
    "name": "户主名字对得上",
    "kin": "说到的是同一个人",
    "phone": "电话对得上",
    "village": "是同一个村",
    "event": "说的像是同一件事",
}
_APPROACHES: Final = {
    Approach.AGREED: "知道，同意",
    Approach.UNASKED: "还没问过",
    Approach.UNREACHABLE: "联系不上",
    Approach.HIDDEN: "别让他们知道是我",
}


def _maybe_reported(params: Mapping[str, Any]) -> Message:
    why = "，".join(_ALIKE[alike] for alike in params["alike"]) or "几样都对得上"
    whose = f"您报过的那份（编号 {phrases.receipt(params['receipt'])}）" if params["receipt"] else "前面那份"
    after = "" if params["receipt"] else "合不合在一起办，由工作人员核对了再定；别人报的内容，这里不给看。"
    text = phrases.lines(
        f"先问一句：这户可能已经报过了（{why}）。", f"要加到{whose}里，还是另报一份？两样都行。", after
    )
    join = Button(f"加到{'前面那份' if not params['receipt'] else '我那份'}里", data(Verb.JOIN, params["draft"]))
    return Message(text, ((join,), (Button("不是一回事，另报", data(Verb.APART, params["draft"])), phrases.BACK)))


def _ask_news(params: Mapping[str, Any]) -> Message:
    number = phrases.receipt(params["receipt"])
    text = phrases.lines(
        f"您以前报过（编号 {number}），那份已经办结了。再报一次没有问题，会一样受理，两份放在一起看。",
        "跟那时候比，有什么新的情况？说一句就行。",
    )
    return Message(text, ((Button("没有新的，也要报", data(Verb.APART, params["draft"])),), (phrases.BACK,)))


def _ask_approached(params: Mapping[str, Any]) -> Message:
    buttons = [Button(label, data(Verb.APPROACH, approach.name)) for approach, label in _APPROACHES.items()]
    text = phrases.lines(
        "您替别人家报，这家人知道吗？",
        "还没问的，工作人员会先问他们愿不愿意。眼下有危险的，先救人，不等问。" if not params["danger"] else "",
        "不想让这家人和村里知道是您报的，也可以：先交给乡镇，您的名字和电话村里看不到。",
    )
    return Message(text, (*phrases.rows(*buttons), (phrases.BACK, phrases.CANCEL)))


def _read_aloud(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "请念给这家人听，他点头了再提交：",
        f"“我们来给您家登记困难，户主写的是{params['householder']}，电话 {params['phone']}。",
        f"难处记的是：{phrases.beginning(params['story'])}",
        "登记不收一分钱，也不等于就能领钱。后面有人上门看，村里、乡镇、县里一步一步定，每一步都告诉您。",
        "要查家里的车、房、存款，会另外请您签字或按手印；不签也照样受理。记错了、不想报了，随时能改、能撤。",
        "我念的对不对？您愿不愿意报？”",
    )
    return Message(text)


def _next_household(params: Mapping[str, Any]) -> Message:
    village = params["place"].rpartition("/")[2]
    return Message(f"还有下一户吗？接着报，村还是{village}。", phrases.rows(_button("再报一户", Verb.NEXT_HOUSEHOLD)))


def _reminder(params: Mapping[str, Any]) -> Message:
    text = (
        f"您有一份报困难的还没报上去，填的都在。想接着报，点“接着报”；不报就不用管。"
        f"{phrases.day(params['until'])}以后就不再留着了。"
    )
    return Message(text, phrases.rows(phrases.CONTINUE, _button("删掉", Verb.DISCARD)))


def _expired(params: Mapping[str, Any]) -> Message:
    begun = f"{phrases.day(params['begun_on'])}开始填" if params.get("begun_on") else "上次填"
    where = "乡镇" if params.get("above") else "村委会"
    reach = "他们会按您留的电话问您还需不需要帮。" if params.get("phone") else "您没留电话，他们不一定找得到您。"
    text = phrases.lines(
        f"您{begun}、没报完的那份困难，放得太久，这里不再留着了，也没有报上去。",
        f"写过的没有丢：转给工作人员留着了。{reach}",
        f"想自己接着报，点“一键报贫”，一句话就行；去{where}说也一样。",
    )
    return Message(text, phrases.rows(phrases.REPORT))


def _village_known(params: Mapping[str, Any]) -> Message:
    village = written(params["place"])
    text = phrases.lines(
        f"您好，我是{village}的帮扶助手（机器人）。",
        "家里有难处，点“一键报贫”，一句话就能报，村名不用再写。帮扶政策的事，直接打字问。",
        phrases.FREE,
        "怕码是假的：先别填，打电话问村委会或乡镇，真的都不怕问。有生命危险先打 110、119、120。",
    )
    return Message(text, phrases.rows(phrases.REPORT, phrases.PROGRESS, phrases.HUMAN))


def _photo_place(_params: Mapping[str, Any]) -> Message:
    text = "照片里带着拍的地方。照片里的这些信息已经去掉了；要不要把这个地方记成这户的位置？"
    return Message(text, phrases.rows(_button("记下", Verb.USE_PHOTO_PLACE)))


def _ask_applied(_params: Mapping[str, Any]) -> Message:
    text = "这份是哪天收到的（当面说的、打电话的、纸条上的）？写那一天，比如“3月2日”。办理的日子从那天算起。"
    return Message(text, phrases.rows(phrases.BACK, phrases.CANCEL))


def _button(label: str, verb: Verb) -> Button:
    return Button(label, data(verb))


WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.MAYBE_REPORTED: _maybe_reported,
    Say.ASK_NEWS: _ask_news,
    Say.ASK_APPROACHED: _ask_approached,
    Say.ASK_APPLIED: _ask_applied,
    Say.READ_ALOUD: _read_aloud,
    Say.NEXT_HOUSEHOLD: _next_household,
    Say.DRAFT_REMINDER: _reminder,
    Say.DRAFT_EXPIRED: _expired,
    Say.VILLAGE_KNOWN: _village_known,
    Say.PHOTO_PLACE: _photo_place,
}
