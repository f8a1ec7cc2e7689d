"""What officers read: the queue, a case, the next field, what was done. Never a name unless it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.commands import CallReason
from bot.conversation.desk_papers import MORE, field_of
from bot.conversation.kinds import Say
from bot.memory.call_tasks import CallTask
from bot.turn import Button, Message
from bot.wording import phrases
from bot.wording.cases import EVENTS, event_label, field_label
from cases.details.describing import WrittenType
from cases.duty.roster import Lane
from cases.states import Event

REASONS: Final = {
    CallReason.WISH: "想找人说话",
    CallReason.DANGER: "说到人身危险",
    CallReason.VIOLENCE: "家里有人打人，只转乡镇保护联系人",
    CallReason.CHILD: "孩子自己来说的，请儿童工作人员先联系上孩子",
    CallReason.COMPLAINT: "反映干部问题，不要让村里知道",
}
_BUTTONS: Final = 8
_LANES: Final = {
    Lane.DUTY: "有人遇到危险",
    Lane.ABOVE: "有人遇到危险，不要让村里知道",
    Lane.PROTECTION: "家里有人打人，不要让村里知道",
    Lane.CHILD: "孩子自己来说的，请先确认孩子是不是安全",
}
CALL_TASKS: Final = {
    CallTask.REACH_CHILD: "联系上孩子，看安不安全",
    CallTask.FIND_GUARDIAN: "找到监护人，问清谁在照看",
    CallTask.CHECK_SAFE: "问清方便说话的时间，确认安全；孩子受害的报警",
    CallTask.SETTLE_HELP: "定下怎么帮：监护人来报，或转民政、学校、派出所",
    CallTask.FORWARD: "转交纪检监察，记下转给谁、哪天",
}


def lane_text(lane: str) -> str:
    """Return what an alarm is about, as officers read it: never who."""
    return _LANES[Lane(lane)]


def _queue(params: Mapping[str, Any]) -> Message:
    rows, calls, alarms = params["rows"], params["calls"], params.get("alarms", [])
    if not rows and not calls and not alarms:
        return Message("现在没有等您办的件。", phrases.rows(phrases.QUEUE))
    more = f"另有 {params['more']} 件，请在网页或命令行里看。" if params["more"] else ""
    full = params["personal_data"]
    parts = [*map(_alarm, alarms), *(_call(call, full=full) for call in calls), *map(case_lines, rows), more]
    text = "\n\n".join(filter(None, parts))
    answers = [button for alarm in alarms[:_BUTTONS] for button in alarm_buttons(alarm["number"], taken=alarm["taken"])]
    done = [button for call in calls[:_BUTTONS] for button in _call_buttons(call)]
    look = [Button(f"办 {row['receipt'][-4:]}", data(Verb.CASE, row["receipt"])) for row in rows[:_BUTTONS]]
    hidden = phrases.at_desk(params["page"], "calls") if calls and not full else ()
    return Message(text, (*phrases.rows(*answers), *phrases.rows(*done), *phrases.rows(*look, width=4), *hidden))


def alarm_buttons(number: int, *, taken: bool) -> list[Button]:
    """Return how an officer answers an alarm."""
    false = Button(f"误报（急 {number}）", data(Verb.ALARM, str(number), "false"))
    return [false] if taken else [Button(f"我来办（急 {number}）", data(Verb.ALARM, str(number), "take")), false]


def _alarm(alarm: Mapping[str, Any]) -> str:
    about = f"，编号 {phrases.receipt(alarm['receipt'])}" if alarm["receipt"] else ""
    state = "已有人确认" if alarm["taken"] else "还没有人确认"
    return f"【急】急 {alarm['number']}：{lane_text(alarm['lane'])}{about}（{state}）"


def _call_buttons(call: Mapping[str, Any]) -> list[Button]:
    """Return what may be done about a call: its next task, or, when none is left, that it is done."""
    if call["todo"]:
        task = call["todo"][0]
        label = f"{call['number']} 号做了：{CALL_TASKS[CallTask(task)].partition('，')[0].partition('：')[0]}"
        return [Button(label, data(Verb.CALL_TASK, call["number"], task))]
    return [Button(f"{call['number']} 号已处理", data(Verb.CALL_DONE, call["number"]))]


def case_lines(row: Mapping[str, Any]) -> str:
    """Return a case as the queue shows it."""
    provisional = "（暂定）" if row["provisional"] else ""
    urgent, late = "【紧急】" if row["urgent"] else "", "【补录】" if row.get("late") else ""
    return phrases.lines(
        f"{urgent}编号 {phrases.receipt(row['receipt'])}{late}",
        f"环节：{row['stage']}",
        f"地方：{row['place']}",
        f"期限：{phrases.day(row['due_on'])}{provisional}" if row["due_on"] else "",
    )


def _call(call: Mapping[str, Any], *, full: bool) -> str:
    return phrases.lines(
        f"【请回电】{call['number']} 号：{REASONS[CallReason(call['reason'])]}（{phrases.day(call['opened_on'])}）",
        f"电话：{call['phone']}" if full and call["phone"] else "",
        "匿名：请不要追查是谁说的" if call["anonymous"] else "",
        f"说的话：{call['text']}" if full and call["text"] else "",
        "电话和说的话，请到办件台看。" if not full else "",
        *(f"· 要做：{CALL_TASKS[CallTask(task)]}" for task in call["todo"]),
    )


def _case(params: Mapping[str, Any]) -> Message:
    facts, full = params["facts"], params["personal_data"]
    text = phrases.lines(
        "这一步现在办不了，看看现在到了哪一步：" if params["unavailable"] else "",
        case_lines(params),
        f"户主：{facts['householder']}" if full and facts.get("householder") else "",
        f"领办人：{facts['holder']}" if facts.get("holder") else "还没有人领办",
        f"可能重复：{'、'.join(phrases.receipt(number) for number in facts['duplicates'])}"
        if facts.get("duplicates")
        else "",
        "" if params["choices"] else "这个件现在没有您能办的步骤。",
    )
    version = str(params["version"])
    events = [
        Button(EVENTS[Event(choice["event"])], data(Verb.EVENT, params["receipt"], version, choice["event"]))
        for choice in params["choices"]
    ]
    reveal = (
        phrases.rows(Button("看姓名、电话和情况（会留痕）", data(Verb.REVEAL, params["receipt"])))
        if full
        else phrases.at_desk(params["page"], f"case/{params['receipt']}")
    )
    return Message(text, (*phrases.rows(*events), *reveal, (phrases.QUEUE,)))


def _elsewhere(params: Mapping[str, Any]) -> Message:
    text = f"编号 {phrases.receipt(params['receipt'])}\n这一步要写这一户的情况，这里不能写，请到办件台办。"
    case = phrases.rows(Button("回到这个件", data(Verb.CASE, params["receipt"])), phrases.QUEUE)
    return Message(text, (*phrases.at_desk(params["page"], f"case/{params['receipt']}"), *case))


def _people(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        f"编号 {phrases.receipt(params['receipt'])}",
        f"户主：{params['householder']}  电话：{params['phone']}",
        f"报的人：{params['reporter']}" if params.get("reporter") else "",
        f"关系：{params['relation']}",
        f"地方：{params['place']}",
        f"原因：{params['causes']}",
        f"急事：{params['danger']}" if params["danger"] else "",
        f"难处：{phrases.beginning(params['story'])}",
        f"照片、语音：{params['files']} 份，请在网页上看" if params["files"] else "",
        "这次查看已经记下。请不要转发、截图。",
    )
    case = Button("回到这个件", data(Verb.CASE, params["receipt"]))
    return Message(text, phrases.rows(case, phrases.QUEUE))


def _ask(params: Mapping[str, Any]) -> Message:
    event = Event(params["event"])
    asked = field_of(event, params["field"])
    text = f"{event_label(event)}（编号 {phrases.receipt(params['receipt'])}）\n请写：{asked.label}"
    if asked.type is WrittenType.DATE:
        return Message(f"{text}，比如：今天、昨天、3月5日。", phrases.rows(phrases.CANCEL_PLAIN))
    others = params.get("others", []) if asked.name == MORE else []
    more = [Button(f"编号后四位 {other[-4:]}", data(Verb.FIELD, other)) for other in others[:_BUTTONS]]
    choices = [*more, *(Button(choice, data(Verb.FIELD, choice)) for choice in (*asked.choices, *asked.offered))]
    return Message(f"{text}\n（{asked.help}）", (*phrases.rows(*choices, width=3), *phrases.rows(phrases.CANCEL_PLAIN)))


def _terms(params: Mapping[str, Any]) -> Message:
    said = (f"“{one['term']}”是过时的叫法，现在叫{one['instead']}。" for one in params["terms"])
    return Message(phrases.lines("已记下，下次请换个说法：", *said))


def _unclear(params: Mapping[str, Any]) -> Message:
    return Message(f"“{field_label(params['field'])}”没看明白，请再写一遍。")


def _done(params: Mapping[str, Any]) -> Message:
    also = f"，连同另外 {params['households'] - 1} 户" if params["households"] > 1 else ""
    text = f"记下了：{params['label']}{also}。\n编号 {phrases.receipt(params['receipt'])} 现在：{params['stage']}。"
    case = Button("看这个件", data(Verb.CASE, params["receipt"]))
    return Message(text, phrases.rows(case, phrases.QUEUE))


def _notice(params: Mapping[str, Any]) -> Message:
    number = params["number"]
    days = f"从{phrases.day(params['starts_on'])}贴到{phrases.day(params['ends_on'])}"
    what = f"第 {number} 张公示，{params['households']} 户，{days}"
    text = (
        f"补录好了：{what}，记的是当时真正张贴的日子。贴满以后再记公示期满。"
        if params["hangs"]
        else f"起草好了：{what}。\n请打印盖章，贴出去，拍下照片，再回来点“{event_label(Event.NOTICE_POSTED)}”。"
    )
    case = Button("看这个件", data(Verb.CASE, params["receipt"]))
    return Message(text, (*phrases.at_desk(params["page"], f"notices/{number}"), *phrases.rows(case, phrases.QUEUE)))


def _bound(params: Mapping[str, Any]) -> Message:
    text = phrases.lines("绑定好了，您在这里可以办件：", *params["duties"], "发“待办”看等您办的件。")
    return Message(text, phrases.rows(phrases.QUEUE))


def _call_done(params: Mapping[str, Any]) -> Message:
    return Message(f"{params['number']} 号记为已处理。", phrases.rows(phrases.QUEUE))


def _call_worked(params: Mapping[str, Any]) -> Message:
    left = [CALL_TASKS[CallTask(task)] for task in params["todo"]]
    text = phrases.lines(f"{params['number']} 号记下了。", *(f"· 还要做：{task}" for task in left))
    done = [] if left else [Button(f"{params['number']} 号已处理", data(Verb.CALL_DONE, params["number"]))]
    return Message(text, phrases.rows(*done, phrases.QUEUE))


def _alarm_taken(params: Mapping[str, Any]) -> Message:
    text = f"急 {params['number']} 记在您名下了，对方已经知道有人在办。请马上联系。"
    case = [Button("看这个件", data(Verb.CASE, params["receipt"]))] if params["receipt"] else []
    return Message(text, phrases.rows(*case, phrases.QUEUE))


def _alarm_false(params: Mapping[str, Any]) -> Message:
    return Message(f"急 {params['number']} 记成误报，不追究谁。困难的事照常往下办。", phrases.rows(phrases.QUEUE))


def _not_officer(_params: Mapping[str, Any]) -> Message:
    return Message("这里没有绑定工作人员。工作人员请用管理员给的一次性链接打开一次。")


WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.DESK_QUEUE: _queue,
    Say.DESK_CASE: _case,
    Say.DESK_PEOPLE: _people,
    Say.DESK_ELSEWHERE: _elsewhere,
    Say.DESK_ASK: _ask,
    Say.DESK_TERMS: _terms,
    Say.DESK_UNCLEAR: _unclear,
    Say.DESK_DONE: _done,
    Say.DESK_NOTICE: _notice,
    Say.BOUND: _bound,
    Say.DESK_CALL_DONE: _call_done,
    Say.DESK_CALL_WORKED: _call_worked,
    Say.DESK_ALARM: _alarm_taken,
    Say.DESK_ALARM_FALSE: _alarm_false,
    Say.DESK_NOT_OFFICER: _not_officer,
}
