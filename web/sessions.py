"""The session cookie: a random chat address with a keyed signature. It names the chat and holds nothing else."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from storage.vault import Vault

COOKIE: Final = "bangfu_chat"
# A phone that practises has this one beside its own, which comes back when the practice ends.
PRACTICE_COOKIE: Final = "bangfu_practice"
_PRACTICE_MARK: Final = "practice-"
_RENEWED_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True)
class Session:
    """One browser's chat. ``stale`` says that the browser should be given a new cookie."""

    chat: str
    stale: bool

    @property
    def practises(self) -> bool:
        """Tell whether this chat only tries things out."""
        return is_practice(self.chat)


def is_practice(chat: str) -> bool:
    """Tell whether *chat* is the address of a practice."""
    return chat.startswith(_PRACTICE_MARK)


class Sessions:
    """Mints and checks session cookies with a key of the vault; nothing is stored on the server."""

    def __init__(self, vault: Vault, lifetime: timedelta) -> None:
        self._vault = vault
        self._lifetime = lifetime

    def of(self, request: Request, now: datetime) -> Session | None:
        """Return the session that the request's cookie proves, or None; a practice stands before the chat itself."""
        return self._proven(request, PRACTICE_COOKIE, now) or self._proven(request, COOKIE, now)

    def _proven(self, request: Request, cookie: str, now: datetime) -> Session | None:
        chat, issued, signature = [*request.cookies.get(cookie, "").split("."), "", "", ""][:3]
        if not hmac.compare_digest(signature.encode(), self._sign(chat, issued).encode()):
            return None
        age = now - datetime.fromtimestamp(int(issued), UTC)
        if age > self._lifetime:
            return None
        return Session(chat=chat, stale=age > _RENEWED_AFTER)

    def mint(self, *, practice: bool = False) -> Session:
        """Return a new chat that nobody can guess."""
        return Session(chat=(_PRACTICE_MARK if practice else "") + secrets.token_urlsafe(16), stale=True)

    def attach(self, response: Response, session: Session, request: Request, now: datetime) -> None:
        """Give the browser the cookie of *session*: HttpOnly, same site only, secure wherever the page is."""
        issued = str(int(now.timestamp()))
        response.set_cookie(
            PRACTICE_COOKIE if session.practises else COOKIE,
            f"{session.chat}.{issued}.{self._sign(session.chat, issued)}",
            max_age=None if session.practises else int(self._lifetime.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    def _sign(self, chat: str, issued: str) -> str:
        return self._vault.fingerprint("web.session", f"{chat}.{issued}")
