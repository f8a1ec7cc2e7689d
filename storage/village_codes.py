"""The codes on a village's QR poster and on its public notices: only this installation can make them.

It outlives a change of the master key, since posters hang for years: its key is the one that signs the audit trail.
"""

from __future__ import annotations

import base64
import hmac
import re
from typing import Final

from settings.schema import Settings
from storage.keys import load_or_create_signer
from storage.signing import Signer

# Telegram lets a start code have 64 of A-Z a-z 0-9 _ -; capitals and digits alone also survive being read aloud.
_CODE: Final = re.compile(r"V(\d{6}(?:\d{3}){0,2})([A-Z2-7]{16})")
# On a public notice, which stands for days.
_NOTICE_CODE: Final = re.compile(r"N([1-9]\d{0,8})([A-Z2-7]{16})")
_TAG_BYTES: Final = 10


class VillageCodes:
    """Makes and reads the codes of one installation."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    def mint(self, area_code: str) -> str:
        """Return the code of a village (or of a township or county): always the same for the same area."""
        return f"V{area_code}{self._tag(area_code)}"

    def read(self, code: str) -> str | None:
        """Return the area that *code* names, None when it was not made here. Small letters do no harm."""
        match = _CODE.fullmatch(code.strip().upper())
        if match is None:
            return None
        area_code, tag = match.groups()
        return area_code if hmac.compare_digest(tag, self._tag(area_code)) else None

    def mint_notice(self, number: int) -> str:
        """Return the code of the public notice of that number."""
        return f"N{number}{self._tag(f'notice {number}')}"

    def read_notice(self, code: str) -> int | None:
        """Return the number of the public notice that *code* names, None when it was not made here."""
        match = _NOTICE_CODE.fullmatch(code.strip().upper())
        if match is None:
            return None
        number, tag = match.groups()
        return int(number) if hmac.compare_digest(tag, self._tag(f"notice {number}")) else None

    def _tag(self, named: str) -> str:
        tag = self._signer.tag(f"village code {named}")[:_TAG_BYTES]
        return base64.b32encode(tag).decode()


def village_codes(settings: Settings) -> VillageCodes:
    """Return the codes of the configured installation, making its signing key at the first use."""
    secret = settings.secrets.signing_key
    return VillageCodes(load_or_create_signer(settings.data_path, secret.get_secret_value() if secret else None))


def village_address(settings: Settings, codes: VillageCodes, area_code: str) -> str:
    """Return what a village's QR code opens on the page for villagers."""
    return f"{settings.web.public_address.rstrip('/')}/v/{codes.mint(area_code)}"
