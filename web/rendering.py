"""Templates: Jinja2 with escaping always on, our own filters, and static files named by their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from language.dates import full_date
from storage.times import SHANGHAI
from web.officers.labels import FILTERS, Places

FOLDER: Final = Path(__file__).parent
STATIC: Final = FOLDER / "static"
BIG_TYPE: Final = "bangfu_size"

# A number to call, not an amount: short ones only when nothing that is counted follows. Mobile numbers are mostly
# the reader's own, read back.
_CALLABLE: Final = re.compile(
    r"(?<![\d.,〔\[第—-])"
    r"(?:0\d{2,3}-?\d{7,8}|(?:110|119|120|122|12\d{3}|96\d{3})(?!\s*[元块户人名天日年月岁亩斤个万亿号次分%％‰]))"
    r"(?![\d.,-])"
)


_RECEIPT: Final = re.compile(r"(?<!\d)\d{3} \d{4} \d{4}(?!\d)")


class Templates:
    """Renders pages and fragments. Every page knows the date, the size of type and where it stands."""

    def __init__(self, places: Places) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"speech": speech, "clock": clock, "day": full_date, **FILTERS, **places.filters}
        self._environment.globals["static"] = _Static().address

    def page(self, request: Request, template: str, context: Mapping[str, object], *, status: int = 200) -> Response:
        """Return a whole page as a response."""
        shared = {"path": request.url.path, "big": request.cookies.get(BIG_TYPE) == "big"}
        return HTMLResponse(self.text(template, {**shared, **context}), status_code=status)

    def text(self, template: str, context: Mapping[str, object]) -> str:
        """Return a rendered template."""
        return self._environment.get_template(template).render(context)


def speech(text: str) -> Markup:
    """Return plain text as safe HTML: it keeps its lines, a thumb calls its telephone numbers, receipts stand out."""
    html: list[str] = []
    end = 0
    for match in _CALLABLE.finditer(text):
        number = match[0]
        html += [str(escape(text[end : match.start()])), f'<a href="tel:{number.replace("-", "")}">{number}</a>']
        end = match.end()
    html.append(str(escape(text[end:])))
    whole = _RECEIPT.sub(r'<b class="num">\g<0></b>', "".join(html))
    return Markup(whole.replace("\n", "<br>"))  # noqa: S704 - every piece was escaped above


def clock(instant: datetime) -> str:
    """Return the time of day in Shanghai."""
    return instant.astimezone(SHANGHAI).strftime("%H:%M")


class _Static:
    """Addresses of static files with a fingerprint of their content, so that browsers may keep them for ever."""

    def __init__(self) -> None:
        self._marks = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:10] for path in STATIC.iterdir() if path.is_file()
        }

    def address(self, name: str) -> str:
        return f"/static/{name}?v={self._marks[name]}"
