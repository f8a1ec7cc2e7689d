"""Notices of a case: to the reporter in plain words, to officers by number only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.commands import CALL_NOTICE, CallReason
from bot.turn import Button, Message
from bot.wording import phrases
from bot.wording.cases import STAGES, stage_text
from bot.wording.danger import NUMBERS, call_now
from bot.wording.desk import REASONS, alarm_buttons, lane_text
from bot.wording.promises import promises
from cases.actions.own_case import UNDO_DAYS
from cases.details import Came
from cases.notices import NoticeKind
from cases.states import State

_DEADLINES: Final = {
    "urgent_aid": "先行救助",
    "home_visit": "入户核查",
    "result_told": "反馈核查结果",
    "public_notice": "村内公示",
    "whole_process": "全流程办结",
    "whole_process_national": "全国口径办结",
    "assistance_plan": "定一户一策",
    "review": "不服复核答复",
    "monthly_visit": "每月走访",
    "reassessment": "半年重新研判",
    "look_back": "消除后回头看",
    "acknowledgement": "受理",
}
_IN_DANGER: Final = "他们眼下有危险的（没吃的、没处住、人要出事）：马上打 110、119、120，再报一次，有危险的不等问。"
_OBJECT: Final = "不服，想让乡上再查一遍？点下面的按钮，或直接去乡镇说。"


def _received(params: Mapping[str, Any]) -> Message:
    number, register = params["receipt"], params.get("register") or "本地"
    text = phrases.paragraphs(
        phrases.lines(
            f"收到了。您的编号：{phrases.receipt(number)}，请记下来或截图。",
            f"查询码：{params['code']}（看详细进度用，别给不相干的人）" if params.get("code") else "",
        ),
        phrases.lines("接下来：", *_promises(params)),
        phrases.lines(
            f"这是{register}收到的登记，不等于已经录入国家或省里的系统；录了没有、编号多少，“我的进度”里写着。",
            f"有事问：{phrases.whom_to_ask(params.get('contacts', {}), above=params.get('above', False))}。",
            phrases.FREE,
            f"谁来收钱，您就打 12345。情况变急了，先打 {NUMBERS}。",
        ),
        f"存证码 {params['head']}（留着，以后能查记录有没有被人改过）" if params["head"] else "",
    )
    more = Button("补充情况", data(Verb.SUPPLEMENT, number))
    return Message(text, phrases.rows(phrases.PROGRESS, more, phrases.HUMAN))


def _promises(params: Mapping[str, Any]) -> list[str]:
    """Return what happens by which day."""
    return [f"· {line}" for line in promises(params["due"])]


def _news(first: Callable[[Mapping[str, Any]], str], *rest: str) -> Callable[[Mapping[str, Any]], Message]:
    """Return the wording of a notice that says *first*, then the days, then *rest*."""

    def worded(params: Mapping[str, Any]) -> Message:
        text = phrases.lines(f"编号 {phrases.receipt(params['receipt'])}", first(params), *_promises(params), *rest)
        return Message(text, phrases.rows(phrases.PROGRESS))

    return worded


def _visited(params: Mapping[str, Any]) -> Message:
    number = params["receipt"]
    text = phrases.lines(
        f"编号 {phrases.receipt(number)}",
        f"记录上写着：{phrases.day(params['visited_on'])}上门看过您家了。真有人来过吗？请点一下。",
        *_promises(params),
    )
    came = [Button(one.value, data(Verb.CAME, number, one.name)) for one in Came]
    return Message(text, phrases.rows(*came, phrases.PROGRESS))


def _visit_answered(params: Mapping[str, Any]) -> str:
    if params["came"] == Came.NO:
        return "记下了：没有人来过。已经请乡镇直接问您，不经村里。"
    return "记下了：有人来过。接下来村里开会商量。"


def _withdrawn(params: Mapping[str, Any]) -> Message:
    number = params["receipt"]
    text = phrases.lines(
        f"编号 {phrases.receipt(number)}",
        "已经撤回，不再有人上门。乡镇会打个电话，问是不是您自己的意思。",
        f"{UNDO_DAYS} 天里反悔了，点“还是要报”，接着原来的办。以后有难处也可以再报。",
    )
    return Message(text, phrases.rows(Button("还是要报", data(Verb.UNDO, number)), phrases.PROGRESS))


def _unwilling(*said: str) -> Callable[[Mapping[str, Any]], Message]:
    """Return the wording of a notice that a household does not want what somebody else reported for it."""

    def worded(params: Mapping[str, Any]) -> Message:
        text = phrases.lines(f"编号 {phrases.receipt(params['receipt'])}", *said, _IN_DANGER)
        return Message(text, phrases.rows(phrases.PROGRESS, phrases.REPORT))

    return worded


def _contestable(first: Callable[[Mapping[str, Any]], str], *rest: str) -> Callable[[Mapping[str, Any]], Message]:
    """Return the wording of a result that the household may not agree with."""

    def worded(params: Mapping[str, Any]) -> Message:
        number = params["receipt"]
        text = phrases.lines(f"编号 {phrases.receipt(number)}", first(params), *_promises(params), _OBJECT, *rest)
        return Message(text, phrases.rows(Button("不服，再查一遍", data(Verb.OBJECT, number)), phrases.PROGRESS))

    return worded


def _returned(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        f"编号 {phrases.receipt(params['receipt'])}",
        "上一级看过后退了回来，要再核实、补齐。村里会再找您。",
        *_promises(params),
        "您有要补充的，点“补充情况”。",
    )
    return Message(text, phrases.rows(Button("补充情况", data(Verb.SUPPLEMENT, params["receipt"])), phrases.PROGRESS))


def _to_officer(what: str) -> Callable[[Mapping[str, Any]], Message]:
    """Return the wording of a notice to an officer: number, what, stage, date, link; never the household."""

    def worded(params: Mapping[str, Any]) -> Message:
        number = params["receipt"]
        text = phrases.lines(
            f"{'【紧急】' if params['urgent'] else ''}编号 {phrases.receipt(number)}",
            what,
            f"现在：{STAGES[State(params['state'])]}。",
            f"期限：{phrases.day(params['due_on'])}" if params["due_on"] else "",
        )
        here = phrases.rows(Button("看这个件", data(Verb.CASE, number)), phrases.QUEUE)
        return Message(text, (*here, *phrases.at_desk(params["page"], f"case/{number}")))

    return worded


def _overdue(params: Mapping[str, Any]) -> Message:
    label = _DEADLINES.get(params["deadline"], params["deadline"])
    return _to_officer(f"超期了：{label}，应在{phrases.day(params['overdue_since'])}前办。请今天处理。")(params)


def _near(when: str) -> Callable[[Mapping[str, Any]], Message]:
    """Return the wording of a warning before a limit's day is over."""

    def worded(params: Mapping[str, Any]) -> Message:
        label = _DEADLINES.get(params["deadline"], params["deadline"])
        return _to_officer(f"{when}：{label}，最晚{phrases.day(params['last_day'])}。")(params)

    return worded


