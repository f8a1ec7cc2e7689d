"""An officer at the console: a browser without script, signed in, that fills the forms it is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cases.actors import Officer
from storage.database import transaction
from storage.store import Store
from web.officers.sessions import COOKIE, open_session

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_HOST = "http://testserver"


class Clerk:
    """Opens pages and posts their forms. ``page`` is what was shown last."""

    def __init__(self, app: Starlette) -> None:
        self.browser = TestClient(app, base_url=_HOST, raise_server_exceptions=False)
        self.page: httpx.Response = httpx.Response(204)

    def sign_in(self, store: Store, officer: Officer, *, now: datetime) -> Clerk:
        """Begin a session without the password, which has tests of its own."""
        with transaction(store):
            token = open_session(store, officer, device="电脑", now=now)
        self.browser.cookies.set(COOKIE, token, domain="testserver.local", path="/desk")
        return self

    def open(self, path: str) -> str:
        """Open a page and return its text as a person reads it."""
        self.page = self.browser.get(path)
        return self.text

    def post(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> str:
        """Post to *path* with a ticket from the page shown last, follow where it leads, return the text."""
        self.page = self.browser.post(path, data={**self.ticket(), **(fields or {})}, **more)
        return self.text

    def step(self, receipt: str, event: str, **fields: Any) -> str:
        """Open a case and send one of its forms."""
        self.open(f"/desk/case/{receipt}")
        version = self.hidden()["version"]
        return self.post(f"/desk/case/{receipt}", {"version": version, "event": event, **fields})

    def ticket(self) -> dict[str, str]:
        """Return the ticket of the page shown last."""
        shown = self.hidden()
        return {name: shown[name] for name in ("turn", "seal")}

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the page shown last."""
        return {name: html.unescape(value) for name, value in _HIDDEN.findall(self.page.text)}

    @property
    def text(self) -> str:
        """The words of the page shown last."""
        bare = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", self.page.text, flags=re.DOTALL)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", bare)))

    @property
    def status(self) -> int:
        """The status of the page shown last."""
        return self.page.status_code
