"""Papers on the screen as they print: A4, large enough to read, nothing of the console around them."""

from __future__ import annotations

from starlette.responses import Response

from cases.paper import WATERMARK, Paper
from web.officers.door import Desk


def show_paper(desk: Desk, paper: Paper, *, back: str) -> Response:
    """Return *paper* as a page to print; *back* leads to where it was printed from."""
    return desk.page("paper.html", {"paper": paper, "watermark": WATERMARK, "back": back})
