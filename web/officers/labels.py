"""Small words of the console's pages: places, dates with their distance, who did something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from jinja2 import pass_context
from jinja2.runtime import Context

from bot.wording import phrases
from bot.wording.cases import event_label, field_label, task_label
from cases.case import Case
from cases.officers import load_officer
from cases.states import Event
from language.dates import full_date
from places.gazetteer import Gazetteer, UnknownAreaError, written
from storage.store import Store
from storage.times import SHANGHAI, from_text, local_date

_SOON_DAYS: Final = 3
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Due:
    """A limit in words, and how near it is: ``late``, ``today``, ``soon``, ``calm`` or ``none``."""

    day: str
    distance: str
    tone: str


def due_of(case: Case, today: date) -> Due:
    """Return the earliest limit of a case."""
    return Due("", "无期限", "none") if case.due_on is None else due_on(case.due_on, today, case.due_provisional)


def due_on(day: date, today: date, provisional: bool = False) -> Due:
    """Return a limit in words."""
    left = (day - today).days
    tone = "late" if left < 0 else "today" if left == 0 else "soon" if left <= _SOON_DAYS else "calm"
    distance = f"超期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"还有 {left} 天"
    return Due(short_day(day, today) + ("（暂定）" if provisional else ""), distance, tone)


def short_day(day: date, today: date | None = None) -> str:
    """Return a day as 3月12日 周四; with its year where *today* lies in another one."""
    year = f"{day.year}年" if today is not None and today.year != day.year else ""
    return f"{year}{day.month}月{day.day}日 周{'一二三四五六日'[day.weekday()]}"


def moment(instant: datetime, today: date | None = None) -> str:
    """Return an instant in Shanghai as 3月12日 09:30; with its year unless *today* lies in it."""
    local = instant.astimezone(SHANGHAI)
    year = "" if today is not None and today.year == local.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


@pass_context
def _short_day(context: Context, day: date) -> str:
    return short_day(day, context.get("today"))


@pass_context
def _moment(context: Context, instant: datetime) -> str:
    return moment(instant, context.get("today"))


@dataclass(frozen=True)
class Places:
    """Names of areas, with the areas that the data folder adds."""

    gazetteer: Gazetteer

    def whole(self, code: str) -> str:
        """Return the whole path of an area, or its code where the gazetteer does not know it."""
        try:
            return self.gazetteer.path(code)
        except UnknownAreaError:
            return code

    def written(self, code: str) -> str:
        """Return the whole path of an area as people write it: 甘肃省白银市会宁县."""
        return written(self.whole(code))

    def short(self, code: str) -> str:
        """Return the last two names of an area: 会师镇 南家咀头村."""
        return " ".join(self.whole(code).split("/")[-2:])

    def last(self, code: str) -> str:
        """Return the last name of an area."""
        return self.whole(code).rsplit("/", 1)[-1]

    @property
    def filters(self) -> dict[str, Callable[..., object]]:
        """The names as filters of templates."""
        return {"place": self.written, "short_place": self.short, "last_place": self.last}


def officer_names(store: Store, ids: Iterable[str | None]) -> dict[str, str]:
    """Return the names of officers by id."""
    return {one: load_officer(store, one).name for one in set(ids) if one}


def details_in_words(store: Store, places: Places, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was written down with an event as pairs of label and text."""
    return [(field_label(name), _value(store, places, name, value)) for name, value in details.items()]


def _value(store: Store, places: Places, name: str, value: Any) -> str:
    if name == "officer":
        return load_officer(store, value).name
    if name == "area_code":
        return places.short(str(value))
    if name == "sheet":
        return "已填"
    if name in {"photo", "attachments"}:
        return "有照片" if isinstance(value, str) else f"{len(value)} 张"
    return "、".join(map(str, value)) if isinstance(value, list) else _date_or_text(str(value))


def _date_or_text(text: str) -> str:
    """Return a stored date as people write it, and any other text as it is."""
    return full_date(date.fromisoformat(text)) if _DATE.fullmatch(text) else text


_ACTORS: Final = {"officer": "工作人员", "reporter": "申报人", "clock": "系统", "chat": "聊天", "operator": "管理员"}


def actor_label(actor: str) -> str:
    """Return who acted, as the audit trail may say it: what he is, and the beginning of his id."""
    kind, _, rest = actor.partition(":")
    return f"{_ACTORS.get(kind, kind)} {rest[:6]}".strip()


