"""A local server that speaks the OpenAI chat interface: it says what it was told to, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ChatServer:
    """``says`` is the next answer; ``status`` other than 200 refuses; ``waits`` delays it by seconds."""

    address: str = ""
    says: str = ""
    status: int = 200
    waits: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)

    def prompt(self) -> str:
        """Return all that the last request showed the model."""
        return "\n".join(str(message["content"]) for message in self.asked[-1]["messages"])


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Run a server on a free port of this machine."""
    state = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.asked.append(json.loads(body) | {"path": self.path, "key": self.headers["Authorization"]})
            time.sleep(state.waits)
            answer: dict[str, Any] = {"error": {"message": "busy"}}
            if state.status == 200:
                message = {"role": "assistant", "content": state.says}
                answer = {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": "local",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                }
            content = json.dumps(answer, ensure_ascii=False).encode()
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
