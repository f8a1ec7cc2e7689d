"""Questions about the very thing that the form asks for: explained at once, and the form goes on."""

from __future__ import annotations

from typing import Final

from bot.conversation.kinds import Say
from bot.conversation.lexicon import load_patterns
from bot.conversation.state import State
from bot.conversation.talk import again
from bot.conversation.understanding import Outcome, Understanding, say

_LONGEST: Final = 16


def explain(state: State, u: Understanding) -> Outcome | None:
    """Explain what is asked for when a few words ask about it; None when they ask about something else."""
    about = load_patterns("asides", "asked").get(state.asking.name)
    if about is None or len(u.heard) > _LONGEST or about.search(u.heard) is None:
        return None
    return again(Outcome(state, (say(Say.EXPLAINED, about=state.asking.value),)))
