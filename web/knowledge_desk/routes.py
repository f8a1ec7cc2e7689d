"""The addresses of the knowledge desk."""

from __future__ import annotations

from typing import Final

from starlette.routing import BaseRoute, Route

from web.knowledge_desk import documents, overview, trial
from web.knowledge_desk.rights import editing
from web.officers.door import View, act, page

_ROOT: Final = "/desk/knowledge"
_DOCUMENT: Final = f"{_ROOT}/documents/{{id}}"


def routes() -> list[BaseRoute]:
    """Return the routes under /desk/knowledge."""
    return [
        *(Route(path, page(view)) for path, view in _PAGES.items()),
        *(Route(path, act(view), methods=["POST"]) for path, view in _FORMS.items()),
        *(Route(path, act(editing(view)), methods=["POST"]) for path, view in _EDITS.items()),
    ]


_PAGES: Final[dict[str, View]] = {
    _ROOT: overview.show,
    f"{_ROOT}/index": overview.index_state,
    f"{_ROOT}/documents": documents.show_all,
    _DOCUMENT: documents.show,
    f"{_DOCUMENT}/text": documents.show_text,
    f"{_ROOT}/try": trial.show,
}
_FORMS: Final[dict[str, View]] = {
    f"{_ROOT}/try": trial.look_up,
}
_EDITS: Final[dict[str, View]] = {
    f"{_ROOT}/index": overview.refresh,
    f"{_DOCUMENT}/correct": documents.correct,
    f"{_DOCUMENT}/retire": documents.retire,
    f"{_DOCUMENT}/restore": documents.restore,
}
