"""Who may act on a case: officers with roles in areas, reporters in their chat, the clock, the operator."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Role(StrEnum):
    """What a person or the machine is to a case. Workflow files name these."""

    GRID_WORKER = "grid_worker"
    VILLAGE = "village"
    WORK_TEAM = "work_team"
    TOWNSHIP = "township"
    COUNTY = "county"
    INSPECTOR = "inspector"
    REPORTER = "reporter"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """The Chinese name that people read."""
        return _LABELS[self]


_LABELS = {
    Role.GRID_WORKER: "网格员",
    Role.VILLAGE: "村委会",
    Role.WORK_TEAM: "驻村工作队",
    Role.TOWNSHIP: "乡镇",
    Role.COUNTY: "县级",
    Role.INSPECTOR: "督查（只读）",
    Role.REPORTER: "申报人",
    Role.SYSTEM: "系统",
}

# How deep an area an officer of this role answers for: the length of its code (county 6, township 9, village 12).
SCOPE_DIGITS = {
    Role.GRID_WORKER: 12,
    Role.VILLAGE: 12,
    Role.WORK_TEAM: 12,
    Role.TOWNSHIP: 9,
    Role.COUNTY: 6,
    Role.INSPECTOR: 2,
}


@dataclass(frozen=True)
class Grant:
    """A role within an area. ``scope`` is a prefix of the area codes it covers."""

    role: Role
    scope: str

    def covers(self, area_code: str) -> bool:
        """Tell whether a case of *area_code* lies in this grant's area."""
        return area_code.startswith(self.scope)


@dataclass(frozen=True)
class Officer:
    """A person with grants. ``number`` is the short one that people type, ``id`` the one that rows carry."""

    id: str
    number: int
    name: str
    grants: tuple[Grant, ...]

    def roles_at(self, area_code: str) -> frozenset[Role]:
        """Return the roles that this officer holds over *area_code*; empty: nothing there is visible."""
        return frozenset(grant.role for grant in self.grants if grant.covers(area_code))


@dataclass(frozen=True)
class Reporter:
    """The chat in which a report was made: the address that is told, and the actor of what is done there."""

    channel: str
    chat: str


@dataclass(frozen=True)
class Clock:
    """The tick: acts when nobody did."""


@dataclass(frozen=True)
class Operator:
    """Whoever runs the command line on the machine; appoints officers. ``name`` is how the audit trail says it."""

    name: str = "operator"


Actor: TypeAlias = Officer | Reporter | Clock
