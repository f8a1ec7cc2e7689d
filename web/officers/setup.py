"""How this house is set up: workflow and calendar, contacts, consent, the audit trail, what is degraded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from starlette.responses import Response

from bot.conditions import House, conditions
from cases.calendar import calendar_of
from cases.consent.notice import consent_notices
from cases.rules import Workflow
from cases.what_if import would_be
from cases.workflow import load_workflow
from settings.schema import Contacts
from storage import audit
from storage.database import FILE_NAME
from storage.heads import latest_head
from storage.verification import Fault, verify_file
from web.forms import whole_number
from web.officers.door import Desk
from web.officers.flow_chart import columns_of
from web.officers.labels import officer_names

_ROWS: Final = 100

CONTACTS: Final = {
    "township": "乡镇（街道）",
    "county_rural_affairs": "县级乡村振兴（农业农村）部门",
    "civil_affairs": "民政",
    "medical_insurance": "医保",
    "education": "教育",
    "disabled_federation": "残联",
    "housing": "住建",
    "water": "水务",
    "human_resources": "人社（就业）",
    "emergency_management": "应急",
    "protection": "妇女儿童保护联系人",
    "child_worker": "乡镇儿童工作人员",
    "discipline": "纪检监察",
    "duty": "值班电话",
}


def show(desk: Desk) -> Response:
    """GET /desk/setup: what there is to look up."""
    faults = [one for one in conditions(_house(desk)) if not one.good]
    return desk.page("setup.html", {"faults": len(faults)})


def workflow(desk: Desk) -> Response:
    """GET /desk/setup/workflow: states in their order, who does what, how many days."""
    found = load_workflow(desk.site.settings.cases.workflow)
    context = {"workflow": found, "moves": _moves(found), "columns": columns_of(found)}
    return desk.page("workflow.html", context)


def calendar(desk: Desk) -> Response:
    """GET /desk/setup/calendar?start=: days off and made up for, and what each limit would be from a day on."""
    known = calendar_of(desk.store)
    text = desk.request.query_params.get("start", "")
    try:
        start = date.fromisoformat(text) if text else desk.today
    except ValueError:
        start = desk.today
    found = load_workflow(desk.site.settings.cases.workflow)
    context = {
        "years": [(year, year in known.years) for year in (desk.today.year, desk.today.year + 1)],
        "rest": _runs(sorted(day for day in known.rest_days if day.year >= desk.today.year)),
        "work": sorted(day for day in known.work_days if day.year >= desk.today.year),
        "start": start,
        "limits": list(would_be(found, known, start).values()),
        "workflow": found,
    }
    return desk.page("calendar.html", context)


def contacts(desk: Desk) -> Response:
    """GET /desk/setup/contacts: as configured."""
    configured = desk.site.settings.contacts
    assert set(CONTACTS) <= set(Contacts.model_fields), "each contact here is one of the settings"
    rows = [(label, getattr(configured, key)) for key, label in CONTACTS.items()]
    return desk.page("contacts.html", {"rows": rows, "web": desk.site.settings.web})


def consent(desk: Desk) -> Response:
    """GET /desk/setup/consent: every version of the notice of use, the newest first, as people read it."""
    return desk.page("consent.html", {"notices": tuple(reversed(consent_notices()))})


def health(desk: Desk) -> Response:
    """GET /desk/setup/health: what works, and what is degraded, by name."""
    return desk.page("health.html", {"conditions": conditions(_house(desk))})


def _house(desk: Desk) -> House:
    return House(desk.store, desk.site.settings, desk.now)


def trail(desk: Desk) -> Response:
    """GET /desk/setup/trail?before=: the audit trail, newest first."""
    return _trail(desk)


def verify(desk: Desk) -> Response:
    """POST /desk/setup/trail: check the whole chain now."""
    verdict = verify_file(desk.store.data_dir / FILE_NAME, [], [])
    # Signatures are checked with the public key, which lies elsewhere: ``bangfu verify``.
    faults = [finding for finding in verdict.findings if finding.fault is not Fault.KEY_UNKNOWN]
    return _trail(desk, checked=(verdict.rows, len(faults)))


def _trail(desk: Desk, *, checked: tuple[int, int] | None = None) -> Response:
    before = whole_number(desk.request.query_params.get("before", ""), digits=15)
    rows = audit.newest(desk.store, before=before, limit=_ROWS)
    officers = [row.actor.partition(":")[2] for row in rows if row.actor.startswith("officer:")]
    context = {
        "rows": rows,
        "names": {f"officer:{one}": name for one, name in officer_names(desk.store, officers).items()},
        "head": latest_head(desk.store),
        "checked": checked,
        "next": rows[-1].seq if len(rows) == _ROWS else None,
    }
    return desk.page("trail.html", context)


def _moves(workflow: Workflow) -> dict[str, list[tuple[str, str, str]]]:
    """Return for each state what leads on from it: the event, who may, and where to."""
    return {
        state.value: [
            (
                workflow.events[row.event].label,
                "、".join(role.label for role in row.roles),
                workflow.states[row.to].label,
            )
            for row in workflow.moves_from(state)
            if row.to is not None
        ]
        for state in workflow.states
    }


def _runs(days: list[date]) -> list[tuple[date, date]]:
    """Return consecutive days as first and last."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] <= timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
