"""The code on a public notice: who scans it may object, without saying who he is."""

from __future__ import annotations

from typing import Final

import segno

from cases.public_notice.sheet import ObjectionCode
from settings.schema import Settings
from storage.village_codes import VillageCodes

_TITLE: Final = "扫码提不同意见"


def objection_code(settings: Settings, codes: VillageCodes, number: int) -> ObjectionCode | None:
    """Return the code of the public notice of that number; None without an address that phones can reach."""
    if not settings.web.public_address:
        return None
    address = f"{settings.web.public_address.rstrip('/')}/o/{codes.mint_notice(number)}"
    square = segno.make(address, error="q", micro=False).svg_inline(scale=4, border=2, title=_TITLE)
    return ObjectionCode(address, str(square))
