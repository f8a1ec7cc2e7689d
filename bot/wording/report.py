"""The report form in plain words: one question at a time, everything read back, consent before it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.kinds import Say
from bot.conversation.state import Asking
from bot.turn import Button, Message
from bot.wording import phrases
from bot.wording.readback import CAUSES, DANGERS, RELATIONS, STORY_SHOWN, consent, review
from cases.report import Cause, Relation
from places.gazetteer import written


def _ask_story(params: Mapping[str, Any]) -> Message:
    if params["told"]:
        return Message(f"您前面说的是：\n{params['told'][:STORY_SHOWN]}\n\n还要补充什么，接着打字。", _STEPS)
    whose = "这一户" if params.get("by_officer") else "这家人" if params.get("outsider") else "家里"
    if params.get("noted"):
        return Message(f"这些记下了。{whose}遇到什么难处？说一句就行，比如谁病了、花了多少。", _STEPS)
    if params.get("by_officer"):
        village = f"村还是{_last(params['place'])}。" if params.get("place") else ""
        asked = "户主、电话" if village else "户主、村、电话"
        text = f"{village}这一户遇到什么难处？{asked}写在一起最快。照片随时可以发，别拍身份证和病历。"
        return Message(text, phrases.rows(phrases.CANCEL))
    text = phrases.lines(
        f"{whose}遇到什么难处？用自己的话说，一句话就行。",
        "比如：他叫张××，住××镇××村，上个月住院花了八万，我的电话 138××××××××。"
        if params.get("outsider")
        else "比如：我叫张××，住××镇××村，老伴上个月住院花了八万，电话 138××××××××。",
        "不用写身份证号、银行卡号。照片随时可以发，别拍身份证和病历。",
        phrases.FREE,
        phrases.genuine(params.get("page", "")),
    )
    return Message(text, phrases.rows(phrases.CANCEL))


def _ask_place(params: Mapping[str, Any]) -> Message:
    home = params.get("home")
    text = "这户人家在哪个县、哪个乡镇、哪个村？按户口本上的写，也可以发位置。"
    if params.get("located"):
        text = "位置有了。还要写一下户口在哪个县、哪个乡镇、哪个村，才知道归谁办。"
    still = [Button(f"还是{_last(home['path'])}", data(Verb.PLACE, home["code"]))] if home else []
    return Message(text, (*phrases.rows(*still), *_STEPS))


def _ask_which_place(params: Mapping[str, Any]) -> Message:
    above, places = params["above"], params["places"]
    if not above:
        text = "有好几个地方都对得上，是哪一个？"
        buttons = [Button(_tail(place["path"]), data(Verb.PLACE, place["code"])) for place in places]
        return Message(text, (*phrases.rows(*buttons, width=1), *_STEPS))
    text = f"知道了，在{written(above)}。再说细一点：是下面哪个？说不清就发“没有”。"
    buttons = [Button(_last(place["path"]), data(Verb.PLACE, place["code"])) for place in places]
    return Message(text, (*phrases.rows(*buttons, width=3), *_STEPS))


def _ask_householder(params: Mapping[str, Any]) -> Message:
    whose = "这户人家" if params["outsider"] else "您家"
    return Message(f"{whose}户主叫什么名字？写户口本上第一页那个人。", _STEPS)


def _ask_phone(params: Mapping[str, Any]) -> Message:
    whose = "这家人的、您的" if params.get("outsider") else "家里人、亲戚、村干部的"
    return Message(f"留个能打通的电话，{whose}都行。", _STEPS)


def _phone_wrong(params: Mapping[str, Any]) -> Message:
    wrong = "电话写得不对：手机号是 11 位数，座机带上区号。请再写一遍。"
    none = "没有电话也能报，不过要有个找得到您的号码：儿女、亲戚、邻居、村干部的都行，写那个号码就可以。"
    return Message(wrong if params.get("broken", True) else none, _STEPS)


def _ask_relation(_params: Mapping[str, Any]) -> Message:
    buttons = [Button(text, data(Verb.RELATION, relation.name)) for relation, text in RELATIONS.items()]
    return Message("您是给谁家报？", (*phrases.rows(*buttons), *_STEPS))


def _ask_causes(params: Mapping[str, Any]) -> Message:
    buttons = [
        Button(_ticked(text, chosen=cause.name in params["chosen"]), data(Verb.CAUSE, cause.name))
        for cause, text in CAUSES.items()
    ]
    done = Button("选好了", data(Verb.YES))
    return Message("主要是什么原因？可以选几个，点一下选上，再点一下去掉。", (*phrases.rows(*buttons), (done,)))


def _ask_danger(params: Mapping[str, Any]) -> Message:
    buttons = [
        Button(_ticked(text, chosen=danger.name in params["chosen"]), data(Verb.DANGER, danger.name))
        for danger, text in DANGERS.items()
    ]
    last = (Button("都没有", data(Verb.NONE)), Button("选好了", data(Verb.YES)))
    text = "眼下有没有这些急事？有的点一下。有生命危险先打 110、119、120。"
    return Message(text, (*phrases.rows(*buttons), last))


def _offer(params: Mapping[str, Any]) -> Message:
    causes = "、".join(CAUSES[Cause(cause)] for cause in params["causes"])
    whose = "家里" if params.get("relation") in (None, Relation.SELF.value) else "这家人"
    text = phrases.lines(
        f"听您说，{whose}遇上难处了（{causes}）。" if causes else f"听您说，{whose}遇上难处了。",
        "要不要我帮您报上去？您说过的我都填好，只补问几句。报了会有人上门看。",
        phrases.FREE,
    )
    begin = Button("帮我报上去", data(Verb.TELL_STORY))
    return Message(text, ((begin,), (Button("不用", data(Verb.NO)),)))


def _elsewhere(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "报困难要写姓名、电话，这里不方便写。请点下面的网页接着报，您说过的都带过去。",
        f"点不开的话，打开网页，在对话里写这个码：{params['code']}（一天内有效，只能用一次）。",
        "不会用网页，直接去村委会说也行。",
    )
    return Message(text, ((Button("到网页上接着报", url=params["link"]),),))


def _already_sent(params: Mapping[str, Any]) -> Message:
    return Message(
        f"已经报上去了，编号 {phrases.receipt(params['receipt'])}，不用再报。", phrases.rows(phrases.PROGRESS)
    )


def _photo_kept(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        f"照片收到了（共{params['count']}张）。别拍身份证、银行卡和病历全文。",
        "照片上没带拍的地方：说难处的时候，把哪个乡镇、哪个村也写上，或者发个位置。" if params.get("placeless") else "",
    )
    return Message(text)


def _too_many(params: Mapping[str, Any]) -> Message:
    return Message(f"照片最多留{params['most']}张，多的没有收。上门的时候可以再给人看。")


def _ask_restart(_params: Mapping[str, Any]) -> Message:
    buttons = phrases.rows(Button("从头来", data(Verb.YES)), Button("接着填", data(Verb.NO)))
    return Message("前面填的都不要了，从头来？", buttons)


def _said(text: str, *buttons: Button) -> Callable[[Mapping[str, Any]], Message]:
    message = Message(text, phrases.rows(*buttons))
    return lambda _params: message


def _ticked(text: str, *, chosen: bool) -> str:
    return f"✓ {text}" if chosen else text


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _tail(path: str) -> str:
    """Return the last three names of a path: enough to tell two villages of one name apart."""
    return "".join(path.split("/")[-3:])


_EXPLAINED: Final = {
    Asking.STORY: "想到啥说啥：谁、怎么了、什么时候、花了多少。说得不全也不要紧，上门的人会问。",
    Asking.PLACE: "按户口本上的村写。人住在别处的，两处一起说：“户口在××村，人住××村”。说不清哪个村，写乡镇也行。",
    Asking.HOUSEHOLDER: "户主就是户口本第一页写的那个人。户口本不在手边，写家里当家的人，上门的时候再核对。",
    Asking.PHONE: "谁的都行：自己的、儿女的、亲戚邻居的、村干部的，打得通、找得到您就行。只有办这件事的工作人员能看。",
}
_STEPS: Final = phrases.rows(phrases.BACK, phrases.CANCEL)

WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.ASK_STORY: _ask_story,
    Say.ASK_PLACE: _ask_place,
    Say.ASK_WHICH_PLACE: _ask_which_place,
    Say.PLACE_UNKNOWN: _said("这个地方我没找到。请写全一点：哪个县、哪个乡镇、哪个村。", phrases.BACK, phrases.CANCEL),
    Say.ASK_HOUSEHOLDER: _ask_householder,
    Say.NAME_UNCLEAR: _said("没看明白名字。请只写姓名，比如：王秀英。", phrases.BACK, phrases.CANCEL),
    Say.ASK_PHONE: _ask_phone,
    Say.PHONE_WRONG: _phone_wrong,
    Say.ASK_RELATION: _ask_relation,
    Say.ASK_CAUSES: _ask_causes,
    Say.ASK_DANGER: _ask_danger,
    Say.REVIEW: review,
    Say.CONSENT: consent,
    Say.ASK_RESTART: _ask_restart,
    Say.OFFER_REPORT: _offer,
    Say.REPORT_ELSEWHERE: _elsewhere,
    Say.REPORT_ADOPTED: _said("接上了，您前面说的都在。"),
    Say.ALREADY_SENT: _already_sent,
    Say.PHOTO_KEPT: _photo_kept,
    Say.TOO_MANY_PHOTOS: _too_many,
    Say.VOICE_KEPT: _said("语音收到了，会有人听。机器听不准，最好再打字说一句。"),
    Say.LOCATION_KEPT: _said("位置收到了，上门的人找得到。"),
    Say.PRACTISED: _said(
        "练习到这里就报完了，这次什么都没有报上去。"
        "真报的时候，这里会给您一个 11 位的编号，写着最晚哪天有人上门；凭编号和电话能查办到哪一步。"
    ),
    Say.EXPLAINED: lambda params: Message(_EXPLAINED[Asking(params["about"])]),
    Say.NOT_UNDERSTOOD: _said("这句我没听明白，先记着我问的这一样。"),
}
