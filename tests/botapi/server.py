"""The HTTP face of the local Bot API, in a thread of the test process."""

from __future__ import annotations

import json
import threading
import time
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.botapi.cloud import TOKEN, ApiError, Cloud, Fault, Json
from tests.botapi.methods import METHODS, Upload
from tests.botapi.person import Person

STRUCTURED = {"reply_markup", "allowed_updates", "commands"}


class BotApi:
    """A Bot API server on a free local port; use it as a context manager.

    A bot process may be killed and started again against it: waiting updates stay until they are confirmed.
    """

    token = TOKEN

    def __init__(self) -> None:
        self.cloud = Cloud()
        self._people: dict[int, Person] = {}
        app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._download),
            ]
        )
        config = uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="botapi", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the local Bot API server did not start"
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}/bot"
        self.base_file_url = f"http://127.0.0.1:{port}/file/bot"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.cloud.changed:
            self.cloud.closed = True
            self.cloud.changed.notify_all()
        self._server.should_exit = True
        self._thread.join(10)

    def person(self, name: str) -> Person:
        """Return a person with a phone of their own; the same name is the same person."""
        number = 900_001 + len(self._people)
        for known in self._people.values():
            if known.name == name:
                return known
        self._people[number] = Person(self.cloud, number, name)
        return self._people[number]

    def limit(self, method: str, *, times: int, retry_after: int = 1) -> None:
        """Answer the next calls of *method* with 429."""
        error = ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
        self.cloud.faults[method.lower()] = Fault(error, times)

    def fail(self, method: str, *, times: int, code: int = 502, description: str = "Bad Gateway") -> None:
        """Answer the next calls of *method* with an error."""
        self.cloud.faults[method.lower()] = Fault(ApiError(code, description), times)

    def lose_answers(self, method: str, *, times: int) -> None:
        """Do what the next calls of *method* ask, but never let the bot know."""
        self.cloud.lost_answers[method.lower()] = times

    def break_downloads(self, *, times: int) -> None:
        """Fail the next file downloads."""
        self.cloud.broken_downloads = times

    def calls(self, method: str) -> list[Json]:
        """Return the parameters of all calls of *method* so far, refused ones too."""
        with self.cloud.changed:
            return [params for name, params in self.cloud.calls if name == method.lower()]

    def wait_calls(self, method: str, count: int, timeout: float = 60) -> None:
        """Wait until *method* was called at least *count* times."""
        with self.cloud.changed:
            enough = self.cloud.changed.wait_for(lambda: len(self.calls(method)) >= count, timeout)
        assert enough, f"{method} was called {len(self.calls(method))} times, not {count}"

    async def _call(self, request: Request) -> Response:
        method = str(request.path_params["method"]).lower()
        if request.path_params["token"] != TOKEN:
            return refusal(ApiError(401, "Unauthorized"))
        params, files = await read_params(request)
        with self.cloud.changed:
            self.cloud.calls.append((method, params))
            self.cloud.changed.notify_all()
        try:
            result = await run_in_threadpool(self._answer, method, params, files)
        except ApiError as error:
            return refusal(error)
        if self.cloud.loses_answer(method):
            return Response("<html>502 Bad Gateway</html>", status_code=502)
        return JSONResponse({"ok": True, "result": result})

    def _answer(self, method: str, params: Json, files: dict[str, Upload]) -> Any:
        if fault := self.cloud.fault_for(method):
            raise fault
        if method not in METHODS:
            raise ApiError(404, "Not Found: method not found")
        return METHODS[method](self.cloud, params, files)

    async def _download(self, request: Request) -> Response:
        with self.cloud.changed:
            if self.cloud.broken_downloads:
                self.cloud.broken_downloads -= 1
                return Response(status_code=502)
            data = self.cloud.files.get(str(request.path_params["path"]).rpartition("/")[2])
        if request.path_params["token"] != TOKEN or data is None:
            return Response(status_code=404)
        return Response(data)


def refusal(error: ApiError) -> JSONResponse:
    """Word a refusal as the Bot API does."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, status_code=error.code)


async def read_params(request: Request) -> tuple[Json, dict[str, Upload]]:
    """Read a call's parameters from query, form, multipart or JSON."""
    params: Json = dict(request.query_params)
    files: dict[str, Upload] = {}
    if request.headers.get("content-type", "").startswith("application/json"):
        params.update(await request.json())
    else:
        async with request.form() as form:
            for key, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[key] = (value.filename or key, await value.read())
                else:
                    params[key] = value
    for key in STRUCTURED & params.keys():
        if isinstance(params[key], str):
            params[key] = json.loads(params[key])
    return params, files
