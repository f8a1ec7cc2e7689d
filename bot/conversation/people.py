"""What the writer is to the household in hardship."""

from __future__ import annotations

from typing import Final

from bot.conversation.lexicon import load_patterns
from cases.report import Relation


def find_relation(text: str) -> Relation | None:
    """Return what the writer of *text* (folded) is to the household in hardship, None when nothing tells.

    Kin in the sentence are of the writer's own household unless he says that they live apart.
    """
    own = load_patterns("people", "own")
    told = {Relation[name] for name, pattern in load_patterns("people", "relation").items() if pattern.search(text)}
    order = [
        Relation.VILLAGE_CADRE, Relation.NEIGHBOUR, Relation.SPOUSE, Relation.PARENT, Relation.CHILD, Relation.KIN,
        Relation.OTHER,
    ]  # fmt: skip
    outright = own["told_outright"].search(text) is not None
    at_home = own["household"].search(text) is not None and not outright
    for relation in order:
        if relation in told and not (at_home and relation in _SAME_HOUSE):
            return relation
    return Relation.SELF if own["household"].search(text) else None


def speaks_of_another(text: str) -> bool:
    """Tell whether *text* (folded) is about him, her or them, and about nobody of the writer's own."""
    own = load_patterns("people", "own")
    return own["another"].search(text) is not None and own["mine"].search(text) is None


def read_whose(words: str) -> Relation | None:
    """Return what the writer is to the household when *words* (folded) say whose it is and nothing else."""
    whose = load_patterns("people", "whose")
    return next((Relation[name] for name, pattern in whose.items() if pattern.fullmatch(words)), None)


_SAME_HOUSE: Final = frozenset({Relation.SPOUSE, Relation.KIN})
