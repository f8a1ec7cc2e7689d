"""Thin channels that translate between a messenger and the conversation."""
