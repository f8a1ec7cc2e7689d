"""Whom a leaflet names: the numbers that the county entered, and room to write where it entered none."""

from __future__ import annotations

from typing import Final

from settings.schema import Contacts
from web.contacts import filled_in

_ASKED: Final = ("township", "county_rural_affairs", "civil_affairs", "medical_insurance", "education", "housing")
_BLANK: Final = "＿＿＿＿＿＿＿＿＿＿＿＿"


def known_contacts(contacts: Contacts) -> list[str]:
    """Return a line a contact; the village committee's number is always written in by hand."""
    known = [f"{label}：{number}" for label, number in filled_in(contacts, _ASKED)]
    return [f"村委会：{_BLANK}", *(known or [f"乡镇：{_BLANK}"]), "政务服务便民热线：12345"]
