"""The golden questions asked twice: as things stand, and as if an entry were in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from app.evaluation.golden import AS_OF, FOLDER, Golden, load_golden
from app.evaluation.responses import DEPTH, Respondent, Response
from app.evaluation.scoring import Corpus, load_corpus, score
from bot.conversation.conversation import Conversation
from bot.conversation.once import AskKind
from knowledge.rehearsal import Change, Progress, Rehearsal, Stage, Tried, Verdict
from language.normalise import normalise
from settings.schema import Settings
from storage.areas import gazetteer_of

# Met before anything is looked up: what is known makes no difference.
_NOT_LOOKED_UP: Final = frozenset({AskKind.REPORT, AskKind.HANDOFF, AskKind.SMALL_TALK})


class GoldenExamination:
    """Holds rehearsals against a golden set; what the present says to it is asked once for each index."""

    def __init__(self, settings: Settings, folder: Path = FOLDER) -> None:
        self._settings = settings
        self._folder = folder
        self._present: tuple[tuple[int, date], dict[str, Response]] | None = None

    def __call__(self, tried: Rehearsal, progress: Progress) -> Iterator[Tried]:
        """
        Yield what was tried after the questions that the entry can touch, and again after all of them.

        Those are the ones for which the trial finds the entry among the first, the nearest first. What ``progress``
        raises ends it; what the present said until then is kept.

        Raises:
            GoldenError: If the set cannot be read.
        """
        questions, touched = _touched_first([_on(tried.day, golden) for golden in load_golden(self._folder)], tried)
        said = self._said_at_present(tried)
        before, after = self._respondent(tried.before), self._respondent(tried.after)
        corpora = load_corpus(tried.before.store), load_corpus(tried.after.store)
        changes: list[Change] = []
        for done, golden in enumerate(questions, start=1):
            was = said[golden.id] = said.get(golden.id) or before.say(golden)
            if was.confidence or was.kind not in _NOT_LOOKED_UP:
                change = _change(golden, was, after.say(golden), corpora)
                changes += [change] if change is not None else []
            progress(done, len(questions), len(changes))
            if done in (touched, len(questions)):
                yield Tried(tuple(sorted(changes, key=lambda one: not one.worse)), done, len(questions))

    def _said_at_present(self, tried: Rehearsal) -> dict[str, Response]:
        """Return what is known of what the present says, to be added to."""
        state = (tried.before.knowledge.snapshot(tried.before.store).generation.number, tried.day)
        if self._present is None or self._present[0] != state:
            self._present = (state, {})
        return self._present[1]

    def _respondent(self, stage: Stage) -> Respondent:
        gazetteer = gazetteer_of(stage.store)
        conversation = Conversation(self._settings, stage.knowledge, gazetteer)
        return Respondent(conversation, stage.knowledge, gazetteer, stage.store)


def _touched_first(questions: list[Golden], tried: Rehearsal) -> tuple[list[Golden], int]:
    """
    Return the questions in the order in which the trial finds the entry, and for how many it is among the first.

    It looks by meaning alone: that costs next to nothing beside asking.
    """
    snapshot = tried.after.knowledge.snapshot(tried.after.store)
    own = [place for place, row in enumerate(snapshot.rows) if row.unit == tried.entry.id]
    asked = tried.after.knowledge.embedder.embed_queries([normalise(golden.question) for golden in questions])
    ranks = []
    for likeness in asked @ snapshot.vectors.T:
        nearer = snapshot.groups[likeness > likeness[own].max(initial=-1)]
        ranks.append(len(np.unique(nearer)))
    order = sorted(range(len(questions)), key=ranks.__getitem__)
    return [questions[place] for place in order], sum(rank < DEPTH for rank in ranks)


def _on(day: date, golden: Golden) -> Golden:
    """Return a question that names no day as it is asked on a day from then on."""
    return replace(golden, as_of=max(day, AS_OF)) if golden.as_of == AS_OF else golden


def _change(golden: Golden, was: Response, now: Response, corpora: tuple[Corpus, Corpus]) -> Change | None:
    """Return what is otherwise, None where kind, ground and words are the same."""
    before, after = _verdict(golden, was, corpora[0]), _verdict(golden, now, corpora[1])
    if before != after:
        return Change(golden.question, before, after)
    return Change(golden.question, before, after, wording=True) if was.text != now.text else None


def _verdict(golden: Golden, response: Response, corpus: Corpus) -> Verdict:
    fared = score(golden, response, corpus)
    right = fared.action_right and not fared.missing and not fared.forbidden and fared.cited is not False
    return Verdict(response.kind.value, response.citations[0].document if response.citations else "", right)
