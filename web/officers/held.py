"""What was typed into a form whose session had ended: sealed, carried through signing in, offered again."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from storage.errors import SealBrokenError
from storage.store import Store
from web.forms import Form
from web.site import site_of
from web.tickets import Ticket

_LARGEST: Final = 400_000
_OWN: Final = frozenset({"turn", "seal"})
_ANYBODY: Final = "sign-in"


@dataclass(frozen=True)
class Held:
    """A form that waits for its officer: where it goes, and what he typed. Photos are not kept."""

    path: str
    fields: tuple[tuple[str, str], ...]


def hold(store: Store, officer: str, path: str, form: Form) -> str:
    """Return the form as sealed text that only this officer's next sign-in opens; empty when it is too large."""
    fields = [(name, value) for name, value in form.pairs if name not in _OWN]
    text = json.dumps({"path": path, "fields": fields}, ensure_ascii=False)
    if len(text) > _LARGEST:
        return ""
    sealed = store.vault.seal(text, table="desk_held", row=officer, column="form")
    return base64.urlsafe_b64encode(sealed).decode()


def open_held(store: Store, officer: str, sealed: str) -> Held | None:
    """Return the form that *officer* was filling; None when there is none, or it was another's."""
    if not sealed:
        return None
    try:
        data = base64.urlsafe_b64decode(sealed)
        body = json.loads(store.vault.open_text(data, table="desk_held", row=officer, column="form"))
    except (ValueError, SealBrokenError):
        return None
    return Held(body["path"], tuple((name, value) for name, value in body["fields"]))


def show_sign_in(
    request: Request, *, name: str = "", problem: str = "", held: str = "", next_path: str = "", status: int = 200
) -> Response:
    """Return the page on which an officer signs in, with what he was typing sealed into it."""
    site = site_of(request)
    context = {
        "ticket": open_ticket(request),
        "name": name,
        "problem": problem,
        "held": held,
        "next": next_path,
    }
    return site.templates.page(request, "desk/sign_in.html", context, status=status)


def open_ticket(request: Request) -> Ticket:
    """Return a ticket for a form that is filled before anybody is signed in."""
    return site_of(request).tickets.mint(_ANYBODY)


def has_open_ticket(request: Request, form: Form) -> bool:
    """Tell whether *form* came from a page of ours that nobody had to sign in for."""
    return site_of(request).tickets.fits(_ANYBODY, form.ticket)
