"""Opening what others have made in a process that may die of it: a fork that gives back bytes, or is stopped."""

import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable

from reports.pdf import lifeline
from reports.pdf.errors import RendererDied, RenderError

SECONDS = 240.0
MOST_MEMORY = 3 * 1024**3  # bytes of addresses
GLANCE = 0.02  # seconds


def run(function: Callable[[], bytes], *, seconds: float = SECONDS) -> bytes:
    """Return what the function gives in a process of its own. It may read files, but not the database.

    Raises RenderError with its words when it raised, and RendererDied when it crashed, took too much memory or
    too long.
    """
    theirs, ours = lifeline.made()
    with tempfile.TemporaryFile() as answer, ours:
        child = os.fork()
        if child == 0:
            ours.close()
            _answer(function, answer.fileno(), theirs)
        os.close(theirs)
        code = _wait(child, time.monotonic() + seconds)
        answer.seek(0)
        if code == 0:
            return answer.read()
        if code == 1:
            raise RenderError(answer.read().decode())
    raise RendererDied(_how(code))


def _answer(function: Callable[[], bytes], target: int, theirs: int) -> None:
    """Do it, in the child, and end without anything of the parent's being closed or run."""
    code, content = 1, b""
    try:
        lifeline.hang_on(theirs)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        code, content = 0, function()
    except BaseException as error:  # noqa: BLE001  whatever it is, it is told on the other side
        content = f"{type(error).__name__}: {error}".encode()
    try:
        with os.fdopen(target, "wb") as answer:
            answer.write(content)
    finally:
        os._exit(code)


def _wait(child: int, until: float) -> int:
    """Return the child's exit code, negative for a signal; it is killed when it is too late."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return -signal.SIGALRM
        time.sleep(GLANCE)


def _how(code: int) -> str:
    if code == -signal.SIGALRM:
        return "It took too long and was stopped."
    return f"The program that opens files ended with {signal.Signals(-code).name if code < 0 else code}."
