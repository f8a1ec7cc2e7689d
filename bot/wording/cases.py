"""What a case is called in plain words: its stage, its events, what is written down with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from cases.concerns import Concern, ConcernKind
from cases.details.describing import label_of
from cases.states import Event, State
from cases.tasks import TaskKind

# Stages as villagers read them. Officers read the official names of the workflow.
STAGES: Final[Mapping[State, str]] = {
    State.SUBMITTED: "已经收到，等村里受理",
    State.ACKNOWLEDGED: "村里受理了，等人上门看",
    State.UNDER_VERIFICATION: "上门看过了，正在核实",
    State.UNDER_APPRAISAL: "村里开会商量过了，等着贴名单",
    State.ON_PUBLIC_NOTICE: "名单贴在村里",
    State.UNDER_TOWNSHIP_REVIEW: "乡镇在看",
    State.AWAITING_COUNTY_DECISION: "等县上最后定",
    State.MONITORED: "列为重点帮扶户了（不等于发钱）",
    State.RESOLUTION_PROPOSED: "村里看您家难处过去了，要再上门看",
    State.RESOLUTION_VERIFIED: "又上门看过了，村里要开会商量还管不管",
    State.RESOLUTION_APPRAISED: "村里商量过了，等着贴名单",
    State.ON_RESOLUTION_NOTICE: "名单贴在村里，不服可以提",
    State.RESOLUTION_UNDER_REVIEW: "乡镇在看还管不管",
    State.AWAITING_RESOLUTION: "等县上定还管不管",
    State.RISK_RESOLVED: "不再按重点户管了",
    State.DECLINED: "没有列为重点帮扶户",
    State.WITHDRAWN: "撤回了，不再往下办",
}

EVENTS: Final[Mapping[Event, str]] = {
    Event.SUBMITTED: "提交",
    Event.CLAIMED: "领办",
    Event.RELEASED: "退回待领",
    Event.TRANSFERRED: "转给同事",
    Event.RECUSED: "回避",
    Event.PLACED: "转到所属村",
    Event.ACKNOWLEDGED: "受理",
    Event.HOME_VISIT_RECORDED: "记录入户核查",
    Event.CONSENT_SIGNED: "记录补签授权书",
    Event.HOUSEHOLD_RECORDED: "填入户采集表",
    Event.CROSS_CHECKED: "记录信息比对",
    Event.APPRAISAL_RECORDED: "记录民主评议",
    Event.NOTICE_POSTED: "记录张贴公示",
    Event.NOTICE_ENDED: "记录公示期满",
    Event.TOWNSHIP_APPROVED: "乡镇审核同意",
    Event.COUNTY_APPROVED: "县级审定纳入",
    Event.ANNOUNCED: "记录村内公告",
    Event.ENTERED_NATIONALLY: "记录录入全国系统",
    Event.PLAN_MADE: "记录一户一策",
    Event.MEASURE_RECORDED: "记录落实帮扶措施",
    Event.SUPPORT_CHANGED: "更换帮扶联系人",
    Event.VISITED: "记录走访",
    Event.PAPER_KEPT: "登记证件有效期",
    Event.REASSESSED: "记录重新研判（回头看）",
    Event.RETURNED: "退回补充",
    Event.DECLINE_PROPOSED: "建议不纳入",
    Event.DECLINE_CONFIRMED: "确认不纳入",
    Event.DECLINE_REFUSED: "不同意“不纳入”",
    Event.MARKED_URGENT: "标为紧急",
    Event.FALSE_ALARM: "记为误报",
    Event.AID_RECORDED: "记录先行救助",
    Event.SUPPLEMENTED: "申报人补充",
    Event.CORRECTED: "申报人更正",
    Event.VISIT_ANSWERED: "申报人说有没有人来过",
    Event.CALLED_BACK: "记录回访",
    Event.NOTED: "备注",
    Event.TOLD: "记录当面或电话告知",
    Event.WITHDRAWN: "申报人撤回",
    Event.REINSTATED: "申报人收回撤回",
    Event.REVIEW_REQUESTED: "申报人不服，请再查",
    Event.REVIEW_UPHELD: "再查后维持原结果",
    Event.REVIEW_REOPENED: "再查后重新办",
    Event.HOUSEHOLD_ASKED: "问过这一户愿不愿意",
    Event.HOUSEHOLD_DECLINED: "两个人问过，这一户不想报",
    Event.ADMITTED: "看过，照常办",
    Event.LINK_SETTLED: "认定是不是同一户",
    Event.RESOLUTION_PROPOSED: "提出风险消除",
    Event.RESOLUTION_DROPPED: "风险没有消除，继续监测",
    Event.RISK_RESOLVED: "标注风险消除",
}

# Fields of papers and of the reporter's form; those of events are described where they are defined.
FIELDS: Final[Mapping[str, str]] = {
    "until_on": "休假最后一天",
    # Papers.
    "starts_on": "公示开始日期",
    "supervision": "监督电话（在配置的 [contacts] 里填）",
    "raised_on": "提异议的日期",
    "decided_on": "批复日期",
    "sent_on": "转办日期",
    "sign_by": "签收期限",
    "due_on": "办结期限",
    "signed_on": "签收日期",
    "closed_on": "办结日期",
    "asked": "请对方办什么",
    # The reporter's own form.
    "submission_id": "提交编号",
    "householder": "户主姓名",
    "phone": "电话",
    "story": "难处",
    "group": "社（组）",
    "approach": "这家人知不知道",
    "living_code": "现在住的地方",
    "place_text": "地方的写法",
    "reporter_name": "报的人姓名",
    "consent": "同意书",
}

# Tasks beside the main path, as officers read them.
TASKS: Final[Mapping[TaskKind, str]] = {
    TaskKind.CONFIRM_DECLINE: "“建议不纳入”等另一个人确认",
    TaskKind.TELL_REPORTER: "当面或电话告知申报人",
    TaskKind.SIGN_CONSENT: "补签承诺授权书",
    TaskKind.RECORD_HOUSEHOLD: "填入户采集表",
    TaskKind.CROSS_CHECK: "信息比对",
    TaskKind.ANNOUNCE: "村内公告结果",
    TaskKind.ENTER_NATIONALLY: "录入全国系统",
    TaskKind.MAKE_PLAN: "定一户一策和帮扶联系人",
    TaskKind.HAND_CARD: "把印了新联系人的帮扶卡送到户",
    TaskKind.ANNOUNCE_RESOLUTION: "村内公告风险消除",
    TaskKind.MARK_RESOLUTION: "在全国系统标注风险消除",
    TaskKind.CALL_BACK: "回访这一户（问本人，别问代收的）",
    TaskKind.REVIEW: "申报人不服，再查一遍",
    TaskKind.ASK_HOUSEHOLD: "别人替报的：这一户愿意了才往下办（问的时候别说是谁报的）",
    TaskKind.CHECK_FLOOD: "一部电话短时间里报来好几件，看过再办",
}

# Those that a household is told of, in its own words.
HOUSEHOLD_TASKS: Final[Mapping[TaskKind, str]] = {
    TaskKind.SIGN_CONSENT: "要请您家在承诺授权书上签字（不会写字的按手印），村里上门时带来",
    TaskKind.CROSS_CHECK: "正在核对家里的收入和财产",
    TaskKind.ANNOUNCE: "结果还要在村里贴出来",
    TaskKind.ENTER_NATIONALLY: "还要录到全国系统里",
    TaskKind.MAKE_PLAN: "正在定您家的帮扶办法和联系人",
    TaskKind.ANNOUNCE_RESOLUTION: "结果还要在村里贴出来",
    TaskKind.REVIEW: "乡镇在再查一遍",
}


# What an inspector would ask, said to the officers first.
CONCERNS: Final[Mapping[ConcernKind, str]] = {
    ConcernKind.SAME_INCOME_AS_BEFORE: "收入各项和上一次填的一模一样，请核对是不是照抄",
    ConcernKind.SAME_INCOME_AS_ANOTHER: "收入各项和另一户一模一样（雷同），请核对",
    ConcernKind.TOO_MANY_VISITS: "同一组人这一天入户 {count} 户，请核对日期",
    ConcernKind.ONE_VISITOR: "入户要两个人以上，请补写入户人员",
    ConcernKind.RECORD_BEFORE_VISIT: "采集表的日期早于第一次入户，请核对",
    ConcernKind.MEETING_AFTER_NOTICE: "公示的日期早于评议会，请核对",
    ConcernKind.COMPARED_BEFORE_CONSENT: "信息比对的日期早于授权书签字，请核对",
    ConcernKind.SINGLE_DIBAO_BESIDE_ILLNESS: "家里有大病的人，低保只保了一个人，请看是不是该整户保、该纳入监测",
    ConcernKind.AID_INSTEAD_OF_MONITORING: "理由里写了救助或低保：防止体外循环，请写清为什么没有返贫致贫风险",
    ConcernKind.RESOLVED_EARLY: "纳入不到半年就提出消除，请核对收入是不是稳定了半年",
    ConcernKind.RETURNED_PIECEMEAL: "同一步退回了 {count} 次：缺什么要一次说全",
    ConcernKind.VISITED_FROM_AFAR: "是电话或视频核查的，人回来以后请补一次上门",
    ConcernKind.OUTDATED_TERMS: "记录里有 {count} 种过时的叫法（如“贫困户”），引用原话和文件名的除外，请改用现在的叫法",
    ConcernKind.NOT_LOOKED_AT: "半年以上没有重新研判，请再入户看看，该消除的提出消除",
}


def stage_text(state: State, *, above: bool) -> str:
    """Return a stage as villagers read it. *above*: the township has the case, and no village does."""
    return STAGES[state].replace("等村里受理", "等乡镇看") if above else STAGES[state]


def concern_text(concern: Concern) -> str:
    """Return a concern as officers read it."""
    return CONCERNS[concern.kind].format(count=concern.count)


def task_label(kind: str) -> str:
    """Return what a task is called among officers."""
    return TASKS[TaskKind(kind)]


def household_tasks(kinds: Iterable[str]) -> list[str]:
    """Return the tasks that concern the household, in its own words."""
    return [HOUSEHOLD_TASKS[TaskKind(kind)] for kind in kinds if kind in HOUSEHOLD_TASKS]


def event_label(event: str) -> str:
    """Return the official name of an event."""
    return EVENTS[Event(event)]


def field_label(field: str, event: str | None = None) -> str:
    """Return what a field is called, where *event* needs it if it has a name of its own there."""
    return FIELDS.get(field) or label_of(field, Event(event) if event else None) or field
