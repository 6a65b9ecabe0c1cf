"""A process that answers a worker until the worker is gone, and may die of what it is asked."""

import os
import resource
import sys
from collections.abc import Callable

from core.memory import roomy
from reports.pdf import lifeline
from reports.pdf.errors import AssemblyError, RenderError
from reports.pdf.frames import DONE, REFUSED, read_frame, write_frame

Answer = Callable[[bytes], bytes]


def nothing() -> None:
    """There is nothing to tidy."""


@roomy
def serve(answer: Answer, *, make_ready: Callable[[], None], tidy: Callable[[], None] = nothing) -> None:
    """Make what is made once before anybody waits for it, then answer one question after another.

    After each answer it tidies up, when nobody waits any more. The command line says what its worker lets it have:
    the most memory, in bytes of addresses, and the lifeline that it dies with.
    """
    most_memory, theirs = map(int, sys.argv[1:])
    lifeline.hang_on(theirs)
    resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
    # Whatever a library prints goes to the log, not into an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    make_ready()
    while (question := read_frame(sys.stdin.buffer)) is not None:
        write_frame(answers, answered(answer, question))
        tidy()


def answered(answer: Answer, question: bytes) -> bytes:
    """Return the answer, or the name and words of what was wrong with the question."""
    try:
        return DONE + answer(question)
    except (RenderError, AssemblyError) as error:
        return REFUSED + f"{type(error).__name__}\x1f{error}".encode()
