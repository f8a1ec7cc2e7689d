"""Whether people are served: models, index, addresses, messengers, the calendar, where personal data may travel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.conditions.condition import Condition, House
from cases.calendar import calendar_of
from knowledge.generations import live_generation
from storage import outbox

# Limits that begin now may run this far.
_AHEAD: Final = timedelta(days=45)
_WAITING: Final = timedelta(hours=2)
_MESSENGER: Final = "telegram"


def serving(house: House) -> Iterator[Condition]:
    """Yield what is so with answers, channels and dates."""
    yield _profile(house)
    yield _model(house)
    live = live_generation(house.store)
    said = f"能查到 {live.size} 段" if live else "还没有建"
    yield Condition("政策知识的索引", live is not None, said, "没有索引就答不了政策问题。请管理员重新启动 bangfu up。")
    yield from _channels(house)
    year = (house.today + _AHEAD).year
    known = year in calendar_of(house.store).years
    yield Condition(
        "放假安排",
        known,
        f"{year} 年的{'有了' if known else '还没有，跨到那一年的期限先按周一到周五算，标“暂定”'}",
        "国务院办公厅公布以后，请管理员加进数据文件夹的 holidays 里。",
    )


def _profile(house: House) -> Condition:
    """Return where personal data may travel: the profile that runs."""
    full = house.settings.channels.telegram.personal_data == "full"
    said = "个人信息也走 Telegram（演示用）" if full else "个人信息只走网页和本机（正式用）"
    connected = house.settings.secrets.telegram_token is not None
    remedy = "国家机关的个人信息要存在境内：正式使用请把 [channels.telegram] personal_data 改成 off。"
    return Condition("个人信息", not (full and connected), said, remedy)


def _model(house: House) -> Condition:
    wanted = house.settings.knowledge.embedder
    if wanted == "sentence-transformers":
        folder = house.settings.knowledge.sentence_transformers_path
        return Condition(
            "向量模型", bool(folder), "填了文件夹" if folder else "没有填文件夹", "请在 [knowledge] 里填模型文件夹。"
        )
    there = any((house.settings.models_path).rglob("*.onnx"))
    said = "装好了" if there else f"没有找到 {wanted}"
    return Condition("向量模型", there, said, "请运行 make setup 做好模型；没有它，建不了索引。")


def _channels(house: House) -> Iterator[Condition]:
    settings = house.settings
    address = settings.web.public_address
    https = address.startswith("https://")
    yield Condition(
        "对外网址", https, address or "没有填", "没有 https 的网址，村民扫码打不开。请在配置里填 public_address。"
    )
    token = settings.secrets.telegram_token is not None
    waiting = outbox.stuck(house.store, channel=_MESSENGER, since=house.now - _WAITING)
    said = f"有 {waiting} 条消息两个多小时没发出去" if waiting else "接通了" if token else "没有接，村民用网页"
    yield Condition("Telegram", waiting == 0, said, "请管理员看网络和令牌；要紧的消息先打电话告诉。")
    if settings.llm.base_url:
        yield Condition(
            "大模型", bool(settings.llm.model), settings.llm.model or "没有填 model", "请在 [llm] 里填 model。"
        )
