"""An officer leaves a note for colleagues."""

from __future__ import annotations

from datetime import datetime

from cases.act import Act
from cases.actions.step import take_step
from cases.actors import Officer
from cases.case import Case
from cases.details import Note
from storage.store import Store


def add_note(store: Store, receipt: str, note: Note, *, actor: Officer, version: int | None, now: datetime) -> Case:
    """Add a note to the case; nobody is told. Raises as ``take_step``."""
    return take_step(store, receipt, Act(note, actor, now), version=version)
