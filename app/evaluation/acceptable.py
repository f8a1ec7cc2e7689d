"""Which entries answer a golden question: those that it names, and those that say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.evaluation.golden import Golden, wanted_entries
from bot.conversation.once import AskKind
from knowledge.entries import Entry
from language.normalise import normalise

_FIGURE = re.compile(r"\d")


def intents_of(golden: Golden, entries: Sequence[Entry]) -> list[frozenset[str]]:
    """Return for each thing that a message asks which entries answer it; nothing where none is expected."""
    expect = golden.expect
    if expect.entries and not expect.also:
        return [acceptable_entries(golden, entries)]
    return [wanted_entries(names, entries) for names in (expect.entries, expect.also) if names]


def acceptable_entries(golden: Golden, entries: Sequence[Entry]) -> frozenset[str]:
    """
    Return the ids of the entries that a question may be answered from.

    Beside those that it names, an entry of the same group counts that holds every demanded fact, at least one of
    them a figure, that holds on the day and in a place that an expected one holds in. It is a rule, so that nobody
    needs to look at single questions of the half that is reported.
    """
    named = wanted_entries((*golden.expect.entries, *golden.expect.also), entries)
    facts = golden.expect.facts
    if AskKind.ANSWER not in golden.expect.kind or golden.expect.also or not any(map(_FIGURE.search, facts)):
        return named
    models = [entry for entry in entries if entry.id in named]
    same = {
        entry.id
        for entry in entries
        if entry.holds_on(golden.as_of)
        and any(entry.group == model.group and entry.area == model.area for model in models)
        and all(_holds(entry, fact) for fact in facts)
        and not any(normalise(word) in normalise(entry.answer) for word in golden.expect.forbidden)
    }
    return named | same


def _holds(entry: Entry, fact: str) -> bool:
    said = normalise(entry.answer)
    return any(normalise(either) in said for either in fact.split("|"))
