"""One file is read in a process of its own, within limits, so that none can stop the others."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Final, Self, TypeVar

from ingest.archives import Unpacked, unpack
from ingest.parsing import Parsed, parse
from ingest.refusal import Reason, RefusedError
from ingest.sandbox_server import Limits, Request

# What the server needs on top of a file's own time: to start, to load the readers, to kill.
_GRACE_SECONDS: Final = 60
_T = TypeVar("_T")


class Sandbox:
    """
    Parses files in processes forked from a server that has loaded the readers and nothing else of ours: no
    database, no key, no model, no thread. Use it as a context manager; it serves one caller at a time.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._connection: Connection | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def parse(self, data: bytes, name: str, this_year: int) -> Parsed:
        """
        Return ``ingest.parsing.parse(data, name, this_year)``, done by another process.

        Raises:
            RefusedError: As ``parse``; ``TIME`` or ``MEMORY`` beyond the limits; ``CRASHED`` when the process died.
        """
        return self._run(parse, data, name, this_year)

    def unpack(self, data: bytes, largest: int) -> Unpacked:
        """
        Return ``ingest.archives.unpack(data, largest)``, done by another process.

        Raises:
            RefusedError: As ``unpack``; ``TIME`` or ``MEMORY`` beyond the limits; ``CRASHED`` when the process died.
        """
        return self._run(unpack, data, largest)

    def _run(self, work: Callable[..., _T], *arguments: object) -> _T:
        connection = self._connection or self._start()
        try:
            connection.send(Request(work, arguments, self._limits))
            if not connection.poll(self._limits.longest + _GRACE_SECONDS):
                self._stop()
                raise RefusedError(Reason.TIME, str(self._limits.longest))
            answer: _T | RefusedError = connection.recv()
        except (EOFError, OSError) as error:
            self._stop()
            raise RefusedError(Reason.CRASHED, "读取进程意外结束") from error
        if isinstance(answer, RefusedError):
            raise answer
        return answer

    def _start(self) -> Connection:
        ours, theirs = multiprocessing.Pipe()
        # -P: a folder of the user's that is called like one of our packages must not be taken for it.
        self._server = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "ingest.sandbox_server", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C ends us, and our end ends the server
        )
        theirs.close()
        self._connection = ours
        return ours

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._server is not None:
            with suppress(subprocess.TimeoutExpired):
                self._server.wait(timeout=1)
            self._server.kill()
            self._server.wait()
            self._server = None
