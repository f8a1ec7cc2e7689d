"""The figures of the drafts as rows, for the screen and for ``docs/quality.md``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.evaluation.drafts.measuring import SLOTS, Score, total

FAMILIES: Final = {
    "plain": "平常话",
    "dialect": "方言",
    "typo": "错字、听错",
    "rambling": "绕弯子的长话",
    "terse": "三言两语",
    "proxy": "替人报",
    "several": "几户、几样原因",
    "question": "是问政策",
    "danger": "危急",
    "complaint": "反映干部",
}
_SLOTS: Final = {
    "relation": "给谁家报",
    "householder": "户主",
    "phone": "电话",
    "place": "地方",
    "causes": "原因",
    "amounts": "钱数和用途",
    "when": "什么时候",
    "danger": "急事",
}


def slot_rows(scores: Sequence[Score]) -> list[list[str]]:
    """Return a row a slot: what was put down and right, of all put down and of all that the texts give."""
    rows = [["一项", "说了", "记下", "对了", "准（P）", "全（R）", "F1", "没说却记下"]]
    for slot in SLOTS:
        count = total(scores, slot)
        invented = sum(slot in score.invented for score in scores)
        shares = [_percent(share) for share in (count.precision, count.recall, count.f1)]
        rows.append([_SLOTS[slot], str(count.given), str(count.found), str(count.right), *shares, str(invented)])
    return rows


def family_rows(scores: Sequence[Score]) -> list[list[str]]:
    """Return a row a family: the kind of message, the village, the main cause, and reports without any fault."""
    rows = [["类别", "条数", "该怎么办判对", "地方对", "地方对或反问到", "主要原因对", "全对"]]
    for family, label in [*FAMILIES.items(), ("", "合计")]:
        of = [score for score in scores if family in ("", score.told.family)]
        placed = [score for score in of if score.village_right is not None]
        rows.append(
            [
                label,
                str(len(of)),
                _share(score.kind_right for score in of),
                _share(score.village_right for score in placed),
                _share(bool(score.village_right or score.asked_back) for score in placed),
                _share(score.main_cause for score in of),
                _share(score.is_right for score in of),
            ]
        )
    return rows


def _share(answers: Iterable[bool | None]) -> str:
    counted = [answer for answer in answers if answer is not None]
    return _percent(sum(counted) / len(counted) if counted else None)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"
