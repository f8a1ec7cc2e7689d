"""Papers on the screen as they print: A4, large enough to read, nothing of the console around them."""

from __future__ import annotations

from starlette.responses import Response

from cases.paper import WATERMARK, Paper
from web.officers.door import Desk


def show_paper(desk: Desk, *papers: Paper, back: str) -> Response:
    """Return *papers* as pages to print, all originals or all copies; *back* leads to where they were printed from."""
    return desk.page("paper.html", {"papers": papers, "watermark": WATERMARK, "back": back})
