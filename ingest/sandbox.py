"""One file is parsed in a process of its own, within limits, so that none can stop the others."""

from __future__ import annotations

import multiprocessing
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

from ingest.parsing import Parsed, parse
from ingest.refusal import Reason, RefusedError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_MEGABYTE: Final = 1 << 20
# The server is a fresh process that has loaded the readers and nothing else: each file's process is forked
# from it in milliseconds and inherits no thread, no database and no model of ours.
_PROCESSES: Final = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["ingest.parsing"])
_GRACE_SECONDS: Final = 5


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost."""

    seconds: int
    megabytes: int


def parse_apart(data: bytes, name: str, this_year: int, limits: Limits) -> Parsed:
    """
    Return ``parse(data, name, this_year)``, done by another process.

    Raises:
        RefusedError: As ``parse``; ``TIME`` or ``MEMORY`` beyond the limits; ``CRASHED`` when the process died.
    """
    receiver, sender = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_work, args=(sender, data, name, this_year, limits), daemon=True)
    process.start()
    sender.close()
    try:
        answer = _await(receiver, process, limits)
    finally:
        receiver.close()
        process.kill()
        process.join()
    if isinstance(answer, RefusedError):
        raise RefusedError(answer.reason, answer.detail)
    return answer


def _await(receiver: Connection, process: BaseProcess, limits: Limits) -> Parsed | RefusedError:
    if not receiver.poll(limits.seconds + _GRACE_SECONDS):
        return RefusedError(Reason.TIME, str(limits.seconds))
    try:
        answer: Parsed | RefusedError = receiver.recv()
    except EOFError:
        process.join()
        return _death(process.exitcode or 0, limits)
    return answer


def _death(exit_code: int, limits: Limits) -> RefusedError:
    """Say why the process ended without an answer: by the processor-time limit, or by a fault of a reader."""
    if -exit_code in {24, 9}:  # SIGXCPU, then SIGKILL at the hard limit
        return RefusedError(Reason.TIME, str(limits.seconds))
    return RefusedError(Reason.CRASHED, f"进程以 {exit_code} 结束")


def _work(sender: Connection, data: bytes, name: str, this_year: int, limits: Limits) -> None:
    """Parse within the limits and send what came of it; the process ends here whatever happens."""
    memory = limits.megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer: Parsed | RefusedError
    try:
        answer = parse(data, name, this_year)
    except RefusedError as refused:
        answer = refused
    except MemoryError:
        answer = RefusedError(Reason.MEMORY, str(limits.megabytes))
    except RecursionError:
        answer = RefusedError(Reason.CRASHED, "层次太深")
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes is that file's failure
        answer = RefusedError(Reason.CRASHED, type(error).__name__)
    sender.send(answer)