def _call(params: Mapping[str, Any]) -> Message:
    reason = REASONS[CallReason(params["reason"])]
    text = f"【请回电】{params['number']} 号：{reason}。发“待办”看详情，处理完点“已处理”。"
    return Message(text, (*phrases.rows(phrases.QUEUE), *phrases.at_desk(params["page"], "calls")))


def _alarm(params: Mapping[str, Any]) -> Message:
    again = f"（第 {params['ring']} 遍）" if params["ring"] > 1 else ""
    text = (
        f"【急】急 {params['number']}{again}：{lane_text(params['lane'])}。请马上点“我来办”，再发“待办”看详情、联系人。"
    )
    return Message(text, (*phrases.rows(*alarm_buttons(params["number"], taken=False)), (phrases.QUEUE,)))


def _referred(params: Mapping[str, Any]) -> str:
    return f"您家的事同时转给了{params['department']}去办。报困难的件照样往下走，两头不耽误。"


def _support_changed(params: Mapping[str, Any]) -> str:
    phone = f"，电话 {params['support_phone']}" if params["support_phone"] else ""
    return f"您家的帮扶联系人换成了{params['support_officer']}{phone}。新的帮扶卡会送到您家。"


def _on_paper(what: str, number: str) -> Callable[[Mapping[str, Any]], Message]:
    """Return the wording of a notice to an officer about a numbered paper."""
    return lambda params: _to_officer(what.format(params[number]))(params)


