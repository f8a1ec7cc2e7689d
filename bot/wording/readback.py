"""The end of the report form in plain words: everything read back, then consent before it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.state import Asking
from bot.turn import Button, Message
from bot.wording import phrases
from cases.consent.notice import find_notice
from cases.report import Cause, Danger, Relation
from language.dates import full_date
from places.gazetteer import written

STORY_SHOWN: Final = 600
CAUSES: Final = {
    Cause.ILLNESS: "生病花钱",
    Cause.SCHOOLING: "上学花钱",
    Cause.DISABILITY: "残疾",
    Cause.DISASTER: "遭了灾",
    Cause.ACCIDENT: "出了意外",
    Cause.BUSINESS_FAILURE: "种养、生意亏了",
    Cause.UNSTABLE_WORK: "打工没活、欠工钱",
    Cause.LACK_OF_LABOUR: "家里缺劳力",
    Cause.OTHER: "别的原因",
}
DANGERS: Final = {
    Danger.HOMELESS: "没处住",
    Danger.HUNGER: "没吃的",
    Danger.NO_WATER: "没水喝",
    Danger.BODILY_HARM: "人有危险",
    Danger.SUICIDE: "有人想不开",
    Danger.UNATTENDED: "老人孩子没人管",
}
RELATIONS: Final = {
    Relation.SELF: "自己家",
    Relation.SPOUSE: "我爱人家",
    Relation.CHILD: "我父母家",
    Relation.PARENT: "我子女家",
    Relation.KIN: "亲戚家",
    Relation.NEIGHBOUR: "邻居家",
    Relation.VILLAGE_CADRE: "我是村干部，替村民报",
    Relation.OTHER: "别人家",
}


def review(params: Mapping[str, Any]) -> Message:
    """Read everything back that was understood; each item can be put right."""
    text = phrases.paragraphs(
        "我听到的是这样，您看对不对？",
        phrases.lines(*read_back(params)),
        "哪里不对，点下面那一项，或直接打字说，比如“电话不对，是139…”。",
    )
    labels = {
        **_FIXES,
        **({Asking.APPROACHED: "他们知不知道"} if params["approach"] else {}),
        **({Asking.APPLIED: "哪天收到的"} if params["by_officer"] else {}),
    }
    fixes = [Button(f"改{label}", data(Verb.FIX, asking.value)) for asking, label in labels.items()]
    right = Button("都对，下一步", data(Verb.RIGHT))
    label = "还是先报给村里" if params.get("township_first") else "先别让村里知道"
    hush = () if params.get("hidden") else (Button(label, data(Verb.TOWNSHIP_FIRST)),)
    return Message(text, ((right,), *phrases.rows(*fixes, width=3), (*hush, phrases.CANCEL)))


def read_back(params: Mapping[str, Any]) -> list[str]:
    """Return what was understood, a line an item."""
    where = written(params["place"]) + (params["group"] and f" {params['group']}")
    if params["place_text"]:
        where = f"{where}（您写的：{params['place_text']}）"
    writer = f"（报的人：{params['writer']}）" if params["writer"] else ""
    for_whom = RELATIONS[Relation(params["relation"])] + writer
    sums = "、".join(f"{told['what']}{phrases.yuan(told['value'])}" for told in params["sums"])
    files = (
        f"照片{params['photos']}张" if params["photos"] else "",
        f"语音{params['voices']}条" if params["voices"] else "",
        "位置" if params["located"] else "",
    )
    items = {
        "给谁家报": for_whom,
        "户主": params["householder"],
        "电话": params["phone"],
        "户口在" if params["living"] else "住在": where,
        "现在住在": written(params["living"]) if params["living"] else "",
        "这家知道吗": params["approach"],
        "哪天收到的": phrases.day(params["applied_on"]) if params["applied_on"] else "",
        "难处": params["story"][:STORY_SHOWN],
        "原因": "、".join(CAUSES[Cause(cause)] for cause in params["causes"]) or "没听出来（可以点“改原因”）",
        "什么时候": full_date(params["when"]),
        "说到的钱": sums,
        "急事": "、".join(DANGERS[Danger(danger)] for danger in params["danger"]) or "没有",
        "附带": "、".join(filter(None, files)),
        "先报给": _first_told(params),
    }
    return [f"{label}：{value}" for label, value in items.items() if value]


def _first_told(params: Mapping[str, Any]) -> str:
    if params.get("hidden"):
        return "乡镇（您的名字和电话，村里和这家人都看不到）"
    return "乡镇（乡镇转下去以前，村里看不到）" if params.get("township_first") else ""


def consent(params: Mapping[str, Any]) -> Message:
    """Say what the report will be used for, who sees it and how it is taken back, before it goes."""
    notice = find_notice(params["version"])
    text = phrases.lines(
        f"最后一步，请看清楚（告知书 {params['version']}）：",
        *(f"· {line}" for line in (notice.lines if notice else ())),
        "· 您说了不想让村里先知道：先报给乡镇，乡镇转下去以前，村里看不到。" if params.get("township_first") else "",
        f"· {phrases.FREE}",
        "同意的话，点“同意并提交”。",
    )
    submit = Button("同意并提交", data(Verb.SUBMIT, params["draft"]))
    return Message(text, ((submit,), (Button("不同意", data(Verb.NO)), phrases.BACK)))


_FIXES: Final = {
    Asking.STORY: "难处",
    Asking.PLACE: "地方",
    Asking.HOUSEHOLDER: "户主",
    Asking.PHONE: "电话",
    Asking.RELATION: "给谁报",
    Asking.CAUSES: "原因",
    Asking.DANGER: "急事",
}
