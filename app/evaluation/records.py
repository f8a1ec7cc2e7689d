"""An evaluation as plain data, for ``bangfu eval --json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.evaluation.evaluation import COVERAGE, RISK, Evaluation
from app.evaluation.figures import CUTS, Figures, Finding, Taken, find, wanted_and_taken
from app.evaluation.golden import PRACTICE
from app.evaluation.recipes import Ranked
from app.evaluation.risk import Point, Share
from app.evaluation.scoring import Score
from app.evaluation.split import Half


def as_record(evaluation: Evaluation) -> dict[str, Any]:
    """Return the figures; single questions are shown of what is tuned on only, so that nobody tunes on the rest."""
    record: dict[str, Any] = {
        "split": evaluation.half,
        "corpus": evaluation.corpus,
        "golden": evaluation.golden,
        "families": [_figures(figures) for figures in evaluation.families],
        "recipes": {name: _recipe(ranked) for name, ranked in evaluation.recipes.items()},
        "decided": _point(evaluation.decided),
        "actions": [_taken(one) for one in wanted_and_taken(evaluation.scores)],
        "decisions": {"answerable": asdict(evaluation.answerable), "others": asdict(evaluation.others)},
        "curve": [_point(point) for point in evaluation.curve],
        f"at_coverage_{COVERAGE:.2f}": _point(evaluation.promised_coverage),
        f"at_risk_{RISK:.2f}": _point(evaluation.promised_risk),
    }
    if evaluation.half in (Half.TUNE.value, PRACTICE.name):
        record["questions"] = [_question(score) for score in evaluation.scores]
    return record


def _taken(one: Taken) -> dict[str, Any]:
    taken = {kind.value: count for kind, count in sorted(one.taken.items())}
    return {"wanted": sorted(kind.value for kind in one.wanted), "questions": one.questions, "taken": taken}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "name": figures.name,
        "questions": figures.questions,
        "action": _share(figures.action),
        **_finding(figures.finding),
        "facts": _share(figures.facts),
        "cited": _share(figures.cited),
        "forbidden": figures.forbidden,
    }


def _finding(found: Finding) -> dict[str, Any]:
    recall = {f"recall@{cut}": round(value, 4) for cut, value in zip(CUTS, found.recall, strict=True)}
    return {"asked": found.asked, **recall, "mrr": round(found.mrr, 4)}


def _recipe(ranked: Sequence[Ranked]) -> dict[str, Any]:
    families = sorted({one.family for one in ranked})
    by_family = {
        family: find(rank for one in ranked if one.family == family for rank in one.ranks) for family in families
    }
    total = find(rank for one in ranked for rank in one.ranks)
    return {**_finding(total), "families": {family: _finding(found) for family, found in by_family.items()}}


def _point(point: Point | None) -> dict[str, Any] | None:
    if point is None:
        return None
    shares = {"risk": _share(point.risk), "coverage": _share(point.coverage)}
    return {"confidence": round(point.confidence, 4), **shares}


def _share(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {"part": share.part, "whole": share.whole, "low": round(low, 4), "high": round(high, 4)}


def _question(score: Score) -> dict[str, Any]:
    response = score.response
    return {
        "id": score.golden.id,
        "family": score.golden.family,
        "question": score.golden.question,
        "expected": sorted(kind.value for kind in score.golden.expect.kind),
        "kind": response.kind.value,
        "action_right": score.action_right,
        "wanted": [*score.golden.expect.entries, *score.golden.expect.also],
        "hits": list(response.hits),
        "cites": list(dict.fromkeys(citation.document for citation in response.citations)),
        "ranks": list(score.ranks),
        "confidence": round(response.confidence, 4),
        "best_is_right": score.best_is_right,
        "offered": score.offered,
        "cited": score.cited,
        "missing": list(score.missing),
        "forbidden": list(score.forbidden),
    }
