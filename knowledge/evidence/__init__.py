"""Checking that words say nothing that their sources do not say."""

from knowledge.evidence.checker import Care, Claim, Untraced, describe, find_untraced

__all__ = ["Care", "Claim", "Untraced", "describe", "find_untraced"]
