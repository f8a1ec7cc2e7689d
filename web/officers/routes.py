"""The addresses of the console."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from web.officers import sign_in


def routes() -> list[BaseRoute]:
    """Return the routes under /desk."""
    return [
        Route("/desk/sign-in", sign_in.show),
        Route("/desk/sign-in", sign_in.enter, methods=["POST"]),
        Route("/desk/start/{code}", sign_in.show_start),
        Route("/desk/start/{code}", sign_in.start, methods=["POST"]),
    ]