_SUBJECTS: Final = {
    "case": "件",
    "officer": "工作人员",
    "public_notice": "公示第",
    "referral": "转办第",
    "meeting": "会议第",
    "document": "资料",
    "entry": "问答",
    "upload": "导入第",
    "batch": "批复第",
    "area": "地方",
    "alarm": "急事第",
    "call": "回电第",
    "backup": "备份",
    "clock": "时钟",
    "folder": "数据文件夹",
}


def subject_label(subject: str) -> str:
    """Return what an entry of the audit trail is about, as its reader says it: the kind, and its number or key."""
    kind, _, key = subject.partition(":")
    name = _SUBJECTS.get(kind, kind)
    return f"{name} {key[:8]}{' 号' if name.endswith('第') else ''}".strip()


# What the audit trail calls events that are none of a case.
_TRAIL: Final = {
    "case.revealed": "查看姓名、电话和情况",
    "officer.appointed": "登记工作人员",
    "officer.link_issued": "给一次性链接",
    "officer.bound": "绑定聊天",
    "officer.duties_changed": "换角色或地方",
    "officer.removed": "停用工作人员",
    "officer.on_leave": "登记休假",
    "officer.signed_in": "登录",
    "officer.code_wrong": "第二道验证没通过",
    "officer.password_set": "设密码",
    "officer.second_factor_set": "开第二道验证",
    "officer.second_factor_ended": "关第二道验证",
    "public_notice.drafted": "起草公示",
    "public_notice.posted": "公示张贴",
    "public_notice.ended": "公示揭下",
    "public_notice.printed": "打印公示",
    "public_notice.overdue": "公示到期没揭，提醒",
    "public_notice.objected": "登记异议",
    "public_notice.objection_answered": "答复异议",
    "public_notice.objection_revealed": "查看异议内容",
    "meeting.recorded": "记评议会",
    "minutes.recorded": "记审核会",
    "meeting.printed": "打印会议文书",
    "meeting.signed_in": "补签到表照片",
    "referral.sent": "转办",
    "referral.signed": "转办签收",
    "referral.answered": "转办办结",
    "referral.returned": "转办退回",
    "referral.printed": "打印转办单",
    "referral.overdue": "转办超期，提醒",
    "call.opened": "要回电",
    "call.closed": "已回电",
    "call.task_done": "记一步回电",
    "alarm.raised": "急事：开始叫人",
    "alarm.confirmed": "急事：有人确认",
    "alarm.false": "急事：误报",
    "alarm.ended": "急事：了结",
    "duty.set": "排值班",
    "officer.phone_noted": "登记工作人员电话",
    "case.linked": "标为可能同一户",
    "case.overdue": "超期上报",
    "case.erasure_asked": "请求删掉个人信息",
    "case.erased": "删掉个人信息",
    "case.paper_expires": "证件快到期，提醒",
    "case.split": "分户",
    "case.joined": "并户",
    "area.merged": "并村",
    "batch.decided": "县级批复",
    "referral.received": "收到转办",
    "key.changed": "换主密钥",
    "key.admitted": "登记签名公钥",
    "backup.made": "备份",
    "document.corrected": "更正资料",
    "document.retired": "撤下资料",
    "document.restored": "恢复资料",
    "document.succeeded": "认定新版代替旧版",
    "document.parted": "新版旧版改回各管各的",
    "document.uploaded": "导入文件",
    "document.taken_in": "收进资料",
    "document.dropped": "没有收的文件",
    "entry.published": "发布问答",
    "entry.given_back": "恢复附带的写法",
    "question.answered": "答复没答上的问题",
    "question.put_aside": "没答上的问题放到一边",
    "feedback.settled": "处理“没用”",
}


def trail_label(event: str) -> str:
    """Return what the audit trail's event is called; one that has no name here, as it is written."""
    room, _, name = event.partition(".")
    known = room == "case" and name in {one.value for one in Event}
    return _TRAIL.get(event) or (event_label(name) if known else event)


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "due_of": due_of,
    "due_on": due_on,
    "short_day": _short_day,
    "moment": _moment,
    "local_day": local_date,
    "instant": from_text,
    "actor_label": actor_label,
    "subject_label": subject_label,
    "trail_label": trail_label,
    "receipt": phrases.receipt,
    "event_label": event_label,
    "field_label": field_label,
    "task_label": task_label,
}
