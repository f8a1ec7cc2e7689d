"""What a household is promised, by which day: calendar dates with the day of the week, never a number of days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.wording import phrases

PROMISES: Final = {
    "urgent_aid": "先救急",
    "home_visit": "有人上门看",
    "result_told": "告诉您上门看的结果",
    "public_notice": "名单贴满",
    "whole_process": "全部办完、告诉您结果",
    "review": "乡镇再查一遍，给您答复",
    "assistance_plan": "定下帮扶办法和联系人",
}
"""What a household calls the deadlines that it is told of, in the order of time."""


def promises(due: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return what happens by which day, a line each."""
    return [f"{promise}：{_by(key, due[key])}" for key, promise in PROMISES.items() if key in due]


def _by(key: str, deadline: Mapping[str, Any]) -> str:
    if key == "public_notice":
        return f"至少到{phrases.day(deadline['date'])}" + ("（日子是暂定的）" if deadline["provisional"] else "")
    return phrases.due(deadline)
