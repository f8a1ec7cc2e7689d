"""The two halves of the corpus."""

from __future__ import annotations

from enum import StrEnum


class Half(StrEnum):
    """Which half of the corpus: rules are made on ``TUNE``, figures told of ``REPORT``."""

    TUNE = "tune"
    REPORT = "report"
