"""Form tickets: each rendered form carries one, so that a post proves its page and is counted once.

The turn id is random and its seal is keyed to the chat: a foreign page cannot make one (CSRF), a double click or a
resend carries the same one (idempotence), and the bytes differ in every page (nothing for compression to leak).
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from storage.vault import Vault


@dataclass(frozen=True)
class Ticket:
    """The two hidden fields of a form."""

    turn: str
    seal: str


class Tickets:
    """Mints and checks tickets with a key of the vault; nothing is stored on the server."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def mint(self, chat: str) -> Ticket:
        """Return a fresh ticket for a form of *chat*."""
        turn = secrets.token_urlsafe(12)
        return Ticket(turn=turn, seal=self._seal(chat, turn))

    def fits(self, chat: str, ticket: Ticket) -> bool:
        """Tell whether we minted *ticket* for *chat*."""
        return hmac.compare_digest(ticket.seal.encode(), self._seal(chat, ticket.turn).encode())

    def _seal(self, chat: str, turn: str) -> str:
        return self._vault.fingerprint("web.ticket", f"{chat}.{turn}")
