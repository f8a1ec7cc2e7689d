"""Whether the people are there: officers at each level, numbers to call, who answers an alarm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.conditions.condition import Condition, House
from cases.actors import Role
from cases.duty.alarms import unconfirmed
from cases.officers import all_officers, chats_of_officer
from cases.staffing import unstaffed
from cases.workflow import load_workflow

_NUMBERS: Final = {
    "township": "乡镇",
    "county_rural_affairs": "县级部门",
    "duty": "值班",
    "protection": "妇女儿童保护",
    "child_worker": "儿童工作",
    "discipline": "纪检监察",
}
_LANES: Final = (Role.PROTECTION, Role.CHILD_WORKER, Role.DISCIPLINE)
_UNHEARD: Final = timedelta(minutes=30)


def people(house: House) -> Iterator[Condition]:
    """Yield what is so with officers and numbers."""
    configured = house.settings.contacts
    missing = [label for key, label in _NUMBERS.items() if not getattr(configured, key)]
    said = f"还没填：{'、'.join(missing)}" if missing else "填好了"
    yield Condition(
        "本地电话", not missing, said, "公示要印监督电话，急事要有值班电话。请在配置的 [contacts] 里填核实过的。"
    )
    officers = all_officers(house.store)
    empty = dict.fromkeys(
        one.state_label for one in unstaffed(house.store, load_workflow(house.settings.cases.workflow))
    )
    said = f"没有人办：{'、'.join(empty)}" if empty else f"共 {len(officers)} 位，各级都有人"
    staffed = bool(officers) and not empty
    yield Condition(
        "工作人员", staffed, said if officers else "一位都没有", "缺了哪一级，件就停在那一级。请管理员登记。"
    )
    held = {grant.role for officer in officers for grant in officer.grants}
    vacant = [role.label for role in _LANES if role not in held]
    said = f"没有专人：{'、'.join(vacant)}（先由乡镇、县级代接）" if vacant else "都有专人"
    yield Condition("专线", not vacant, said, "家暴、孩子、反映干部的事不经村里，请登记专人：bangfu officer add。")
    reached = any(chats_of_officer(house.store, officer.id) for officer in officers)
    unheard = unconfirmed(house.store, before=house.now - _UNHEARD)
    said = (
        f"有 {unheard} 件急事半小时没人确认"
        if unheard
        else "有人收得到"
        if reached
        else "没有一位绑定聊天，急事催不到人"
    )
    yield Condition(
        "急事有人应", reached and not unheard, said, "请马上看待办；让值班的人绑定聊天，用 bangfu duty set 排班。"
    )
