"""Words of the trade that records are watched for: names that are out of date, and relief in place of monitoring.

Which names are out of date is from the policy texts of 2021 to 2026; villagers may use them, records may not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cases.details import Details

# What is out of date, and what it is called now. Longer names come first: of 建档立卡贫困户 the whole is replaced.
OUTDATED: Final[Mapping[str, str]] = {
    "建档立卡贫困人口": "脱贫人口",
    "建档立卡贫困户": "脱贫户",
    "支出型贫困户": "突发严重困难户（监测对象）；民政口另有名称",
    "扶贫小额信贷": "帮扶小额信贷（2025 年以前是脱贫人口小额信贷）",
    "脱贫监测户": "脱贫不稳定户",
    "精准扶贫": "常态化帮扶（2025 年以前是巩固拓展脱贫攻坚成果）",
    "精准脱贫": "常态化帮扶（2025 年以前是巩固拓展脱贫攻坚成果）",
    "扶贫攻坚": "常态化帮扶（2025 年以前是巩固拓展脱贫攻坚成果）",
    "扶贫干部": "帮扶联系人、帮扶责任人",
    "贫困人口": "脱贫人口",
    "边缘户": "边缘易致贫户",
    "返贫户": "监测对象（2026 年起：防止返贫致贫对象）",
    "贫困户": "脱贫户",
    "贫困线": "监测范围",
    "扶贫线": "监测范围",
    "扶贫款": "常态化帮扶资金（2025 年以前是衔接资金）",
    "扶贫贷": "帮扶小额信贷（2025 年以前是脱贫人口小额信贷）",
    "五保户": "特困人员",
}
_TERM: Final = re.compile("|".join(OUTDATED))
# What others said, and what a document is called, stays as it is.
_QUOTED: Final = re.compile('《[^》]*》|〈[^〉]*〉|“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|"[^"\n]*"')
_RELIEF: Final = re.compile("临时救助|医疗救助|救助金|低保|特困")


@dataclass(frozen=True)
class OutdatedTerm:
    """A name that is out of date, where it stands in the text, and what it is called now."""

    term: str
    start: int
    instead: str


def outdated_terms(text: str) -> list[OutdatedTerm]:
    """Return the names in *text* that are out of date, in order, those in quotations and titles left alone."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return [
        OutdatedTerm(match[0], match.start(), OUTDATED[match[0]])
        for match in _TERM.finditer(text)
        if not any(first <= match.start() < last for first, last in quoted)
    ]


def terms_in(details: Details) -> list[OutdatedTerm]:
    """Return the names that are out of date in any text of what was written down."""
    texts = (value for value in vars(details).values() if type(value) is str)
    return [term for text in texts for term in outdated_terms(text)]


def speaks_of_relief(text: str) -> bool:
    """Tell whether *text* sends a household to relief: a reason to ask why it is not monitored (体外循环)."""
    return _RELIEF.search(text) is not None
