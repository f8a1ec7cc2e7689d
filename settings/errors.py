"""What can be wrong with the configuration. The message is the sentence that a person reads."""

from __future__ import annotations


class SettingsError(Exception):
    """The configuration cannot be used; the message names file, key and remedy in Chinese."""
