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
    DEPARTMENT = "department"
    ADMIN = "admin"
    INSPECTOR = "inspector"
    PROTECTION = "protection"
    CHILD_WORKER = "child_worker"
    DISCIPLINE = "discipline"
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
    Role.DEPARTMENT: "部门",
    Role.ADMIN: "管理员",
    Role.INSPECTOR: "督查（只读）",
    Role.PROTECTION: "妇女儿童保护联系人",
    Role.CHILD_WORKER: "儿童工作人员",
    Role.DISCIPLINE: "纪检监察联系人",
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
    Role.DEPARTMENT: 6,
    Role.ADMIN: 2,
    Role.INSPECTOR: 2,
    Role.PROTECTION: 6,
    Role.CHILD_WORKER: 6,
    Role.DISCIPLINE: 6,
}
# An area alone opens no case to these: a department works what was referred to it, an administrator appoints people,
# and the others serve lanes of their own beside the cases.
_OUTSIDE_CASES = frozenset({Role.DEPARTMENT, Role.ADMIN, Role.PROTECTION, Role.CHILD_WORKER, Role.DISCIPLINE})
# Who serves in a village, whatever else he is: what the village must not know is kept from him.
_OF_VILLAGE = frozenset({Role.GRID_WORKER, Role.VILLAGE, Role.WORK_TEAM})


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
    """A person with grants. ``number`` is the short one that people type, ``id`` the one that rows carry.

    ``department`` is the one for which he holds the role ``DEPARTMENT``, as people read it; else empty.
    """

    id: str
    number: int
    name: str
    grants: tuple[Grant, ...]
    department: str = ""

    def roles_at(self, area_code: str) -> frozenset[Role]:
        """Return the roles by which this officer sees cases of *area_code*; empty: nothing there is visible."""
        return frozenset(
            grant.role for grant in self.grants if grant.covers(area_code) and grant.role not in _OUTSIDE_CASES
        )

    @property
    def is_of_village(self) -> bool:
        """Tell whether this is a village account: one of its grants is a village's."""
        return any(grant.role in _OF_VILLAGE for grant in self.grants)

    def may_stand_in_for(self, other: Officer) -> bool:
        """Tell whether this officer can do what *other* does: of his role, or both work cases, at places that touch."""

        def works(role: Role) -> bool:
            return role not in _OUTSIDE_CASES and role is not Role.INSPECTOR

        return any(
            (own.role is his.role or (works(own.role) and works(his.role)))
            and (own.covers(his.scope) or his.covers(own.scope))
            for own in self.grants
            for his in other.grants
        )

    def serves(self, role: Role, area_code: str) -> bool:
        """Tell whether this officer holds *role* over *area_code*, be it one that sees no cases."""
        return any(grant.role is role and grant.covers(area_code) for grant in self.grants)


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