def without_personal_data(params: Mapping[str, Any], page: str) -> Message:
    """Return any notice to a reporter as it may travel where personal data may not: number, stage and link."""
    stage = stage_text(State(params["state"]), above=params.get("above", False))
    text = f"编号 {phrases.receipt(params['receipt'])} 有新消息。\n现在：{stage}。"
    return Message(text, phrases.rows(Button("到网页上看", url=page)) if page else ())


TO_REPORTER: Final[Mapping[NoticeKind, Callable[[Mapping[str, Any]], Message]]] = {
    NoticeKind.RECEIVED: _received,
    NoticeKind.ACKNOWLEDGED: _news(lambda _: "村里受理了，会有人上门看。"),
    NoticeKind.VISITED: _visited,
    NoticeKind.APPRAISED: _news(lambda p: f"{phrases.day(p['held_on'])}村里开会商量过了。接下来名单贴在村里。"),
    NoticeKind.POSTED: _news(
        lambda p: (
            f"{phrases.day(p['posted_on'])}名单贴在村里了，至少贴到下面的日子。上面没有电话、身份证号，也不写病情。"
        )
    ),
    NoticeKind.UNDER_TOWNSHIP_REVIEW: _news(lambda _: "名单贴满了，现在乡镇在看。"),
    NoticeKind.UNDER_COUNTY_DECISION: _news(lambda _: "乡镇看过了，现在等县上最后定。"),
    NoticeKind.ENROLLED: _news(
        lambda _: "县上定了：您家列为重点帮扶户（不等于发钱）。村里会定帮扶办法，派一个联系人找您。"
    ),
    NoticeKind.DECLINED: _contestable(
        lambda p: f"这次没有列为重点帮扶户。原因：{p['reason']}", "以后家里又遇上难处，随时可以再报。"
    ),
    NoticeKind.RETURNED: _returned,
    NoticeKind.URGENT: _news(
        lambda p: f"标为急事了：先救急，手续后补。已发出，还没有人确认，{call_now(p)}",
        "有人确认了，我马上告诉您。",
    ),
    NoticeKind.AIDED: _news(lambda p: f"{phrases.day(p['given_on'])}先给了救助，手续接着补。没有收到的，请发“人工”。"),
    NoticeKind.SUPPLEMENTED: _news(lambda _: "您补充的收到了，办件的人会看到。"),
    NoticeKind.WITHDRAWN: _withdrawn,
    NoticeKind.HOUSEHOLD_UNWILLING: _unwilling(
        "问过您替报的这一户了，他们说现在不想报，先停一停。",
        "接下来：乡镇另一个人再问他们一遍，真是他们自己的意思才停下；他们愿意的，接着办。",
    ),
    NoticeKind.HOUSEHOLD_DECLINED: _unwilling(
        "乡镇又问过您替报的这一户，他们自己说现在不想报，这一件停下了，不再往下办。谢谢您操心。",
        "他们改了主意，自己报、您再替报都行，一样受理。",
    ),
    NoticeKind.REINSTATED: _news(lambda _: "撤回作废了，您报的接着办，日子照原来的算。"),
    NoticeKind.CORRECTED: _news(lambda _: "改好了，办件的人会看到。"),
    NoticeKind.PLACED: _news(lambda _: "您报的由乡镇转到您家所在的村去办了。"),
    NoticeKind.FALSE_ALARM: _news(
        lambda _: "“急事”这一条记成了误报，不怪您。困难的事照常往下办。",
        f"往后真有急事，照样马上说，先打 {NUMBERS}。",
    ),
    NoticeKind.VISIT_ANSWERED: _news(_visit_answered),
    NoticeKind.REVIEW_REQUESTED: _news(lambda _: "记下了：您不服，乡镇换一个人再查一遍。"),
    NoticeKind.REVIEW_UPHELD: _news(
        lambda p: f"乡镇再查了一遍，结果不变。原因：{p['reason']}",
        "还是不服，可以打 12345 反映。家里有了新情况，可以再报。",
    ),
    NoticeKind.REVIEW_REOPENED: _news(lambda p: f"乡镇再查了一遍，您报的重新办。{p['reason']}"),
    NoticeKind.RESOLUTION_PROPOSED: _news(
        lambda _: "村里看您家的难处过去了，准备不再按重点户管。先要再上门看、开会商量、贴名单，乡镇和县上看过才算。",
        "难处没有过去？请告诉上门的人，或发“人工”。",
    ),
    NoticeKind.RESOLUTION_DROPPED: _news(lambda _: "看过了，您家还是按重点户管，帮扶不变。"),
    NoticeKind.RISK_RESOLVED: _contestable(lambda _: "您家不再按重点户管了。哪些帮扶还有、到哪天，请问村里。"),
    NoticeKind.SUPPORT_CHANGED: _news(_support_changed),
    NoticeKind.REFERRED: _news(_referred),
    NoticeKind.REFERRAL_ANSWERED: _news(
        lambda p: f"{p['department']}给了回话：{p['result']}", "没听明白的，请发“人工”。"
    ),
}

