"""A camera for pages: each picture has a name, and the plan says which address it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from PIL import Image
from playwright.sync_api import Page
from starlette.routing import compile_path

from bench.pictures_plan import PLAN
from tests.e2e.browser import DESKTOP, PHONE, SMALL_PHONE

BIG: Final = "small-big"
"""The device on which the villagers' pages are shown in big type."""
VILLAGERS_DEVICES: Final[Mapping[str, dict[str, Any]]] = {"phone": PHONE, BIG: SMALL_PHONE, "desk": DESKTOP}
CONSOLE_DEVICES: Final[Mapping[str, dict[str, Any]]] = {"console": DESKTOP, "console-phone": PHONE}
FRESH_DEVICES: Final[Mapping[str, dict[str, Any]]] = {"fresh": DESKTOP, "fresh-phone": PHONE}
WHOLE: Final = "-whole"
_SETTLING_MS: Final = 300
_RULES: Final = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


class WrongPageError(Exception):
    """A picture would show another page than the plan says."""


@dataclass
class Camera:
    """
    Takes the pictures of one device into *folder*; ``taken`` are their names, each once.

    ``faults`` are what axe finds against WCAG 2.2 AA on the photographed pages, and pages wider than the screen.
    """

    folder: Path
    device: str
    taken: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def shoot(self, page: Page, name: str, printed: Image.Image | None = None) -> None:
        """Write what the screen shows and, where the page is longer than the screen, the whole page beside it.

        ``printed`` is what a printer makes of the page, to be kept instead.

        Raises:
            WrongPageError: the page stands at another address than the plan gives for *name*.
        """
        path = urlsplit(page.url).path
        if PLAN[name] and not compile_path(PLAN[name])[0].match(path):
            raise WrongPageError(f"{name}: {path} is not {PLAN[name]}")
        if printed is not None:
            self.keep(name, printed)
            return
        self._examine(page, name)
        target = self.snap(page, name)
        if page.evaluate("document.documentElement.scrollHeight > innerHeight + 4"):
            page.screenshot(path=target.with_stem(f"{target.stem}{WHOLE}"), full_page=True)

    def _examine(self, page: Page, name: str) -> None:
        """Look at the page scrolled to its end, where what sticks to the screen's foot hides nothing."""
        stood = page.evaluate("scrollY")
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if beyond > 0:
            self.faults.append(f"{self.device} {name}: {beyond} px wider than the screen")
        for one in Axe().run(page, options=_RULES).response["violations"]:
            for node in one["nodes"]:
                self.faults.append(f"{self.device} {name}: {one['id']}: {node['html'][:120]}")
        page.evaluate("y => scrollTo(0, y)", stood)

    def snap(self, page: Page, name: str) -> Path:
        """Write what the screen shows and return the file; all that can be done with a page without script."""
        page.wait_for_timeout(_SETTLING_MS)
        target = self._next(name)
        page.screenshot(path=target)
        return target

    def keep(self, name: str, picture: Image.Image) -> None:
        """Write a picture that was made elsewhere."""
        picture.save(self._next(name))

    def _next(self, name: str) -> Path:
        self.taken.add(name)
        return self.folder / f"{self.device}-{len(self.taken):02d}-{name}.png"
