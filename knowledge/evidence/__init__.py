"""Checking that words say nothing that their sources do not say."""

from knowledge.evidence.checker import Claim, Untraced, find_untraced
from knowledge.evidence.rewording import Care, find_strayed

__all__ = ["Care", "Claim", "Untraced", "find_strayed", "find_untraced"]
