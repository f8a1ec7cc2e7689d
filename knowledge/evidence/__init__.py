"""Checking that words say nothing that their sources do not say."""

from knowledge.evidence.checker import Claim, Untraced, describe, find_untraced

__all__ = ["Claim", "Untraced", "describe", "find_untraced"]
