"""What the contacts of the settings are called on pages and paper that villagers read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from settings.schema import Contacts

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


def filled_in(contacts: Contacts, keys: Iterable[str] = tuple(_LABELS)) -> list[tuple[str, str]]:
    """Return label and number of the contacts *keys* that the county filled in, in their order."""
    numbers = contacts.model_dump()
    return [(_LABELS[key], numbers[key]) for key in keys if numbers[key]]
