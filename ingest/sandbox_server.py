"""The process that parses files for ``ingest.sandbox``: it forks for each and holds each to its limits."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from ingest.refusal import Reason, RefusedError
from ingest.spelling import plain

_MEGABYTE: Final = 1 << 20
_RESERVE: Final = 4 * _MEGABYTE
_WARM_UP: Final = "預先載入字形轉換表"


@dataclass(frozen=True)
class Limits:
    """
    What reading one file may cost: computing time and memory, and the larger amounts for a file whose text must
    be recognised in pictures. The larger time is also the longest that a file is waited for.
    """

    seconds: int
    megabytes: int
    scan_seconds: int = 0
    scan_megabytes: int = 0

    @property
    def longest(self) -> int:
        """Return the seconds after which no file is waited for."""
        return max(self.seconds, self.scan_seconds)


@dataclass(frozen=True)
class Request:
    """A function of ours to call on one file."""

    work: Callable[..., object]
    arguments: tuple[object, ...]
    limits: Limits


def serve(connection: Connection) -> None:
    """Answer requests until the other side closes."""
    plain(_WARM_UP)  # what every file needs is loaded before the first fork
    while True:
        try:
            request: Request = connection.recv()
        except EOFError:
            return
        connection.send_bytes(_answer(connection, request))


def _answer(connection: Connection, request: Request) -> bytes:
    """Return the pickled answer of a fresh process."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        receiver.close()
        connection.close()
        try:
            _work(sender, request)
        finally:
            os._exit(0)  # whatever happened, this process never becomes a second server
    sender.close()
    answer: bytes | None = None
    is_late = False
    try:
        is_late = not receiver.poll(request.limits.longest)
        answer = None if is_late else receiver.recv_bytes()
    except EOFError:
        pass
    finally:
        receiver.close()
        if is_late:
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    return answer or pickle.dumps(_death(status, request.limits))


def _death(status: int, limits: Limits) -> RefusedError:
    """Say why a process ended without an answer: by a limit of time, or by a fault of a reader."""
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended_by in {signal.SIGXCPU, signal.SIGKILL}:
        return RefusedError(Reason.TIME, str(limits.seconds if ended_by == signal.SIGXCPU else limits.longest))
    return RefusedError(Reason.CRASHED, f"进程收到信号 {ended_by}" if ended_by else "进程没有答复")


def _work(sender: Connection, request: Request) -> None:
    """Do the work within the limits and send what came of it; the process ends behind this whatever happens."""
    limits = request.limits
    reserve = bytearray(_RESERVE)  # what telling of a lack of memory takes
    memory, most = limits.megabytes * _MEGABYTE, max(limits.megabytes, limits.scan_megabytes) * _MEGABYTE
    cores = os.cpu_count() or 1  # recognition computes on all of them, a reader on one
    # The reader of pictures lifts its limits to the higher ones; nothing goes beyond those.
    resource.setrlimit(resource.RLIMIT_AS, (memory, most))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, max(limits.seconds + 1, limits.scan_seconds * cores)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer: object
    try:
        answer = request.work(*request.arguments)
    except RefusedError as refused:
        answer = RefusedError(refused.reason, refused.detail)
    except MemoryError:
        answer = RefusedError(Reason.MEMORY, str(limits.megabytes))
    except RecursionError:
        answer = RefusedError(Reason.CRASHED, "层次太深")
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes is that file's failure
        answer = RefusedError(Reason.CRASHED, type(error).__name__)
    try:
        sender.send(answer)
    except MemoryError:
        del answer, reserve
        sender.send(RefusedError(Reason.MEMORY, str(limits.megabytes)))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
