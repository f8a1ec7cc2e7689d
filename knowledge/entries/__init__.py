"""The bundled 帮扶工作100问: entries, their loader and the checks they must pass."""

from __future__ import annotations

from knowledge.entries.checks import Finding, check_entries, due_for_review
from knowledge.entries.entry import Contact, Entry, Grade, Source, StatedDays
from knowledge.entries.starter import STARTER, EntryError, bundled_entry, load_starter

__all__ = [
    "STARTER",
    "Contact",
    "Entry",
    "EntryError",
    "Finding",
    "Grade",
    "Source",
    "StatedDays",
    "bundled_entry",
    "check_entries",
    "due_for_review",
    "load_starter",
]
