"""The page that says what is kept, who sees it, and that nothing costs anything."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from settings.schema import Contacts
from web.site import site_of

_LABELS: Final = {
    "township": "乡镇",
    "county_rural_affairs": "县乡村振兴（农业农村）部门",
    "civil_affairs": "民政",
    "medical_insurance": "医保",
    "education": "教育",
    "disabled_federation": "残联",
    "housing": "住房（住建）",
    "emergency_management": "应急",
    "protection": "妇女儿童保护联系人",
    "discipline": "反映干部问题（纪检监察）",
    "duty": "值班电话",
}


async def show(request: Request) -> Response:
    """GET /about."""
    site = site_of(request)
    context: dict[str, object] = {
        "days": site.settings.web.session_days,
        "contacts": _filled_in(site.settings.contacts),
    }
    return site.page(request, site.session(request), "about.html", context)


def _filled_in(contacts: Contacts) -> list[tuple[str, str]]:
    numbers = contacts.model_dump()
    return [(label, numbers[key]) for key, label in _LABELS.items() if numbers[key]]
