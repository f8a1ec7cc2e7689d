"""Whom a leaflet names: the numbers that the county entered, and room to write where it entered none."""

from __future__ import annotations

from typing import Final

from settings.schema import Contacts

_LABELS: Final = {
    "township": "乡镇",
    "county_rural_affairs": "县乡村振兴（农业农村）部门",
    "civil_affairs": "民政",
    "medical_insurance": "医保",
    "education": "教育",
    "housing": "住房（住建）",
}
_BLANK: Final = "＿＿＿＿＿＿＿＿＿＿＿＿"


def known_contacts(contacts: Contacts) -> list[str]:
    """Return a line a contact; the village committee's number is always written in by hand."""
    numbers = contacts.model_dump()
    known = [f"{label}：{numbers[key]}" for key, label in _LABELS.items() if numbers[key]]
    return [f"村委会：{_BLANK}", *(known or [f"乡镇：{_BLANK}"]), "政务服务便民热线：12345"]
