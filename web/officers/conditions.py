"""What must be so for everything to work, each named with what follows when it is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from cases.calendar import calendar_of
from cases.officers import all_officers
from cases.rules import Workflow
from cases.workflow import load_workflow
from knowledge.generations import live_generation
from settings.schema import Settings
from storage import audit, outbox
from storage.heads import latest_head
from storage.times import from_text, local_date
from web.officers.door import Desk

_BACKUP_DAYS: Final = 7
_HEAD_DAYS: Final = 2
_LEAST_BYTES: Final = 2_000_000_000
_MESSENGER: Final = "telegram"
# Limits that begin now may run this far.
_AHEAD: Final = timedelta(days=45)
_WAITING: Final = timedelta(hours=2)


@dataclass(frozen=True)
class Condition:
    """One thing that is so or not. ``remedy`` says what to do when it is not."""

    name: str
    good: bool
    state: str
    remedy: str = ""


def conditions(desk: Desk) -> list[Condition]:
    """Return every condition, what is degraded first."""
    found = [*_keeping(desk), *_serving(desk), *_people(desk)]
    return sorted(found, key=lambda one: one.good)


def _keeping(desk: Desk) -> Iterator[Condition]:
    made = audit.rows(desk.store, "backup")
    last = local_date(from_text(made[-1].at)) if made else None
    fresh = last is not None and (desk.today - last).days <= _BACKUP_DAYS
    said = f"最近一次：{last.isoformat()}" if last else "还没有备份过"
    yield Condition("备份", fresh, said, "请管理员用 bangfu backup 备份，放到别的机器上；密钥另外存。")
    head = latest_head(desk.store)
    signed = head is not None and (desk.today - head.day).days <= _HEAD_DAYS
    said = f"最近盖到 {head.day.isoformat()}，第 {head.seq} 条" if head else "还没有盖过"
    yield Condition("审核记录的存证码", signed, said, "服务开着，每天会自动盖一次；一直没有就请管理员看日志。")
    free = shutil.disk_usage(desk.store.data_dir).free
    yield Condition("磁盘", free > _LEAST_BYTES, f"还剩 {free / 1e9:.1f} GB", "快满了：请管理员清理或换大一点的盘。")


def _serving(desk: Desk) -> Iterator[Condition]:
    settings = desk.site.settings
    live = live_generation(desk.store)
    said = f"第 {live.number} 代，{live.size} 段" if live else "还没有建"
    yield Condition("政策知识的索引", live is not None, said, "没有索引就答不了政策问题。请管理员重新启动 bangfu up。")
    yield from _channels(desk, settings)
    known = calendar_of(desk.store).years
    year = (desk.today + _AHEAD).year
    yield Condition(
        "放假安排",
        year in known,
        f"{year} 年的{'有了' if year in known else '还没有，跨到那一年的期限先按周一到周五算，标“暂定”'}",
        "国务院办公厅公布以后，请管理员加进数据文件夹的 holidays 里。",
    )


def _channels(desk: Desk, settings: Settings) -> Iterator[Condition]:
    address = settings.web.public_address
    https = address.startswith("https://")
    yield Condition(
        "对外网址", https, address or "没有填", "没有 https 的网址，村民扫码打不开。请在配置里填 public_address。"
    )
    token = settings.secrets.telegram_token is not None
    waiting = outbox.stuck(desk.store, channel=_MESSENGER, since=desk.now - _WAITING)
    said = f"有 {waiting} 条消息两个多小时没发出去" if waiting else "接通了" if token else "没有接，村民用网页"
    yield Condition("Telegram", waiting == 0, said, "请管理员看网络和令牌；要紧的消息先打电话告诉。")


def _people(desk: Desk) -> Iterator[Condition]:
    contacts = desk.site.settings.contacts
    numbers = {"乡镇": contacts.township, "县级部门": contacts.county_rural_affairs, "值班": contacts.duty}
    missing = [label for label, number in numbers.items() if not number]
    said = f"还没填：{'、'.join(missing)}" if missing else "填好了"
    yield Condition(
        "本地电话", not missing, said, "公示上要印监督电话，没有就起草不了公示。请在配置的 [contacts] 里填核实过的。"
    )
    workflow = load_workflow(desk.site.settings.cases.workflow)
    empty = _unserved(desk, workflow)
    said = f"缺：{'、'.join(empty)}" if empty else f"共 {len(all_officers(desk.store))} 位，村、乡镇、县都有人"
    yield Condition("工作人员", not empty, said, "缺了哪一级，件就会停在那一级。请管理员登记。")


def _unserved(desk: Desk, workflow: Workflow) -> list[str]:
    """Return the levels of the workflow at which nobody serves anywhere in the officer's areas."""
    roles = {grant.role for officer in all_officers(desk.store) for grant in officer.grants}
    holders = {role for rule in workflow.states.values() for role in rule.holders}
    return [role.label for role in sorted(holders - roles)]
