"""A local server that speaks the OpenAI chat interface, streamed or whole: it says what it was told to say."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PIECE = 3


@dataclass
class ChatServer:
    """
    ``says`` is the next answer; ``status`` other than 200 refuses.

    ``waits`` delays the answer, ``drips`` each of its pieces, by seconds. ``breaks_after`` ends the stream after so
    many pieces without its end, ``raw`` is sent instead of any answer. ``sent`` counts the pieces that went out.
    """

    address: str = ""
    says: str = ""
    status: int = 200
    waits: float = 0.0
    drips: float = 0.0
    breaks_after: int | None = None
    raw: bytes = b""
    sent: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)

    def prompt(self) -> str:
        """Return all that the last request showed the model."""
        return "\n".join(str(message["content"]) for message in self.asked[-1]["messages"])

    def whole(self) -> bytes:
        """Return an answer that is not streamed."""
        message = {"role": "assistant", "content": self.says}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return _json(_answer("chat.completion", choice))

    def events(self) -> Iterator[bytes]:
        """Yield the server-sent events of a streamed answer."""
        pieces = [self.says[start : start + _PIECE] for start in range(0, len(self.says), _PIECE)]
        for number, piece in enumerate(pieces):
            if self.breaks_after == number:
                return
            time.sleep(self.drips)
            yield _event({"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None})
        yield _event({"index": 0, "delta": {}, "finish_reason": "stop"})
        yield b"data: [DONE]\n\n"


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Run a server on a free port of this machine."""
    state = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.asked.append(body | {"path": self.path, "key": self.headers["Authorization"]})
            time.sleep(state.waits)
            if state.status != 200 or state.raw or not body.get("stream"):
                self._send(
                    state.raw or (state.whole() if state.status == 200 else _json({"error": {"message": "busy"}}))
                )
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                for event in state.events():
                    self.wfile.write(event)
                    self.wfile.flush()
                    state.sent += 1
            except (BrokenPipeError, ConnectionResetError):
                """The other side has heard enough."""

        def _send(self, content: bytes) -> None:
            self.send_response(state.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(kind: str, choice: dict[str, Any]) -> dict[str, Any]:
    return {"id": "1", "object": kind, "created": 1, "model": "local", "choices": [choice]}


def _event(choice: dict[str, Any]) -> bytes:
    return b"data: " + _json(_answer("chat.completion.chunk", choice)) + b"\n\n"


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
