"""The figures as rows of words, for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.evaluation.evaluation import COVERAGE, RISK, Evaluation
from app.evaluation.figures import CUTS, Figures, Finding, find, wanted_and_taken
from app.evaluation.recipes import Comparison, Ranked
from app.evaluation.risk import SURE, Decisions, Point, Share
from app.evaluation.scoring import Score
from bot.conversation.once import AskKind

NOTHING = "—"
_NAMES = {
    "formal": "书面说法",
    "spoken": "口语",
    "dialect": "方言",
    "typo_pinyin": "错字、拼音",
    "follow_up": "接着问",
    "multi_intent": "一句两问",
    "near_miss": "差一点（别处、别年、核不到）",
    "out_of_scope": "不归这里管",
    "injection": "诱导、造假",
    "distress": "危急",
    "report": "报困难",
    "fraud": "诈骗",
    "complaint": "反映干部",
}


_ACTIONS = {
    AskKind.ANSWER: "答",
    AskKind.ABSTAIN: "不答",
    AskKind.CLARIFY: "反问",
    AskKind.REPORT: "报困难",
    AskKind.HANDOFF: "转人",
    AskKind.SMALL_TALK: "客气话",
}


def action_rows(scores: Sequence[Score]) -> list[list[str]]:
    """Return a heading and a row for each set of right actions, commonest first: how often each action was taken."""
    rows = [["该做 \\ 做了", "题数", "做对", *_ACTIONS.values()]]
    for one in wanted_and_taken(scores):
        name = "、".join(word for kind, word in _ACTIONS.items() if kind in one.wanted)
        right = Share(sum(one.taken[kind] for kind in one.wanted), one.questions)
        rows.append([name, str(one.questions), _cell(right), *(str(one.taken[kind] or "·") for kind in _ACTIONS)])
    return rows


def family_rows(families: Iterable[Figures]) -> list[list[str]]:
    """Return a heading and one row a family."""
    heading = ["类别", "题数", "动作对", "找到@1", "@3", "@10", "MRR", "要点全", "引用对", "犯禁"]
    return [heading, *(_family_row(figures) for figures in families)]


def recipe_rows(recipes: Comparison) -> list[list[str]]:
    """Return a heading and one row a recipe, over all families."""
    found = {name: find(rank for one in ranked for rank in one.ranks) for name, ranked in recipes.items()}
    rows = [[name, str(finding.asked), *_finding_cells(finding)] for name, finding in found.items()]
    return [["检索办法", "问了", "找到@1", "@3", "@10", "MRR"], *rows]


def recipe_family_rows(recipes: Comparison) -> list[list[str]]:
    """Return a heading and one row a family: what each recipe finds among the first three."""
    families = sorted({one.family for ranked in recipes.values() for one in ranked})
    rows = [
        [_NAMES.get(family, family), *(_found_in_three(ranked, family) for ranked in recipes.values())]
        for family in families
    ]
    return [["找到@3", *recipes], *rows]


def decision_rows(evaluation: Evaluation) -> list[list[str]]:
    """Return a heading and what was decided: of questions that must be answered, and of those that need not be."""
    heading = ["送去检索的题", "题数", "答对", "答错", "反问，有对的", "反问，没有对的", "没答", "答对或反问有对的"]
    return [
        heading,
        _decision_row("该答的", evaluation.answerable),
        _decision_row("可以不答、答不了的", evaluation.others),
    ]


def curve_rows(evaluation: Evaluation) -> list[list[str]]:
    """Return a heading and a row a point of the curve: how often an answer is wrong when so much is answered."""
    rows = [
        [
            f"{point.coverage.value:.1%}",
            f"{point.confidence:.2f}",
            f"{point.risk.value:.1%}（{point.risk.part}/{point.risk.whole}）",
            f"{point.risk.interval[1]:.1%}",
        ]
        for point in evaluation.curve
    ]
    return [["该答的答了", "把握线", "答出的错了", f"{SURE:.0%} 的上界"], *rows]


def risk_lines(evaluation: Evaluation) -> list[str]:
    """Return the sentences on how often an answer is wrong; a small set gives an estimate, and they say so."""
    lines = [f"照现在的把握线答：{_point(evaluation.decided)}。"]
    covering, careful = evaluation.promised_coverage, evaluation.promised_risk
    if covering is None:
        lines.append(f"答不到 {COVERAGE:.0%}。")
    else:
        lines.append(f"要答够 {COVERAGE:.0%}：{_point(covering)}。")
    if careful is None:
        lines.append(f"没有一条线能把错的压到 {RISK:.0%}。")
    else:
        lines.append(f"要错的不超过 {RISK:.0%}：{_point(careful)}。")
    lines.append(
        f"括号里是 {SURE:.0%} 的置信区间（Clopper–Pearson）。题不多，这些是估计；后两条的线是在这一半题上挑的，偏乐观。"
    )
    return lines


def _point(point: Point) -> str:
    return (
        f"把握 {point.confidence:.2f} 以上，能答的答了 {_with_interval(point.coverage)}，"
        f"答出的错了 {_with_interval(point.risk)}"
    )


def _with_interval(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.1%}（{share.part}/{share.whole}，{low:.1%}–{high:.1%}）"


def _decision_row(name: str, made: Decisions) -> list[str]:
    parts = (made.right, made.wrong, made.offered, made.asked_back, made.refused)
    shares = [f"{part}（{Share(part, made.questions).value:.1%}）" for part in parts]
    return [name, str(made.questions), *shares, _cell(Share(made.right + made.offered, made.questions))]


def _family_row(figures: Figures) -> list[str]:
    name = _NAMES.get(figures.name, figures.name)
    found = _finding_cells(figures.finding)
    shares = [_cell(figures.facts), _cell(figures.cited)]
    return [name, str(figures.questions), _cell(figures.action), *found, *shares, str(figures.forbidden)]


def _finding_cells(found: Finding) -> list[str]:
    if not found.asked:
        return [NOTHING] * 4
    return [*(f"{recall:.1%}" for recall in found.recall), f"{found.mrr:.3f}"]


def _found_in_three(ranked: Sequence[Ranked], family: str) -> str:
    finding = find(rank for one in ranked if one.family == family for rank in one.ranks)
    return f"{finding.recall[CUTS.index(3)]:.1%}"


def _cell(share: Share) -> str:
    return f"{share.value:.1%}" if share.whole else NOTHING
