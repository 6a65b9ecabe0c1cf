"""Real workers and a real beat, on the test's own database, broker and files."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import connection

START_WITHIN = 40
GLANCE = 0.03


class Process:
    """A Celery process with its log."""

    def __init__(self, name: str, folder: Path, *words: str):
        self.log = folder / f"{name}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *words, "-l", "INFO"],
                cwd=settings.BASE_DIR,
                env=surroundings(folder),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def ready(self, words: str) -> "Process":
        wait_until(lambda: words in self.log.read_text() or self.process.poll() is not None, START_WITHIN)
        assert words in self.log.read_text(), self.log.read_text()
        return self

    def hold(self) -> None:
        """Let it and its children stand still, until `release`."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def release(self) -> None:
        os.killpg(self.process.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it and its children at once, as when the machine loses power."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def surroundings(folder: Path) -> dict[str, str]:
    """Return the environment of a process that works on the test's own rows and files."""
    given = urlsplit(os.environ["DATABASE_URL"])
    address = given._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return os.environ | {
        "DATABASE_URL": address,
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


def worker(name: str, folder: Path, queues: str = "now,ahead") -> Process:
    words = [
        "config.worker",
        "-Q",
        queues,
        "--concurrency=1",
        "-n",
        f"{name}@localhost",
        "--without-gossip",
        "--without-mingle",
    ]
    return Process(name, folder, *words)


def beat(folder: Path) -> Process:
    return Process(
        "beat",
        folder,
        "celery",
        "-A",
        "config.celery",
        "beat",
        "-s",
        str(folder / "beat-schedule"),
        "--pidfile=",
    )


def forget_messages() -> None:
    """Throw away what earlier tests told the workers."""
    with current_app.connection_for_write() as broker:
        for queue in ("now", "ahead"):
            broker.default_channel.queue_purge(queue)


def wait_until(true, seconds: float):
    """Return what `true` gives as soon as it gives something; fail when that takes too long."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, f"nothing came of it within {seconds} s"
        time.sleep(GLANCE)
    return found
