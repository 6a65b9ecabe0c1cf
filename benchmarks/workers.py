"""Real Celery workers, and how much memory they and their children take at most."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from celery import current_app
from django.conf import settings

from benchmarks.memory import Memory, cpu_seconds, families_now

QUEUES = ("now", "ahead")
START_WITHIN = 60  # seconds
STOP_WITHIN = 10
GLANCE = 0.5  # seconds between two looks, which cost time as well; peaks of single processes are Linux's own
STILL, HARDLY = 1.0, 0.1  # for a second they work a tenth of it at most


@dataclass
class Workers:
    """A number of worker processes on one database, watched while they live."""

    processes: list[subprocess.Popen]
    memory: Memory = field(default_factory=Memory)
    _ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self._ended.wait(GLANCE):
            families = families_now()
            for process in self.processes:
                self.memory.see(process.pid, families)

    def stop(self) -> None:
        self._ended.set()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_WITHIN)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def cpu_seconds(self) -> float:
        families = families_now()
        return sum(cpu_seconds(process.pid, families) for process in self.processes)

    def require_alive(self) -> None:
        """Raise SystemExit when a worker has ended: what it would have measured is worth nothing."""
        dead = [process.returncode for process in self.processes if process.poll() is not None]
        if dead:
            raise SystemExit(f"A worker ended with code {dead[0]}; see {settings.VAR_DIR / 'log'}.")


@contextmanager
def running(count: int, environment: Mapping[str, str]) -> Iterator[Workers]:
    """Keep workers for the queue `now` up, as bin/serve starts them, and watch them."""
    forget_messages()
    logs = [_log(number) for number in range(1, count + 1)]
    workers = Workers([_start(number, log, environment) for number, log in enumerate(logs, 1)])
    watcher = threading.Thread(target=workers.watch, daemon=True)
    try:
        _wait_until_ready(workers, logs)
        _wait_until_still(workers)
        watcher.start()
        yield workers
    finally:
        workers.stop()
        if watcher.ident:
            watcher.join()


def forget_messages() -> None:
    """Throw away what the workers were told of databases that are gone."""
    with current_app.connection_for_write() as broker:
        for queue in QUEUES:
            with suppress(broker.channel_errors):
                broker.default_channel.queue_purge(queue)


def _log(number: int) -> Path:
    folder = settings.VAR_DIR / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"worker-{number}.log"


def _start(number: int, log: Path, environment: Mapping[str, str]) -> subprocess.Popen:
    words = [
        "-Q",
        "now",
        "-c",
        "1",
        "--without-gossip",
        "--without-mingle",
        "-n",
        f"bench-{number}@localhost",
    ]
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "config.worker", "-l", "INFO", *words],
            cwd=settings.BASE_DIR,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _wait_until_ready(workers: Workers, logs: list[Path]) -> None:
    deadline = time.monotonic() + START_WITHIN
    while not all(" ready." in log.read_text(errors="replace") for log in logs):
        workers.require_alive()
        if time.monotonic() > deadline:
            raise SystemExit(f"The workers are not ready after {START_WITHIN} s; see {logs[0]}.")
        time.sleep(GLANCE)


def _wait_until_still(workers: Workers) -> None:
    """Wait for what workers make ready after they have said that they are: it would slow down the plain run."""
    deadline = time.monotonic() + START_WITHIN
    before, now = -1.0, workers.cpu_seconds()
    while now - before > HARDLY and time.monotonic() < deadline:
        time.sleep(STILL)
        before, now = now, workers.cpu_seconds()
