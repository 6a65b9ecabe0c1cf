"""A pipe that nobody writes to: its end tells of the death of who waits for an answer, in the middle of anything.

The clock that stops what takes too long is in the worker, and dies with it; then nobody would stop a process that lays
out a page for ever. `PR_SET_PDEATHSIG` is the usual means, but it tells of the end of the thread that made the process,
which the worker may outlive. A pipe is closed only with the last who holds it.
"""

import fcntl
import os
import select
import signal
from typing import BinaryIO


def made() -> tuple[int, BinaryIO]:
    """Return the end for the process that is to die, and the end to be held by who waits for it."""
    theirs, ours = os.pipe()
    return theirs, os.fdopen(ours, "wb")


def hang_on(theirs: int) -> None:
    """Let the kernel end this process, in whatever library it is, as soon as nobody holds the other end."""
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(theirs, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(theirs, fcntl.F_SETFL, fcntl.fcntl(theirs, fcntl.F_GETFL) | os.O_ASYNC)
    if _is_loose(theirs):  # it was let go of before the kernel was told to watch
        os.kill(os.getpid(), signal.SIGIO)


def _is_loose(theirs: int) -> bool:
    look = select.poll()
    look.register(theirs, 0)  # the end of a pipe is told unasked
    return bool(look.poll(0))
