"""The processes of a running Nämndverk: started together, followed, revived, and stopped in order."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from launcher.environment import PYTHON
from launcher.places import ROOT
from launcher.report import Failure, say

READY_WITHIN = 60
STOPS_WITHIN = 10
GIVE_UP_AFTER = 5  # deaths
WITHIN = 60  # seconds
GLANCE = 0.05
# When the launcher is killed, the kernel asks its children to end.
LEASH = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()


@dataclass
class Child:
    """One process with its log. `is_ready` looks at the log or the network."""

    name: str
    module: Sequence[str]  # what follows `python -m`
    log: Path
    is_ready: Callable[["Child"], bool]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    read_to: int = 0

    def start(self, env: Mapping[str, str]) -> None:
        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(
                [*LEASH, PYTHON, "-m", *self.module],
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C reaches the launcher only, which stops the rest in order
            )

    @property
    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def said(self, words: str) -> bool:
        return words in self.log.read_text(encoding="utf-8", errors="replace")

    def news(self) -> list[str]:
        """Return the lines of the log since the last call."""
        with open(self.log, "rb") as log:
            log.seek(self.read_to)
            whole, _newline, _rest = log.read().rpartition(b"\n")
        self.read_to += len(whole) + 1 if whole else 0
        return whole.decode(errors="replace").splitlines()

    def ask_to_stop(self) -> None:
        if self.process and self.exit_code is None:
            self.process.terminate()

    def see_it_stopped(self) -> None:
        if not self.process:
            return
        try:
            self.process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the process and those it started. Its job's lease runs out, and another worker takes the job."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Family:
    """The children in the order in which they are stopped: whoever takes in work first."""

    def __init__(self, children: Sequence[Child], env: Mapping[str, str]):
        self.children = children
        self.env = env

    def start(self) -> None:
        for child in self.children:
            child.log.write_bytes(b"")
            child.start(self.env)

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
        """Print the logs as they grow and revive who dies, until Ctrl-C."""
        for child in self.children:
            child.news()
        while True:
            for child in self.children:
                self.print_news(child)
                self.revive(child)
            time.sleep(0.3)

    def print_news(self, child: Child) -> None:
        for line in child.news():
            say(f"{child.name:13} {line}")

    def revive(self, child: Child) -> None:
        """Start a dead child again; raises Failure when it keeps dying."""
        if child.exit_code is None:
            return
        child.deaths = [moment for moment in child.deaths if moment > time.monotonic() - WITHIN] + [
            time.monotonic()
        ]
        if len(child.deaths) >= GIVE_UP_AFTER:
            raise Failure(
                f"{child.name} ended {GIVE_UP_AFTER} times in {WITHIN} s.", "See its log.", child.log
            )
        say(f"{child.name:13} ended with code {child.exit_code}; starting it again")
        child.start(self.env)

    def stop(self) -> None:
        first, *rest = self.children
        for together in ([first], rest):
            for child in together:
                child.ask_to_stop()
            for child in together:
                child.see_it_stopped()


@contextmanager
def running(children: Sequence[Child], env: Mapping[str, str]) -> Iterator[Family]:
    family = Family(children, env)
    try:
        family.start()
        yield family
    finally:
        family.stop()
