"""The addresses of the knowledge desk."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.knowledge_desk import documents, drafts, entries, feedback, overview, trial, unanswered, uploads
from web.knowledge_desk.rights import editing
from web.officers.door import Desk, View, act, page

_ROOT: Final = "/desk/knowledge"
UPLOAD: Final = f"{_ROOT}/upload"
"""Where files are brought: larger ones than anywhere else."""
_DOCUMENT: Final = f"{_ROOT}/documents/{{id}}"
_UPLOADED: Final = f"{UPLOAD}/{{number:int}}"
_ENTRY: Final = f"{_ROOT}/entries/{{id}}"
_DRAFT: Final = f"{_ROOT}/drafts/{{number:int}}"
_CLUSTER: Final = f"{_ROOT}/unanswered/{{id}}"


def routes() -> list[BaseRoute]:
    """Return the routes under /desk/knowledge."""
    return [
        *(Route(path, page(view)) for path, view in _PAGES.items()),
        *(Route(path, page(editing(view))) for path, view in _DESKS.items()),
        Route(f"{_ROOT}/try", act(trial.look_up), methods=["POST"]),
        Route(UPLOAD, act(editing(uploads.bring), before_reading=editing(_may)), methods=["POST"]),
        *(Route(path, act(editing(view)), methods=["POST"]) for path, view in _EDITS.items()),
    ]


def _may(_desk: Desk) -> Response:
    """Answer that this officer may send what he has."""
    return Response(status_code=204)


_PAGES: Final[dict[str, View]] = {
    _ROOT: overview.show,
    f"{_ROOT}/index": overview.index_state,
    f"{_ROOT}/documents": documents.show_all,
    _DOCUMENT: documents.show,
    f"{_DOCUMENT}/text": documents.show_text,
    f"{_ROOT}/entries": entries.show_all,
    _ENTRY: entries.show,
    f"{_ROOT}/unanswered": unanswered.show_all,
    _CLUSTER: unanswered.show,
    f"{_ROOT}/feedback": feedback.show,
    f"{_ROOT}/try": trial.show,
}
_DESKS: Final[dict[str, View]] = {
    UPLOAD: uploads.show_all,
    _UPLOADED: uploads.show,
    f"{_UPLOADED}/news": uploads.progress,
    f"{_ROOT}/write": entries.write,
    _DRAFT: drafts.show,
    f"{_DRAFT}/news": drafts.progress,
}
_EDITS: Final[dict[str, View]] = {
    f"{_ROOT}/index": overview.refresh,
    f"{_DOCUMENT}/correct": documents.correct,
    f"{_DOCUMENT}/retire": documents.retire,
    f"{_DOCUMENT}/restore": documents.restore,
    f"{_DOCUMENT}/succeed": documents.succeed,
    f"{_DOCUMENT}/part": documents.part,
    f"{_UPLOADED}/take": uploads.take_in,
    f"{_UPLOADED}/drop": uploads.drop,
    f"{_ROOT}/write": entries.keep,
    f"{_ENTRY}/end": entries.end,
    f"{_ENTRY}/original": entries.give_back,
    f"{_DRAFT}/rehearse": drafts.rehearse,
    f"{_DRAFT}/stop": drafts.stop,
    f"{_DRAFT}/publish": drafts.make_public,
    f"{_DRAFT}/drop": drafts.drop,
    f"{_CLUSTER}/aside": unanswered.put_aside,
    f"{_ROOT}/feedback/{{id}}/done": feedback.settle,
}
