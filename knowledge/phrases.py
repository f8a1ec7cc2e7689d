"""The sentences that retrieval itself says: whose rule, which year, what is not known and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.applicability import Timing
from knowledge.documents import Document
from knowledge.entries import Contact, Entry, Grade
from knowledge.standing import Authority, DocumentKind, Stage
from language.dates import full_date
from places.gazetteer import written
from settings.schema import Contacts

ASK_FOR_PLACE = "这件事各地不一样。请问您是哪个省、哪个县的？"
TOO_LONG = "话太长了，只看了开头和末尾。要问的事，请单独说一句。"
NOTHING_FOUND = "这个问题，手头的材料里没有查到，不能乱说。"


OFFICES = {
    Contact.COUNTY_RURAL_AFFAIRS: "县农业农村（乡村振兴）部门",
    Contact.CIVIL_AFFAIRS: "县民政部门",
    Contact.MEDICAL_INSURANCE: "县医保部门",
    Contact.EDUCATION: "县教育部门",
    Contact.DISABLED_FEDERATION: "县残联",
    Contact.HOUSING: "县住建部门",
    Contact.EMERGENCY_MANAGEMENT: "县应急部门",
    Contact.WATER: "县水利部门",
    Contact.HUMAN_RESOURCES: "县人社部门",
    Contact.PROTECTION: "乡镇的妇女儿童保护联系人",
    Contact.CHILD_WORKER: "乡镇管孩子的人（儿童督导员）",
    Contact.DISCIPLINE: "纪检监察部门",
    Contact.DUTY: "值班电话",
}
_SEEN = {
    Grade.A: "看的是发布单位的原文",
    Grade.B: "看的是转载、报道",
    Grade.KNOWN: "是大家都知道的",
}
_STAGES = {Stage.CAMPAIGN: "脱贫攻坚期（2020年以前）", Stage.TRANSITION: "过渡期（2021—2025年）"}


def ask_which(questions: list[str], whom: str) -> str:
    """Return the question which of the likely things was meant."""
    lines = [f"{number}. {question}" for number, question in enumerate(questions, start=1)]
    return "\n".join(("您要问的是哪一样？", *lines, f"是哪一个，点一下，或者回个数字。都不是，{whom}"))


ASK_ALONE = "这一问没听准，请单独再问一遍。"
"""Said of one of several questions in a message that would be asked back if it stood alone."""


def both(parts: Iterable[tuple[str, str]]) -> str:
    """Return the answers to several questions of one message, each below its question."""
    return "\n\n".join(f"问：{question}\n{text}" for question, text in parts)


def whom_to_ask(contacts: Contacts, contact: Contact = Contact.TOWNSHIP) -> str:
    """Return whom to ask: the responsible office with its configured number, else the village or township."""
    number: str = getattr(contacts, contact.value)
    if contact is not Contact.TOWNSHIP and number:
        return f"请问{OFFICES[contact]}（电话 {number}），也可以打 12345。"
    if contacts.township:
        return f"请问村委会或乡镇（电话 {contacts.township}），也可以打 12345。"
    return "请问村委会或乡镇，也可以打 12345。"


def entry_provenance(entry: Entry) -> str:
    """Return the line below a digest: whose rule, which period, how far it is trusted."""
    place = "全国通用的说法" if entry.area == "全国" else f"{written(entry.area)}的规定"
    checked = full_date(entry.checked)
    return f"（{place}，{_period(entry)}。按出处整理，不是原话；{_SEEN[entry.grade]}，核对到{checked}。）"


def document_provenance(document: Document, place: str) -> str:
    """Return the line below a quote: which document, whose, which number, which day."""
    facts = [
        document.publisher,
        document.number,
        full_date(document.dated) if document.dated else "日期不详",
        written(place),
    ]
    return f"——《{document.title}》（{'，'.join(fact for fact in facts if fact)}）"


def entry_notices(entry: Entry, timing: Timing, *, elsewhere: bool) -> tuple[str, ...]:
    """Return the warnings that an entry's answer must carry."""
    notices = []
    if elsewhere:
        notices.append(f"这是{written(entry.area)}的规定，您那里以当地公布的为准。")
    if timing is Timing.ENDED and entry.valid_to is not None:
        notices.append(f"这是到{_month(entry.valid_to)}为止的规定，现在不一定还这样。")
    if timing is Timing.STAGE_OVER:
        notices.append(_stage_over(entry.stage))
    return tuple(notices)


def document_notices(document: Document, timing: Timing, place: str, *, elsewhere: bool) -> tuple[str, ...]:
    """Return the warnings that a quote from a document must carry."""
    year, place = f"{document.dated.year}年" if document.dated else "", written(place)
    if document.kind in (DocumentKind.REPORT, DocumentKind.SPEECH):
        return (f"这是{place}{year}的{document.kind}，说的是当地当时的情况，不是政策规定。",)
    notices = []
    if elsewhere:
        notices.append(f"这是{place}的规定，您那里以当地公布的为准。")
    if document.authority is Authority.MEDIA:
        notices.append("这是媒体报道，办事以政府文件为准。")
    if document.authority is Authority.UNKNOWN:
        notices.append("这份资料看不出是不是政府发的，办事以政府文件为准。")
    if timing is Timing.ENDED:
        notices.append(f"这是{year}的规定，已经过期或被新文件代替。")
    if timing is Timing.STAGE_OVER:
        notices.append(_stage_over(document.stage))
    return tuple(notices)


def passage_notices(speaker: str, place: str) -> tuple[str, ...]:
    """Return the warning that a quote is another's finding, which the document only passes on."""
    return (f"这一段是转述{speaker}里的问题，不是{written(place)}自己的情况。",) if speaker else ()


def handed_on(title: str, number: str, *, here: bool) -> str:
    """Return the warning that a quote hands on what another paper says; ``here`` tells that this paper is taken in."""
    cited = f"《{title}》" + (f"（{number}）" if number else "")
    rest = "那一份也收进来了，以那一份为准" if here else "那一份没有收进来，办事以它的原文为准"
    return f"这一段是转引{cited}的话，{rest}。"


def not_local(place: str) -> str:
    """Return the warning that the place asked about has no rule of its own here."""
    return f"您问的是{written(place)}。没有查到当地的规定，这是全国的说法，以当地公布的为准。"


def not_that_year(year: int) -> str:
    """Return the warning that nothing is known of the year asked about."""
    return f"您问的是{year}年的。没有查到那一年的规定，这是别的年份的，不能照用。"


def nothing_of(place: str) -> str:
    """Return the refusal that names the place asked about."""
    return f"您问的是{written(place)}。{NOTHING_FOUND}"


def nothing_about(subject: str) -> str:
    """Return that nothing here tells of the subject that is probably asked about."""
    return f"您问的像是“{subject}”，手头的材料里没有写这件事，不能乱说。"


def withheld(here: str, places: list[str]) -> str:
    """Return the refusal to pass off another place's rule as the asker's own."""
    return f"没有查到{written(here)}的规定。查到的是{'、'.join(map(written, places))}的，不能照用。"


def _stage_over(stage: Stage) -> str:
    return f"这是{_STAGES[stage]}的规定。2026年起是常态化帮扶，新的规定以当地公布为准。"


def _period(entry: Entry) -> str:
    if entry.valid_from is not None and entry.valid_to is not None:
        return f"{_month(entry.valid_from)}至{_month(entry.valid_to)}"
    if entry.valid_from is not None:
        return f"{_month(entry.valid_from)}起"
    if entry.valid_to is not None:
        return f"到{_month(entry.valid_to)}为止"
    return "起止日期没有写明"


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"
