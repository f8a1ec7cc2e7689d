"""A person with a browser that runs no scripts: opens pages, fills the forms that are there, follows redirects."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

_TICKET = re.compile(r'name="(turn|seal)" value="([^"]*)"')
_BUBBLE = re.compile(r'<li class="(mine|theirs)".*?</li>', re.DOTALL)
_TEXT = re.compile(r'<div class="text">(.*?)</div>', re.DOTALL)


class Villager:
    """One browser with its own cookies."""

    def __init__(self, app: Starlette) -> None:
        self.client = TestClient(app, raise_server_exceptions=False)
        self.page: Response | None = None

    def open(self, address: str) -> Response:
        """Open a page by its address."""
        self.page = self.client.get(address)
        return self.page

    @property
    def html(self) -> str:
        """Return the page that is open."""
        assert self.page is not None, "open a page first"
        return self.page.text

    @property
    def ticket(self) -> dict[str, str]:
        """Return the hidden fields of the forms on the open page."""
        return dict(_TICKET.findall(self.html))

    def say(self, text: str = "", **fields: str) -> Response:
        """Post the composer of the open page."""
        return self.post({**self.ticket, "text": text, **fields})

    def send(self, *files: tuple[str, bytes, str], text: str = "") -> Response:
        """Post the composer with files: name, bytes and media type each."""
        return self.post({**self.ticket, "text": text}, files=[("photo", file) for file in files])

    def press(self, label: str) -> Response:
        """Press a button of the open page."""
        match = re.search(rf'<button name="(\w+)" value="([^"]*)">{re.escape(label)}</button>', self.html)
        assert match is not None, f"no button {label}"
        return self.post({**self.ticket, match[1]: unescape(match[2])})

    def post(self, data: dict[str, str], **more: Any) -> Response:
        """Post any form to the chat."""
        self.page = self.client.post("/say", data=data, **more)
        return self.page

    def bubbles(self) -> list[tuple[str, str]]:
        """Return who said what on the open page."""
        found = []
        for bubble in _BUBBLE.finditer(self.html):
            text = _TEXT.search(bubble[0])
            found.append((bubble[1], unescape(re.sub(r"<[^>]+>", "", text[1])) if text else ""))
        return found
