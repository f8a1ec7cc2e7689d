"""Numbered migrations, one file per room; none of them imports application code.

Each migration runs with its own record; applying twice does nothing.
"""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from storage.migrations import (
    m001_storage,
    m002_knowledge,
    m003_cases,
    m004_bot,
    m005_ingest,
    m006_papers,
    m007_documents,
    m009_answers,
    m010_reporting,
    m011_lanes,
    m012_queue,
    m013_desk,
    m014_knowledge_desk,
    m015_unknown_issuers,
    m016_intake,
    m017_meeting_versions,
    m018_versions,
    m020_untold,
)

_ROOMS = (
    m001_storage,
    m002_knowledge,
    m003_cases,
    m004_bot,
    m005_ingest,
    m006_papers,
    m007_documents,
    m009_answers,
    m010_reporting,
    m011_lanes,
    m012_queue,
    m013_desk,
    m014_knowledge_desk,
    m015_unknown_issuers,
    m016_intake,
    m017_meeting_versions,
    m018_versions,
    m020_untold,
)

MIGRATIONS = Migrations("bangfu")
NAMES = frozenset(_room.__name__.rpartition(".")[2] for _room in _ROOMS)

for _room in _ROOMS:
    MIGRATIONS(name=_room.__name__.rpartition(".")[2])(_room.apply)
