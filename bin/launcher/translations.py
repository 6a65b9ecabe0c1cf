"""Compiled translations: Babel makes them from locale/, since a bare machine has no gettext."""

import subprocess
from pathlib import Path

from launcher.environment import PYTHON
from launcher.places import HOME, ROOT
from launcher.report import Failure, step


def stale() -> list[Path]:
    """Return the catalogues that were changed after they were compiled."""
    sources = ROOT.glob("locale/*/LC_MESSAGES/*.po")
    return [source for source in sources if is_newer(source, source.with_suffix(".mo"))]


def is_newer(source: Path, made: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def compile_stale() -> None:
    if not (sources := stale()):
        return
    with step("Translations") as line:
        for source in sources:
            compile_one(source)
        line.note = ", ".join(source.parts[-3] for source in sources)


def compile_one(source: Path) -> None:
    log = HOME.log("translations")
    command = [PYTHON, "-m", "babel.messages.frontend", "compile"]
    with open(log, "w") as output:
        done = subprocess.run(
            [*command, "-i", source, "-o", source.with_suffix(".mo"), "-l", source.parts[-3]],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode:
        raise Failure(
            f"{source.relative_to(ROOT)} cannot be compiled.", "Mend the line named in the log.", log
        )
