"""The whole run: the golden set checked, every question asked, the figures of one half or of all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.evaluation.figures import Figures, measure_families
from app.evaluation.golden import BLIND, FOLDER, PRACTICE, Golden, check_names, load_golden
from app.evaluation.likeness import refuse_copies
from app.evaluation.recipes import Comparison, compare_recipes
from app.evaluation.responses import Respondent
from app.evaluation.risk import Decisions, Point, as_decided, at_coverage, at_risk, decisions, points_of, risk_curve
from app.evaluation.scoring import Corpus, Score, load_corpus, score
from app.evaluation.slips import Slipped, measure_slips
from app.evaluation.split import Half, split
from knowledge import training
from knowledge.entries import STARTER
from knowledge.training import read_labelled
from knowledge.untold import load_subjects

COVERAGE = 0.85
RISK = 0.02
"""The promise: wrong in at most 2 % of the answers while 85 % of the answerable questions are answered."""

_DIGITS = 12


@dataclass(frozen=True)
class Evaluation:
    """
    The figures of one half, of all, or of the practice questions.

    ``families`` ends with the total. ``decided`` is what was really answered, ``answerable`` and ``others`` what was
    decided of the questions that must be answered and of the rest; ``curve`` are points at growing coverage.
    ``promised_coverage`` and ``promised_risk`` are those where one half of the promise is kept, None where none does.
    ``corpus`` and ``golden`` identify what was measured, and on what.
    """

    half: str
    scores: tuple[Score, ...]
    families: tuple[Figures, ...]
    recipes: Comparison
    decided: Point
    answerable: Decisions
    others: Decisions
    curve: tuple[Point, ...]
    promised_coverage: Point | None
    promised_risk: Point | None
    corpus: str
    golden: str
    slips: tuple[Slipped, ...] = ()


def checked_golden(corpus: Corpus, folder: Path = FOLDER) -> list[Golden]:
    """
    Read the golden questions and refuse a set that is not fit to measure with.

    Raises:
        GoldenError: If a question is malformed, expects an unknown entry, or nearly repeats an indexed wording
            or a question that the confidence was fitted on, of practice too; a blind one also if it nearly repeats
            any other.
    """
    questions = load_golden(folder)
    check_names(questions, corpus.entries)
    fitted_on = [line.question for path in training.FOLDER.glob("*.jsonl") for line in read_labelled(path)]
    others = {BLIND: (FOLDER, PRACTICE), PRACTICE: ()}.get(folder, (PRACTICE,))
    tuned_on = [golden.question for other in others for golden in load_golden(other)]
    untold = [wording for subject in load_subjects(STARTER) for wording in subject.wordings]
    refuse_copies(questions, [*corpus.wordings, *untold, *fitted_on, *tuned_on])
    return questions


def evaluate(
    respondent: Respondent,
    half: Half | None = None,
    *,
    progress: Callable[[int, int], None],
    folder: Path = FOLDER,
    slips: bool = False,
) -> Evaluation:
    """
    Ask the golden questions of one half, or all, and return the figures; with ``slips`` those of mistyped ones too.

    Raises:
        GoldenError: If the golden set is not fit to measure with.
    """
    corpus = load_corpus(respondent.store)
    questions = checked_golden(corpus, folder)
    halves = split(questions, corpus.topic_of)
    asked = [golden for golden in questions if half is None or halves[golden.id] is half]
    scores = []
    for done, golden in enumerate(asked, start=1):
        scores.append(score(golden, respondent.respond(golden), corpus))
        progress(done, len(asked))
    name = folder.name if folder == PRACTICE else "all" if half is None else half.value
    summary = _summary(name, scores, respondent, corpus, folder)
    return replace(summary, slips=tuple(measure_slips(respondent, scores, corpus))) if slips else summary


def _summary(half: str, scores: Sequence[Score], respondent: Respondent, corpus: Corpus, folder: Path) -> Evaluation:
    threshold = respondent.knowledge.calibration(respondent.store).threshold
    curve = risk_curve(scores, threshold)
    return Evaluation(
        half=half,
        scores=tuple(scores),
        families=tuple(measure_families(scores)),
        recipes=compare_recipes(respondent, scores, corpus),
        decided=as_decided(scores, threshold),
        answerable=decisions(scores, answerable=True),
        others=decisions(scores, answerable=False),
        curve=points_of(curve),
        promised_coverage=at_coverage(curve, COVERAGE),
        promised_risk=at_risk(curve, RISK),
        corpus=respondent.knowledge.snapshot(respondent.store).generation.fingerprint[:_DIGITS],
        golden=_fingerprint(folder),
    )


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:_DIGITS]
