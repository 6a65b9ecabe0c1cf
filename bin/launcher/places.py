"""Folders, secrets and locks. A place is one folder with its own database, broker, files and logs."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from launcher.report import Failure

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()


@dataclass(frozen=True)
class Place:
    root: Path

    def folder(self, name: str) -> Path:
        """Return a folder of this place; it is made open to reading, so that PostgreSQL's account can pass."""
        folder = self.root / name
        for path in (self.root.parent, self.root, folder):
            make_folder(path)
        return folder

    def log(self, name: str) -> Path:
        return self.folder("log") / f"{name}.log"

    def lock(self, name: str) -> Path:
        return self.folder("run") / f"{name}.lock"

    def secret(self, name: str) -> str:
        """Return a secret of this place, made the first time it is asked for."""
        path = self.folder("") / f"secret-{name}"
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48))
        return path.read_text()


HOME = Place(VAR)
TESTS = Place(VAR / "test")
CHECK = Place(VAR / "check")
BENCH = Place(VAR / "bench")


def make_folder(path: Path) -> None:
    if path.exists():
        return
    try:
        path.mkdir()
        path.chmod(0o755)
    except OSError as error:
        raise Failure(
            f"{path} cannot be made: {error.strerror}.", "Run as the owner of the checkout."
        ) from error


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else may read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    try:
        file = open(path, "a+")  # noqa: SIM115  closed below; "a+" neither empties nor needs it to exist
    except PermissionError as error:
        raise Failure(
            f"{path} belongs to another user.", "Run as that user, or delete the folder var/."
        ) from error
    with file:
        yield file


@contextmanager
def locked(path: Path) -> Iterator[IO[str]]:
    """Hold the lock, waiting for it; the kernel gives it back even when we are killed."""
    with opened(path) as file:
        take_lock(file)
        yield file


def take_lock(file: IO[str]) -> None:
    fcntl.flock(file, fcntl.LOCK_EX)


def try_lock(file: IO[str]) -> bool:
    """Take the lock if nobody else has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def share_lock(file: IO[str]) -> None:
    fcntl.flock(file, fcntl.LOCK_SH)


def rewrite(file: IO[str], text: str) -> None:
    """Replace the text in an open lock file, for others to read who holds it."""
    file.seek(0)
    file.truncate()
    file.write(text)
    file.flush()
