"""防返贫监测申报明白纸: for every household, how to report hardship and what then happens."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.wording.promises import PROMISES
from cases.calendar import Unit
from cases.rules import DeadlineKind, DeadlineRule, Workflow
from cases.states import Event
from language.dates import full_date
from settings.schema import Contacts
from web.leaflets.contacts import known_contacts
from web.leaflets.fonts import Font
from web.leaflets.leaflet import Leaflet

TITLE: Final = "防返贫监测申报明白纸"
_TROUBLES: Final = (
    "有人得了大病、慢性病，自己要掏的钱多",
    "孩子上学开销大，供不起",
    "家里有残疾人，或者没有能干活的人",
    "遭了水、旱、冰雹、火灾、房子成了危房",
    "出了车祸、工伤这样的意外",
    "养殖、种植、做生意亏了本",
    "打工没了活、工钱要不回来",
)
_WAYS: Final = (
    "微信扫右边的码，用自己的话说一句家里的情况，核对后点“提交”。",
    "不会用手机：到村委会当面说，或者请子女、亲戚、邻居、村干部代报，一样算。",
    "报完会得到一个编号。凭编号和电话，随时能查办到哪一步。",
)
_CODE_SIDE: Final = 40
_SAFETY: Final = (
    "全程不收一分钱。不要银行卡密码，不要短信验证码，不叫您先交钱，不叫您下载软件。",
    "谁说交钱、交手续费、交解冻费就能领扶贫款，就是骗子，打 110。",
)
# The order in which a household lives through the limits of a workflow.
_STEPS: Final = (Event.HOME_VISIT_RECORDED, Event.APPRAISAL_RECORDED, Event.NOTICE_ENDED, Event.COUNTY_APPROVED)


def report_leaflet(
    font: Font, workflow: Workflow, contacts: Contacts, *, county: str, address: str, printed_on: date
) -> bytes:
    """Return the leaflet of a county as PDF. *address* is what its QR code opens."""
    sheet = Leaflet(font, title=f"{county}{TITLE}", foot=_foot(workflow, printed_on))
    sheet.add_page()
    sheet.headline(TITLE, below=county)
    sheet.section("哪些情况可以报")
    sheet.points(_TROUBLES)
    sheet.say("不管以前是不是贫困户，家里遇上难处都可以报。报上去不等于能领钱，要有人上门看过、按程序定了才算。")
    sheet.section("怎么报")
    sheet.code(address, side=_CODE_SIDE, aside=True)
    with sheet.narrowed(_CODE_SIDE):
        sheet.points(_WAYS)
    sheet.section("报了以后")
    sheet.points(_steps(workflow))
    sheet.say("对结果不服，可以在告知书写明的日期以前要求乡镇再查一遍。", size=12)
    sheet.boxed(_SAFETY)
    sheet.section("问谁")
    sheet.say("；".join(known_contacts(contacts)))
    return sheet.finished()


def _steps(workflow: Workflow) -> list[str]:
    """Return the limits and spans of the workflow in the household's words, one reading of each."""
    rules = [(key, rule) for key, rule in workflow.deadlines.items() if not rule.beside]
    chosen = (next((one for one in rules if event in one[1].closed_by), None) for event in _STEPS)
    return list(dict.fromkeys(_step(*one) for one in chosen if one is not None))


def _step(key: str, rule: DeadlineRule) -> str:
    name = PROMISES.get(key, rule.label)
    unit = "个工作日" if rule.unit is Unit.WORKING_DAY else "天"
    return f"{name}：{'不少于' if rule.kind is DeadlineKind.SPAN else '最多'} {rule.value} {unit}。{rule.source}"


def _foot(workflow: Workflow, printed_on: date) -> str:
    return f"办理时限：{workflow.title}；印制日期 {full_date(printed_on)}"
