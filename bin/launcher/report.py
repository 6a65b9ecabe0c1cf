"""What the launcher says: one line a step with its time, and failures that say what to do."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LABEL_WIDTH = 34
LOG_LINES = 15
REQUESTS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class Failure(Exception):
    """Something that the person at the keyboard has to mend."""

    def __init__(self, what: str, advice: str = "", log: Path | None = None):
        super().__init__(what)
        self.what = what
        self.advice = advice
        self.log = log


@dataclass
class Line:
    """The line of a step under way; its note is printed after the time."""

    note: str = ""


class Voice:
    """Where the steps are printed, and whether at all."""

    def __init__(self):
        self.stream = sys.stdout
        self.quiet = False

    def say(self, text: str = "", end: str = "\n") -> None:
        if self.quiet:
            return
        try:
            print(text, end=end, file=self.stream, flush=True)
        except BrokenPipeError:  # nobody reads any more, as after `bin/serve | head`
            self.quiet = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())
            raise KeyboardInterrupt from None


voice = Voice()
say = voice.say


@contextmanager
def step(label: str) -> Iterator[Line]:
    """Print the label now, and the time and the note when the step is done."""
    line, started = Line(), time.monotonic()
    say_begun(label)
    try:
        yield line
    except BaseException:
        say("failed" if not isinstance(sys.exception(), KeyboardInterrupt) else "stopped")
        raise
    say_time(time.monotonic() - started, line.note)


def say_done(label: str, seconds: float, note: str) -> None:
    """Print the line of a step that somebody else has done."""
    say_begun(label)
    say_time(seconds, note)


def say_begun(label: str) -> None:
    say(f"{label} ".ljust(LABEL_WIDTH, "."), end=" ")


def say_time(seconds: float, note: str) -> None:
    say(f"{seconds:6.1f} s  {note}".rstrip())


def last_lines(log: Path, count: int = LOG_LINES) -> list[str]:
    """Return the end of a log, or nothing when there is none."""
    if not log.exists():
        return []
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]


def explain(failure: Failure) -> None:
    """Print what went wrong, what to do, and the end of the log, on standard error."""
    print(f"\n✗ {failure.what}", file=sys.stderr)
    if failure.advice:
        print(f"  {failure.advice}", file=sys.stderr)
    if failure.log:
        print(f"  Log: {failure.log}", file=sys.stderr)
        for line in last_lines(failure.log):
            print(f"  │ {line}", file=sys.stderr)


def on_request_to_stop(reaction: Callable[..., None] | signal.Handlers) -> None:
    for name in REQUESTS_TO_STOP:
        signal.signal(name, reaction)


def unwind(*_signal: object) -> None:
    """Stop as Ctrl-C does. Asking twice does not disturb the stopping."""
    on_request_to_stop(signal.SIG_IGN)
    raise KeyboardInterrupt


def guarded(command: Callable[[], int]) -> int:
    """Run a command; whatever asks it to end unwinds it, so that all it started is stopped."""
    on_request_to_stop(unwind)
    try:
        return command()
    except Failure as failure:
        explain(failure)
        return 1
    except KeyboardInterrupt:
        return 130
