"""A complete sheet of the home visit, and the file in which an officer hands it in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

MEMBER = {
    "name": "苏秀英",
    "relation": "本人",
    "id_kind": "居民身份证",
    "id_number": "11010519491231002X",
    "schooling": "小学",
    "health": "大病",
    "labour": "无劳动力",
    "insured": True,
    "pension": "领取待遇",
    "identities": [],
    "dibao": True,
}
SHEET: dict[str, Any] = {
    "household_kind": "一般农户",
    "people": 2,
    "registered_address": "三社",
    "living_address": "三社",
    "house": "B",
    "house_source": "自建",
    "house_structure": "砖木",
    "water_source": "自来水到户",
    "water_cut": False,
    "water_minutes": 0,
    "dropouts": 0,
    "uninsured": 0,
    "wage": 12000,
    "business": 3000.5,
    "property": 0,
    "transfer": 2400,
    "business_cost": 800,
    "medical_paid": 40000,
    "education_paid": 0,
    "housing_paid": 0,
    "other_paid": 0,
    "assets": [],
    "benefits": ["低保"],
    "capacity": "不能解决",
    "capacity_reason": "没有劳力",
    "main_risk": "因病",
    "intended": "突发严重困难户",
    "visitors": "马志远、王得福",
    "signed": "手印",
    "consent_number": "2026-1",
    "consent_signed_on": "2026-03-11",
    "members": [MEMBER, {**MEMBER, "relation": "配偶", "health": "健康", "dibao": False}],
}


def as_file(sheet: Mapping[str, Any] = SHEET) -> str:
    """Return *sheet* as the file that ``bangfu queue form`` takes."""
    lines = [_line(key, value) for key, value in sheet.items() if key != "members"]
    for member in sheet["members"]:
        lines += ["[[members]]", *(_line(key, value) for key, value in member.items())]
    return "\n".join(lines)


def _line(key: str, value: Any) -> str:
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"
