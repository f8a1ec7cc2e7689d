"""Why something was refused, worded from its code: what is the matter, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from bot.memory.call_tasks import CallTask
from bot.turn import Message
from bot.wording import phrases
from bot.wording.cases import STAGES, event_label, field_label, task_label
from bot.wording.desk import CALL_TASKS
from cases.actors import Role
from cases.states import State
from language.dates import calendar_phrase, full_date
from storage.times import SHANGHAI, local_date

_DIGITS_OF: Final = {2: "省", 4: "市", 6: "县", 9: "乡镇", 12: "村"}


def refusal(params: Mapping[str, Any]) -> Message:
    """Return the sentence for a refusal: ``code`` and ``fields``."""
    fields = params["fields"] if params.get("personal_data", True) else _bare(params["fields"])
    return Message(REFUSALS[params["code"]](fields))


def _bare(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields without the words that must not hang in public, which may not travel either."""
    leaks = [{name: value for name, value in leak.items() if name != "what"} for leak in fields.get("leaks", ())]
    inner = fields.get("fields")
    return {
        **fields,
        **({"leaks": leaks} if leaks else {}),
        **({"fields": _bare(inner)} if isinstance(inner, Mapping) else {}),
    }


def _plain(text: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _fields: text


def _listed(fields: Sequence[str], event: str | None = None) -> str:
    return "、".join(field_label(field, event) for field in fields)


def _roles(fields: Mapping[str, Any]) -> str:
    roles = dict.fromkeys(Role(role).label for role in fields["roles"])
    return f"“{event_label(fields['event'])}”要由{'、'.join(roles) or '别的角色'}来办，您这里办不了。"


def _stale(fields: Mapping[str, Any]) -> str:
    changes = [
        f"· {phrases.day(local_date(datetime.fromisoformat(change['at'])).isoformat())} "
        f"{change['by'] or '申报人或系统'}：{event_label(change['event'])}"
        for change in fields["changes"]
    ]
    return phrases.lines("您看过以后，这个件变了，刚才的没有记上。变的是：", *changes, "请重新打开看了再办。")


def _wrong_date(fields: Mapping[str, Any]) -> str:
    given, earliest, latest = (date.fromisoformat(fields[name]) for name in ("given", "earliest", "latest"))
    one_year = given.year == earliest.year and latest.year in (given.year, date.max.year)
    day = calendar_phrase if one_year else full_date
    allowed = f"不能早于{day(earliest)}" if latest == date.max else f"只能在{day(earliest)}到{day(latest)}之间"
    return f"“{field_label(fields['field'])}”不能是{day(given)}，{allowed}。请照实际日期再写。"


def _set_back(fields: Mapping[str, Any]) -> str:
    written = datetime.fromisoformat(fields["written"]).astimezone(SHANGHAI)
    return (
        f"这台机器的时间不对：比已经记下的 {written:%Y-%m-%d %H:%M} 还早，刚才的没有记上。"
        "请管理员先把时间调准。确实是以前走快了、现在才对的，用 bangfu doctor --clock-is-right 写明。"
    )


def _scope(fields: Mapping[str, Any]) -> str:
    return f"{Role(fields['role']).label}管的地方至少要到{_DIGITS_OF.get(fields['digits'], '下一级')}，请写细一级。"


_CANNOT_HOLD: Final = {
    "holds": "这个件本来就是他领办的。",
    "recused": "他对这个件回避了，请换一个人。",
    "role": "他的角色或管的地方办不了这一步，请换一个人。",
    "away": "他在休假，或者是同一个人，请换一个人。",
}

_LEAKS: Final = {
    "id_number": "身份证号",
    "phone": "电话",
    "bank_card": "银行卡号",
    "health": "病情、残疾这类健康信息",
    "risk_type": "致贫原因（“因病”等于说出病情）",
    "address": "比村民小组更细的住址，或者不像组名",
    "minor": "未成年人",
    "other_person": "别人的姓名",
    "not_a_name": "不像一个姓名",
}


def _leak(fields: Mapping[str, Any]) -> str:
    found = [
        f"· 编号 {phrases.receipt(leak['receipt'])} 的“{field_label(leak['field'])}”里有"
        f"{_LEAKS[leak['kind']]}{'：' + leak['what'] if leak.get('what') else ''}"
        for leak in fields["leaks"]
    ]
    return phrases.lines("公示不能这样贴，有不该公开的内容：", *found, "请先把申报里的这一项改对，再起草公示。")


_MIXED: Final = {
    "nothing": "没有写要放进去的编号。请至少写一个。",
    "area": "这些户不在同一个地方，不能放在一张纸上。公示和评议按村，乡镇纪要按乡镇，批复按县，分开办。",
    "purpose": "有的户是要纳入，有的户是要消除风险，不能放在一张纸上。请分开办。",
    "same": "这是同一个件，不能并到自己。请对一对编号。",
    "not_on_it": "公示上没有这个编号或序号。请对一对。",
}
_PAPER_STATES: Final = {
    "posted_before": "这张公示已经张贴过了，不用再记。",
    "not_posted": "这张公示还没有张贴。",
    "ended_before": "这张公示已经揭下来了。",
    "objection_open": "还有异议没有答复。请先查实、答复，再记公示期满。",
    "objection_upheld": "有异议成立：这一户要先由乡镇退回重新核实，再记公示期满。",
    "answered_before": "这条已经有结果了，不用再记。",
    "not_signed": "这张转办单还没有签收。",
    "signed_before": "这张转办单已经签收了。",
    "closed_before": "这张转办单已经办结或退回了。",
    "no_such_sheet": "这种会没有这一张。评议会有记录、名单，乡镇审核会有记录、请示、名单，县级有批复、名单。",
    "number_taken": "这个文号已经用过。请对一对文号。",
}
_COUNTS: Final = {
    "quorum": "到会的人不够数，这次评议不算。请人到齐了再开，照实记。",
    "attended": "实到人数比应到人数还多，请对一对。",
    "votes": "同意、不同意、弃权加起来，要等于到会人数减去回避的人数。请对一对。",
    "recused": "回避的人比到会的人还多，请对一对。",
}


_PAPERS: Final = {
    "appraisal": (
        "还没有评议会的记录写到这一户，不能算评议过。"
        "请在办件台“会议”里、聊天里或用 bangfu meeting record 记评议会，一次会写全各户。"
    ),
    "sign_in": (
        "评议会签到表的照片还没有交，不能同意上报。请村里用 bangfu meeting sign-in 交照片，或在办件台“会议”里交。"
    ),
    "township_review": (
        "还没有乡镇审核会的纪要写到这一户，不能算审核过。"
        "请在办件台“会议”里、聊天里或用 bangfu meeting minutes 记审核会。"
    ),
    "county_decision": (
        "还没有县级批复写到这一户，不能算审定过。"
        "请在办件台“会议”里、聊天里或用 bangfu meeting batch 记批复，一户也可以。"
    ),
    "hung": (
        "这一户以前记过张贴，可是没有公示，也没有照片，不能往下走。真贴过的，现在补录：起草公示，开始日期写当时真正张贴的那天，"
        "交当时的照片；没有贴过或没有照片的，不能补，请乡镇退回，重新公示。"
    ),
    "posting": (
        "还没有张贴公示的照片，不能算贴过。请在办件台“公示”里、聊天里或用 bangfu notice draft 起草，贴好后交照片。"
    ),
    "taking_down": "还没有揭下公示的照片，不能算贴满。请在办件台“公示”里、聊天里或用 bangfu notice end 交照片。",
}


def _paper_item(fields: Mapping[str, Any]) -> str:
    return f"编号 {phrases.receipt(fields['receipt'])}：{REFUSALS[fields['reason']](fields['fields'])}整张都没有记上。"


_ERASURES: Final = {
    "role": "删个人信息要乡镇或县级的工作人员来办。",
    "running": "这个件还在办，或保存年限没到，不能删。",
    "not_asked": "还没有人提出删这一户。请先由一个人用 bangfu erase ask 提出。",
    "same_person": "提出的和确认的不能是同一个人，请换一个人确认。",
}


def _erasure(fields: Mapping[str, Any]) -> str:
    if fields["why"] == "too_early":
        return f"撤回的件要留到{phrases.day(fields['until'])}，这以前申报人还能收回，不能删。"
    return _ERASURES[fields["why"]]


REFUSALS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "cases.error": _plain("这一步没有办成。请再试一次，还不行就找管理员。"),
    "cases.workflow": _plain("办理流程的设置有错，暂时办不了。请管理员检查流程文件。"),
    "cases.clock_set_back": _set_back,
    "cases.calendar": _plain("工作日历的设置有错，暂时算不出期限。请管理员检查日历文件。"),
    "cases.invalid_report": lambda fields: f"还报不上去，这几样要补或要改：{_listed(fields['fields'])}。",
    "cases.not_found": _plain("没有找到这个编号的件。请对一对编号。"),
    "cases.not_permitted": _roles,
    "cases.not_possible": lambda fields: (
        f"这个件现在“{STAGES[State(fields['state'])]}”，不能办“{event_label(fields['event'])}”。"
    ),
    "cases.stale": _stale,
    "cases.already_claimed": lambda fields: f"{fields['holder']}已经领了这个件，不用重复领。要接手，请跟他商量。",
    "cases.missing_fields": lambda fields: (
        f"办“{event_label(fields['event'])}”还缺：{_listed(fields['fields'], fields['event'])}。"
    ),
    "cases.second_person": lambda fields: (
        f"“{event_label(fields['earlier'])}”是您办的，“{event_label(fields['event'])}”要换一个人来办。"
    ),
    "cases.no_proposal": _plain("现在没有“建议不纳入”等着确认。"),
    "cases.proposal_open": _plain("有一个“建议不纳入”还没了结。要先由另一个人确认或退回，才能往下办。"),
    "cases.no_task": lambda fields: f"现在没有要“{event_label(fields['event'])}”的事，可能已经办过了。",
    "cases.tasks_open": lambda fields: (
        f"办“{event_label(fields['event'])}”以前，要先办完：{'、'.join(map(task_label, fields['tasks']))}。"
    ),
    "cases.not_urgent": _plain("这个件没有标为紧急，不用记误报。"),
    "cases.recused": lambda fields: f"您对这个件回避了，“{event_label(fields['event'])}”要由别人来办。",
    "cases.not_holder": lambda fields: f"“{event_label(fields['event'])}”要由领办的人或他的上一级来办。",
    "cases.cannot_hold": lambda fields: _CANNOT_HOLD[fields["why"]],
    "cases.checklist": lambda fields: phrases.lines(
        "还不能提出风险消除，下面几条要先成立：", *(f"· {text}" for text in fields["unmet"])
    ),
    "cases.sheet": lambda fields: phrases.lines(
        f"采集表还缺：{'、'.join(fields['missing'])}。" if fields["missing"] else "",
        f"这几项填得不对：{'、'.join(fields['wrong'])}。" if fields["wrong"] else "",
    ),
    "cases.too_early": lambda fields: (
        f"日子还没满，要到{phrases.day(fields['ends_on'])}才能办“{event_label(fields['event'])}”。"
    ),
    "cases.wrong_date": _wrong_date,
    "cases.link_invalid": _plain("这个链接或码用不了：可能用过了、过期了，或抄错了。请重新要一个。"),
    "cases.officer_not_found": _plain("没有这个工作人员。请对一对编号或姓名。"),
    "cases.officer_ambiguous": lambda fields: (
        f"有几个人同名，请用编号：{'、'.join(str(number) for number in fields['numbers'])}。"
    ),
    "cases.scope": _scope,
    "cases.not_admin": _plain("这件事要由管这个地方的管理员来办。"),
    "cases.department": _plain("部门的工作人员要写明是哪个部门；别的角色不用写部门。"),
    "cases.too_many_lookups": lambda fields: f"查错的次数太多了，请过 {fields['minutes']} 分钟再查，或者直接问村委会。",
    "cases.paper_not_found": _plain("没有找到。请对一对号。"),
    "cases.paper_item": _paper_item,
    "cases.paper_mixed": lambda fields: _MIXED[fields["why"]],
    "cases.paper_state": lambda fields: _PAPER_STATES[fields["why"]],
    "cases.leak": _leak,
    "cases.paper_missing": lambda fields: _PAPERS[fields["paper"]],
    "cases.count": lambda fields: _COUNTS[fields["why"]],
    "cases.proof_missing": lambda fields: f"这样记不算告知到户，还缺：{_listed(fields['fields'])}。",
    "storage.error": _plain("数据存取出了错。请再试一次，还不行就找管理员。"),
    "storage.wrong_key": _plain("数据打不开：密钥不对。请管理员检查密钥。"),
    "storage.too_new": _plain("数据是新版本写的。请管理员升级程序。"),
    "storage.not_a_database": _plain("数据文件坏了。请管理员从备份恢复。"),
    "storage.seal_broken": _plain("有一处加密的内容打不开。请管理员检查数据。"),
    "storage.key_erased": _plain("这一户的个人信息已经按要求删掉了，看不到了。"),
    "storage.public_key": _plain("这个文件里没有能用的公钥。请用 bangfu verify --public-key 重新取一份。"),
    "storage.head_text": _plain("这不是存证码。请照纸上印的再抄一遍。"),
    "storage.transaction": _plain("程序出了错，刚才的没有记上。请再试一次，还不行就找管理员。"),
    "storage.attachment_missing": _plain("这份照片或语音找不到了。请再发一次。"),
    "cases.alarm_not_found": _plain("没有这个急件，或者已经了结了。"),
    "cases.alarm_taken": lambda fields: f"{fields['holder']}已经确认了，在办。要帮忙，请跟他联系。",
    "cases.erasure_refused": _erasure,
    "cases.erased": _plain("这一户的个人信息已经按要求删掉了，只剩编号和办理环节。"),
    "bot.call_tasks_open": lambda fields: (
        f"还不能记为已处理，要先做：{'；'.join(CALL_TASKS[CallTask(task)] for task in fields['tasks'])}。"
    ),
    "bot.call_not_found": _plain("没有这个回电，或者别人已经处理了。"),
}
