"""Whether what is kept is safe: keys, the database, backups, the signed trail, the disk."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from typing import Final

from bot.conditions.condition import Condition, House
from cases.set_back import set_back_behind
from language.dates import full_date
from storage import audit, data_key, inbox
from storage.heads import latest_head
from storage.keys import key_file
from storage.times import SHANGHAI, from_text, local_date

_BACKUP_DAYS: Final = 7
_HEAD_DAYS: Final = 2
_LEAST_BYTES: Final = 2_000_000_000
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def keeping(house: House) -> Iterator[Condition]:
    """Yield what is so with the data."""
    yield _keys(house)
    sound = next(house.store.db.query("PRAGMA quick_check(1)"))["quick_check"] == "ok"
    failed = inbox.count_failed(house.store)
    said = f"有 {failed} 条来话没有处理成" if failed else "能读能写，没有损坏"
    yield Condition("数据库", sound and not failed, said if sound else "有损坏", _DAMAGED if not sound else _FAILED)
    made = audit.rows(house.store, "backup")
    last = local_date(from_text(made[-1].at)) if made else None
    fresh = last is not None and (house.today - last).days <= _BACKUP_DAYS
    said = f"最近一次：{full_date(last)}" if last else "还没有备份过"
    yield Condition("备份", fresh, said, "请管理员用 bangfu backup 备份，放到别的机器上；密钥另外存。")
    head = latest_head(house.store)
    signed = head is not None and (house.today - head.day).days <= _HEAD_DAYS
    said = f"最近盖到{full_date(head.day)}，第 {head.seq} 条" if head else "还没有盖过"
    yield Condition("审核记录的存证码", signed, said, "服务开着，每天会自动盖一次；一直没有就请管理员看日志。")
    written = set_back_behind(house.store, house.now)
    said = (
        f"比已经记下的{full_date(local_date(written))} {written.astimezone(SHANGHAI):%H:%M} 还早"
        if written
        else "和记下的先后一致"
    )
    yield Condition("机器的时间", written is None, said, _SET_BACK)
    free = shutil.disk_usage(house.store.data_dir).free
    yield Condition("磁盘", free > _LEAST_BYTES, f"还剩 {free / 1e9:.1f} GB", "快满了：请管理员清理或换大一点的盘。")


_SET_BACK: Final = (
    "时间调准以前，工作人员的办理一律不记。请先调准；"
    "确实是以前走快了、现在才对的，用 bangfu doctor --clock-is-right 写明。"
)
_DAMAGED: Final = "请先停下服务，从备份恢复：bangfu restore。"
_FAILED: Final = "请管理员按日志里的错误编号查原因；对方已经被告知没办成。"


def _keys(house: House) -> Condition:
    if data_key.is_changing(house.store):
        return Condition("密钥", False, "换密钥换到一半，新旧两把都打得开", "请再运行一次 bangfu rekey，把它换完。")
    if house.settings.secrets.master_key is not None:
        return Condition("密钥", True, "主密钥在环境变量 BANGFU_KEY 里")
    path = key_file(house.store.data_dir)
    private = path.exists() and not path.stat().st_mode & _OTHERS
    said = "在 keys/master.key，只有本用户能读" if private else "keys/master.key 别的用户也能读"
    return Condition("密钥", private, said, "请管理员在数据文件夹里运行 chmod 600 keys/master.key。")
