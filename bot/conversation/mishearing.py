"""Danger through typing slips: 不想话了, 喝农要, 揭不开过. A cry for help is not spelled with care."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.lexicon import load_table
from cases.report import Danger


def hears(text: str, danger: Danger) -> bool:
    """Tell whether *text* (folded) holds a phrase of *danger* with one character mistyped."""
    slips = load_table("slips", "slips")
    return any(_slipped(text, phrase, slips) for phrase in load_table("slips", "phrases")[danger.name])


def _slipped(text: str, phrase: str, slips: Mapping[str, str]) -> bool:
    windows = (text[start : start + len(phrase)] for start in range(len(text) - len(phrase) + 1))
    return any(_is_slip(window, phrase, slips) for window in windows)


def _is_slip(typed: str, meant: str, slips: Mapping[str, str]) -> bool:
    differing = [(wrong, right) for wrong, right in zip(typed, meant, strict=True) if wrong != right]
    return len(differing) == 1 and differing[0][0] in slips.get(differing[0][1], "")