TO_OFFICER: Final[Mapping[str, Callable[[Mapping[str, Any]], Message]]] = {
    NoticeKind.OFFICER_WAITING: _to_officer("有件等您办。"),
    NoticeKind.OFFICER_DECLINE_PROPOSED: _to_officer("有人建议不纳入，等您确认或退回。须由另一个人办。"),
    NoticeKind.OFFICER_PROPOSAL_REFUSED: _to_officer("“建议不纳入”没有同意，请接着办。"),
    NoticeKind.OFFICER_RETURNED: _to_officer("上一级退回来了，请看退回理由，补齐后再报。"),
    NoticeKind.OFFICER_URGENT: _to_officer("急件：先救助，后补手续。请马上联系这一户。"),
    NoticeKind.OFFICER_SUPPLEMENTED: _to_officer("申报人补充了情况，请看。"),
    NoticeKind.OFFICER_WITHDRAWN: _to_officer("申报人撤回了，不用再办。"),
    NoticeKind.OFFICER_OVERDUE: _overdue,
    NoticeKind.OFFICER_TAKE_DOWN: _on_paper("第 {} 张公示贴满了，请揭下来，拍照留证，记公示期满。", "notice"),
    NoticeKind.OFFICER_OBJECTION: _on_paper("第 {} 张公示有人提异议。村里要登记、查实、按期答复，请督促。", "notice"),
    NoticeKind.OFFICER_REFERRAL_SENT: _on_paper("第 {} 号转办单等您签收、办理。", "referral"),
    NoticeKind.OFFICER_REFERRAL_RECEIVED: _on_paper("别的部门转来第 {} 号，请一次入户两家用，按期回复。", "referral"),
    NoticeKind.OFFICER_REFERRAL_WAITING: _on_paper(
        "第 {} 号转办单还没有人签收，或者过了期没有结果，请催办。", "referral"
    ),
    NoticeKind.OFFICER_REFERRAL_BACK: _on_paper("第 {} 号转办单有回音了：请看结果或退回理由。", "referral"),
    NoticeKind.OFFICER_PAPER_EXPIRES: lambda p: _to_officer(
        f"这一户有证件或认定{phrases.day(p['expires_on'])}到期，请提醒、帮着办年审或续办。"
    )(p),
    NoticeKind.OFFICER_DUE_SOON: _near("快到期了"),
    NoticeKind.OFFICER_DUE_TODAY: _near("今天到期"),
    NoticeKind.OFFICER_ASSIGNED: _to_officer("有件转给您办。"),
    NoticeKind.OFFICER_PASSED_ON: _to_officer("这个件已经转给别人办，您不用再办。"),
    NoticeKind.OFFICER_RELEASED: _to_officer("有件退回来了，没有人领办，请领办。"),
    NoticeKind.OFFICER_RECUSED: _to_officer("有人对这个件回避，请另一个人办。"),
    NoticeKind.OFFICER_CALL_BACK: _to_officer("户里说没有人来过。请乡镇直接回访这一户，记“回访”。"),
    NoticeKind.OFFICER_FLOOD: _to_officer(
        "一部电话短时间里报来好几件，从这一件起先放在一边。请看一看，是真的就记“看过，照常办”。"
    ),
    NoticeKind.OFFICER_REVIEW: _to_officer("申报人不服，请换一个人再查一遍。"),
    NoticeKind.OFFICER_ALARM: _alarm,
    NoticeKind.OFFICER_ALARM_TAKEN: lambda p: Message(
        f"急 {p['number']} 已有人确认，不用再赶。", phrases.rows(phrases.QUEUE)
    ),
    CALL_NOTICE: _call,
}
