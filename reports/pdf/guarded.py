"""Rendering and binding in children that may die: a segmentation fault, memory or time then costs one part or file,
not a worker.

A child lives on from one to the next, since what is dear to make (WeasyPrint, its fonts, the stylesheet) is made once
in it; and the worker, which lives longer, never takes the memory of either.
"""

import os
import pickle
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from reports.pdf import errors, lifeline
from reports.pdf.errors import RendererDied, RendererKilled, RenderError
from reports.pdf.frames import DONE, LENGTH, write_frame
from reports.pdf.orders import Assembled, AssemblyPart, Fault, Order

SECONDS = 240.0  # the longest that one part or file may take
# Bytes of addresses. An ordinary part needs a tenth, half of which is memory; one that is made to harm can get nearly all
# as memory before it fails. docker-compose.yml leaves room for that.
MOST_MEMORY = 3 * 1024**3
ROOT = Path(__file__).resolve().parents[2]


class Process(subprocess.Popen[bytes]):
    """A process with pipes to write to and read from. It dies with who made it."""

    stdin: BinaryIO
    stdout: BinaryIO

    def __init__(self, module: str) -> None:
        theirs, self.lifeline = lifeline.made()
        try:
            super().__init__(
                [sys.executable, "-m", module, str(MOST_MEMORY), str(theirs)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=[theirs],
                cwd=ROOT,
            )
        finally:
            os.close(theirs)


class Child:
    """A process that answers one question after another. Started ahead or by the first, and again after it died."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._one_at_a_time = threading.Lock()
        self._process: Process | None = None

    def ask(self, question: bytes, *, seconds: float = SECONDS) -> bytes:
        """Return the answer of the module's `answer`. Raises what it raises, and RendererDied when it is gone.

        When somebody else killed the process, another is asked, once.
        """
        try:
            return self._ask_one(question, seconds)
        except RendererKilled:
            return self._ask_one(question, seconds)

    def _ask_one(self, question: bytes, seconds: float) -> bytes:
        with self._one_at_a_time:
            process = self._running()
            try:
                reply = _ask(process, question, seconds)
            except (OSError, EOFError, TimeoutError) as why:
                raise self._bury(process, why) from why
        if reply[:1] == DONE:
            return reply[1:]
        name, _mark, message = reply[1:].decode().partition("\x1f")
        raise getattr(errors, name, RenderError)(message)

    def start(self) -> None:
        """Let the child begin: what is dear to make is made while nobody waits."""
        with self._one_at_a_time:
            self._running()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def close(self) -> None:
        """Let the child end; the next question starts another."""
        if self._process:
            _end(self._process)
            self._process = None

    def _running(self) -> Process:
        if self._process is None or self._process.poll() is not None:
            self._process = Process(self._module)
        return self._process

    def _bury(self, process: Process, why: Exception) -> RendererDied:
        """Make sure that it is dead, and return how it died."""
        if isinstance(why, TimeoutError):
            process.kill()
        code = _end(process)
        self._process = None
        if isinstance(why, TimeoutError):
            return RendererDied(f"It took longer than {SECONDS:.0f} seconds and was stopped.")
        died = RendererKilled if code == -signal.SIGKILL else RendererDied
        return died(f"The program that makes pages ended with {_name(code)}.")


def _ask(process: Process, question: bytes, seconds: float) -> bytes:
    write_frame(process.stdin, question)
    until = time.monotonic() + seconds
    length = LENGTH.unpack(_read(process.stdout, LENGTH.size, until))[0]
    return _read(process.stdout, length, until)


def _read(pipe: BinaryIO, length: int, until: float) -> bytes:
    """Read so many bytes. Raises EOFError when the child is gone, TimeoutError when it is too late."""
    chunks = []
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while length:
            if not waiting.select(max(0.0, until - time.monotonic())):
                raise TimeoutError
            chunk = os.read(pipe.fileno(), min(length, 1 << 20))
            if not chunk:
                raise EOFError
            chunks.append(chunk)
            length -= len(chunk)
    return b"".join(chunks)


def _end(process: Process) -> int:
    for pipe in (process.stdin, process.stdout):
        with suppress(BrokenPipeError):
            pipe.close()
    try:
        return process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
    finally:
        process.lifeline.close()


def _name(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"code {code}"


@cache
def renderer() -> Child:
    """Return this process's child that renders."""
    return Child("reports.pdf.renderer")


@cache
def binder() -> Child:
    """Return this process's child that inspects and binds."""
    return Child("reports.pdf.binder")


# A worker that was forked has no part in its parent's children.
os.register_at_fork(after_in_child=renderer.cache_clear)
os.register_at_fork(after_in_child=binder.cache_clear)


def render(html: str) -> bytes:
    """Return one part, a complete HTML document, as a tagged PDF. Raises RenderError, of it RendererDied."""
    return renderer().ask(html.encode("utf-8"))


def inspect_part(pdf: bytes) -> tuple[int, list[Fault]]:
    """Return what `reports.pdf.inspect.inspect_part` does. Raises RendererDied."""
    return pickle.loads(binder().ask(pickle.dumps(("inspect", pdf))))  # noqa: S301  our own


def begin(parts: Sequence[AssemblyPart]) -> None:
    """Let the first parts of a file be put together, which `bind` then goes on with. Raises as `bind` does."""
    binder().ask(pickle.dumps(("begin", parts)))


def bind(order: Order) -> Assembled:
    """Bind a file as `reports.pdf.assemble` does, and return its receipt.

    Raises AssemblyError and RendererDied.
    """
    return pickle.loads(binder().ask(pickle.dumps(("bind", order))))  # noqa: S301  our own
