"""The forms of a page as a browser sees them, filled with whatever somebody types into every field."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlparse

from tests.web.officers.clerk import Clerk

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
_LEFT_ALONE = ("hidden", "date", "number", "month", "time")


@dataclass
class Shown:
    """One form: where it goes, what is in it, and which fields take words."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Shown] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Shown(have.get("method", "get"), have.get("action") or self.path))
        if not self.forms:
            return
        form, name, kind = self.forms[-1], have.get("name", ""), have.get("type", "text")
        if tag == "option" and self._select and have.get("value", "x"):
            form.fields.setdefault(self._select, have.get("value", ""))
        if tag == "select":
            self._select = name
        if not name:
            return
        if tag == "textarea" or (tag == "input" and kind in ("text", "search", "tel", "url")):
            form.typed.append(name)
        elif tag == "input" and kind in ("checkbox", "radio"):
            form.fields.setdefault(name, have.get("value", "on"))
        elif tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind in _LEFT_ALONE:
            form.fields[name] = have.get("value", "")


def forms_of(clerk: Clerk) -> list[Shown]:
    """Return the forms of the page shown last."""
    reader = _Reader(clerk.page.url.path)
    reader.feed(clerk.page.text)
    return reader.forms


def type_everywhere(clerk: Clerk, paths: list[str], words: str = SCRIPT) -> set[str]:
    """Open each page, send each of its forms with the words in every field, and return the names of those fields."""
    tried: set[str] = set()
    for path in paths:
        clerk.open(path)
        for number in range(len(forms_of(clerk))):
            clerk.open(path)
            now = forms_of(clerk)
            if number >= len(now) or not now[number].typed:
                continue
            form = now[number]
            filled = {**form.fields, **dict.fromkeys(form.typed, words)}
            address = urlparse(form.action).path
            if form.method.lower() == "post":
                clerk.page = clerk.browser.post(address, data=filled)
            else:
                clerk.page = clerk.browser.get(address, params=filled)
            tried |= set(form.typed)
            shows_only_words(clerk, f"{path} → {form.action}")
    return tried


def shows_only_words(clerk: Clerk, where: str) -> None:
    """See that nothing typed became part of the page, and that the page did not break."""
    assert clerk.status < 500, where
    assert "<script>alert" not in clerk.page.text, where
    assert "<img src=x" not in clerk.page.text, where
