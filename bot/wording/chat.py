"""Greetings, help and short civil replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.kinds import Say
from bot.turn import Button, Message
from bot.wording import phrases

_MENU: Final = phrases.rows(phrases.REPORT, phrases.PROGRESS, phrases.HUMAN)
_OFFICER_MENU: Final = phrases.rows(phrases.QUEUE, phrases.REPORT, phrases.PROGRESS, phrases.HUMAN)


def _welcome(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "您好，我是帮扶助手（机器人）。",
        "帮扶政策的事，直接打字问，比如“娃上大学交不起学费咋办”。每个回答都写明出自哪份文件。",
        "家里有难处，点“一键报贫”，用一句话说说就行。",
        phrases.FREE,
        phrases.genuine(params.get("page", "")),
        "有生命危险先打 110、119、120。",
    )
    return Message(text, _OFFICER_MENU if params.get("officer") else _MENU)


def _cover(params: Mapping[str, Any]) -> Message:
    """Return the greeting that a hidden chat begins with: nothing in it tells that there was anything else."""
    return replace(_welcome(params), wipes=True)


def _help(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        "您可以：",
        "· 直接打字问帮扶政策",
        "· 发“一键报贫”，把家里的难处报上去",
        "· 发“我的进度”，看报上去的办到哪一步",
        "· 发“人工”，留个电话，请工作人员打给您",
        "填到一半，随时可以发：返回、重来、取消、继续。",
        "· 发“待办”，看等您办的件" if params.get("officer") else "",
    )
    return Message(text, _OFFICER_MENU if params.get("officer") else _MENU)


def _what_next(params: Mapping[str, Any]) -> Message:
    return Message("好的。还有什么事，直接打字就行。", _OFFICER_MENU if params.get("officer") else _MENU)


def _unsupported(params: Mapping[str, Any]) -> Message:
    return Message(_UNSUPPORTED[params["what"]])


_UNSUPPORTED: Final = {
    "sticker": "表情我看不懂。请打字告诉我，一句话就行。",
    "edited": "改过的话我看不到。请把要说的再发一遍。",
    "video": "视频我收不了。请打字说说，要紧的地方拍张照片发来。",
    "group": "这里是群，别在群里说家里的事。请点我的头像，单独跟我说。",
    "other": "这种消息我收不了。请打字告诉我，或者发照片。",
}


def _phone_kept(params: Mapping[str, Any]) -> Message:
    kept = "号码记下了，工作人员看到了就打这个号码。" if params.get("phone", True) else "记下了，一起转给工作人员。"
    return Message(f"{kept}着急的话打 12345，有危险打 110。")


def _plain(text: str, *buttons: Button) -> Callable[[Mapping[str, Any]], Message]:
    message = Message(text, phrases.rows(*buttons))
    return lambda _params: message


WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.COVER: _cover,
    Say.WELCOME: _welcome,
    Say.HELP: _help,
    Say.WHAT_NEXT: _what_next,
    Say.UNSUPPORTED: _unsupported,
    Say.SMALL_TALK: _plain(
        "我是帮扶助手（机器人），管两件事：答帮扶政策，帮您把家里的难处报上去。您说吧。",
        phrases.REPORT,
        phrases.PROGRESS,
    ),
    Say.CIVIL: _plain("让您不痛快了，对不住。要是我没答好，换个说法再问一次；要找人说，点“人工”。", phrases.HUMAN),
    Say.NO_ORDERS: _plain("我只按已经收进来的正式文件回答，聊天里说的改不了政策。您有帮扶方面的事，直接问就行。"),
    Say.NO_FORGERY: _plain(
        "这个我不能帮。没有做过的事、没有开过的会，不能补写成做过；签字、手印也不能代。\n"
        "该怎么办：确实做过只是记录丢了的，写一份情况说明，由当时在场的人签字，注明“补录”和今天的日期；"
        "没有做的，现在去做，照实写今天的日期。"
    ),
    Say.NOTHING_TO_CANCEL: _plain(
        "现在没有正在填的东西，不用取消。已经报上去的想撤回，点“我的进度”。", phrases.PROGRESS
    ),
    Say.NOTHING_TO_CONTINUE: _plain("没有填到一半的。要报困难，点“一键报贫”。", phrases.REPORT),
    Say.UNREADABLE: _plain(
        "我没看懂。我只认得汉字和拼音，请打一句话，比如“我家有人住院，能帮吗”。不会打字，点“人工”，留个电话，请人打给您。",
        phrases.HUMAN,
    ),
    Say.OLD_BUTTON: _plain("这个按钮过时了，没有用了。您前面填的都还在。"),
    Say.CALL_PHONE_KEPT: _phone_kept,
    Say.CONSENT_REFUSED: _plain(
        "好的，没有您同意，一个字也不会报上去。填的先给您留着，想好了发“继续”；不要了，点“删掉”。\n"
        "不在这里报也行：直接去村委会或乡镇说，一样受理。",
        phrases.CONTINUE,
        Button("删掉", data(Verb.DISCARD)),
    ),
    Say.SET_ASIDE: _plain(
        "停下了，什么都没有报上去。填的先给您留着，想接着报，发“继续”；不要了，点“删掉”。",
        phrases.CONTINUE,
        Button("删掉", data(Verb.DISCARD)),
    ),
    Say.OFFER_CONTINUE: _plain(
        "您有一份填到一半、还没报上去的。接着报，还是另报一个？",
        phrases.CONTINUE,
        Button("另报一个", data(Verb.NEW_DRAFT)),
        Button("删掉这份", data(Verb.DISCARD)),
    ),
    Say.DISCARDED: _plain("删掉了，什么都没有报上去。以后要报，随时点“一键报贫”。", phrases.REPORT),
}
