"""The processes of a running Nämndverk: started together, followed, revived, and stopped in order."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from pathlib import Path

from launcher import nursery
from launcher.report import Failure, say

READY_WITHIN = 60
STOPS_WITHIN = 10
GIVE_UP_AFTER = 5  # deaths
WITHIN = 60  # seconds
GLANCE = 0.05
LEVEL = re.compile(r"\b(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b|^Traceback ")
QUIET = frozenset({"DEBUG", "INFO"})


@dataclass
class Child:
    """One process with its log. `is_ready` looks at the log or the network."""

    name: str
    module: Sequence[str]  # what would follow `python -m`
    log: Path
    is_ready: Callable[["Child"], bool]
    tells_all: bool = False  # else only warnings and errors are worth a line in the terminal
    process: ForkProcess | None = None
    deaths: list[float] = field(default_factory=list)
    read_to: int = 0
    is_telling: bool = False  # the last line was a warning or an error, and the next may be part of it

    def start(self) -> None:
        self.process = nursery.start(self.module, self.log)

    @property
    def exit_code(self) -> int | None:
        return self.process.exitcode if self.process else None

    def said(self, words: str) -> bool:
        return words in self.log.read_text(encoding="utf-8", errors="replace")

    def news(self) -> list[str]:
        """Return the lines of the log since the last call."""
        with open(self.log, "rb") as log:
            log.seek(self.read_to)
            lines = log.read().rpartition(b"\n")[0]
        self.read_to += len(lines) + 1 if lines else 0
        return lines.decode(errors="replace").splitlines()

    def notable(self) -> list[str]:
        """Return what of the news belongs in the terminal."""
        return [line for line in self.news() if self.tells_all or self.is_notable(line)]

    def is_notable(self, line: str) -> bool:
        """Tell whether it is of a warning or an error: a line without a level goes on with the one before."""
        if found := LEVEL.search(line):
            self.is_telling = found.group(1) not in QUIET
        return self.is_telling

    def died(self) -> int:
        """Count a death; return how many there were of late."""
        now = time.monotonic()
        self.deaths = [*(moment for moment in self.deaths if moment > now - WITHIN), now]
        return len(self.deaths)

    def ask_to_stop(self) -> None:
        if self.process and self.exit_code is None:
            self.process.terminate()

    def see_it_stopped(self) -> None:
        if not self.process:
            return
        self.process.join(STOPS_WITHIN)
        self.kill_what_is_left()
        self.process.join()

    def kill_what_is_left(self) -> None:
        """End the process and those it started. A job's lease runs out, and another worker takes the job."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Family:
    """The children in the order in which they are stopped: whoever takes in work first."""

    def __init__(self, children: Sequence[Child]):
        self.children = children

    def start(self) -> None:
        for child in self.children:
            child.log.write_bytes(b"")
            child.start()

    def wait_until_ready(self) -> None:
        """Return when all are ready; raises Failure when one ends or takes too long."""
        deadline = time.monotonic() + READY_WITHIN
        waiting = list(self.children)
        while waiting := [child for child in waiting if not child.is_ready(child)]:
            for child in waiting:
                if child.exit_code is not None:
                    raise Failure(
                        f"{child.name} ended with code {child.exit_code}.", "See its log.", child.log
                    )
                if time.monotonic() > deadline:
                    raise Failure(
                        f"{child.name} is not ready after {READY_WITHIN} s.", "See its log.", child.log
                    )
            time.sleep(GLANCE)

    def follow(self) -> None:
        """Print what is notable in the logs as they grow and revive who dies, until Ctrl-C."""
        for child in self.children:
            child.news()
        while True:
            for child in self.children:
                self.print_news(child)
                self.revive(child)
            time.sleep(0.3)

    def print_news(self, child: Child) -> None:
        for line in child.notable():
            say(f"{child.name:13} {line}")

    def revive(self, child: Child) -> None:
        """Start a dead child again; raises Failure when it keeps dying."""
        if child.exit_code is None:
            return
        if child.died() >= GIVE_UP_AFTER:
            raise Failure(
                f"{child.name} ended {GIVE_UP_AFTER} times in {WITHIN} s.", "See its log.", child.log
            )
        say(f"{child.name:13} ended with code {child.exit_code}; starting it again")
        child.kill_what_is_left()
        child.start()

    def stop(self) -> None:
        first, *rest = self.children
        for together in ([first], rest):
            for child in together:
                child.ask_to_stop()
            for child in together:
                child.see_it_stopped()


@contextmanager
def running(children: Sequence[Child]) -> Iterator[Family]:
    family = Family(children)
    try:
        family.start()
        yield family
    finally:
        family.stop()
