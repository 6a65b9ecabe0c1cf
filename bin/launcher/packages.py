"""System packages: which are missing, and how to get them."""

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launcher import broker, environment, postgres
from launcher.places import HOME
from launcher.report import Failure, say, step

APT_INSTALL = Path(__file__).with_name("apt-install")
PAPER = Path(__file__).with_name("paper-packages.txt")  # the Dockerfile installs the same
FONTS = Path("/usr/share/fonts")
# The first is without windows, tabs and menus, which nobody sees in a test and which cost more than the page.
BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
AN_HOUR = 3600.0


@dataclass(frozen=True)
class Need:
    package: str
    why: str
    is_met: Callable[[], bool]
    has_wheel: bool = False  # a wheel of requirements-embedded.txt does as well
    optional: bool = False


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def on_path(*programs: str) -> bool:
    return any(shutil.which(program) for program in programs)


def has_font() -> bool:
    return any(FONTS.rglob("DejaVuSans.ttf"))


def has_browser() -> bool:
    return any(browser.exists() for browser in BROWSERS)


def can_make_environment() -> bool:
    importlib.invalidate_caches()
    return environment.is_whole() or importlib.util.find_spec("ensurepip") is not None


IS_MET = {
    "libpango-1.0-0": partial(loads, "libpango-1.0.so.0"),
    "libpangoft2-1.0-0": partial(loads, "libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": partial(loads, "libharfbuzz-subset.so.0"),
    "fonts-dejavu-core": has_font,
}


def for_paper() -> list[Need]:
    """Return what the PDF engine needs of the system. Any font at all does where that one cannot be had."""
    lines = (line.split(maxsplit=1) for line in PAPER.read_text().splitlines())
    return [
        Need(package, why, IS_MET[package], optional=package.startswith("fonts-")) for package, why in lines
    ]


SERVE = (
    *for_paper(),
    Need("postgresql", "the database", lambda: bool(postgres.installed()), has_wheel=True),
    Need("redis-server", "the broker", lambda: bool(broker.installed()), has_wheel=True),
    Need(
        f"python3.{sys.version_info.minor}-venv",
        "makes the Python environment",
        can_make_environment,
    ),
)
GETTEXT = Need("gettext", "finds the texts to translate", partial(on_path, "xgettext"))
BROWSER = Need(BROWSERS[0].name, "shows the pages to the tests", has_browser, optional=True)


def missing(needs: Iterable[Need]) -> list[Need]:
    return [need for need in needs if not need.is_met()]


def ensure(needs: Iterable[Need] = SERVE) -> None:
    """Install what is missing.

    Raises Failure with the list of what to install when we may not and no wheel will do.
    """
    with step("System packages") as line:
        lacking = missing(needs)
        if lacking and (root := as_root()) is not None:
            install_what_can_be_had(lacking, root)
            line.note = f"installed {names(lacking)}"
            lacking = missing(lacking)
        refuse(need for need in lacking if not (need.has_wheel or need.optional))
        if lacking:
            line.note = f"doing without {names(lacking)}"


def as_root() -> list[str] | None:
    """Return what to put before a command to run it as root; None when that cannot be."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and (sys.stdin.isatty() or sudo_asks_nothing()):
        return ["sudo"]
    return None


def sudo_asks_nothing() -> bool:
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def install_what_can_be_had(needs: list[Need], root: list[str]) -> None:
    """Install all, or the rest where this system lacks what is optional.

    What is optional is not tried again within the hour: without a network each try takes minutes.
    """
    needed = [need for need in needs if not need.optional]
    in_vain = HOME.folder("run") / "apt-in-vain"
    if not needed and in_vain.exists() and time.time() - in_vain.stat().st_mtime < AN_HOUR:
        return
    try:
        install(needs, root)
    except Failure:
        if needed == needs:
            raise
        in_vain.touch()
        if needed:
            install(needed, root)


def install(needs: list[Need], root: list[str]) -> None:
    log = HOME.log("apt")
    with open(log, "w") as output:
        command = [*root, APT_INSTALL, *(need.package for need in needs)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        exit_code = finished(process)
    if exit_code:
        raise Failure(
            f"apt-get could not install {names(needs)}.", "Mend what the log says and start again.", log
        )


def finished(process: subprocess.Popen[bytes]) -> int:
    """Wait for apt, also when asked to stop: killed, it leaves a machine where nothing more can be installed.

    Ctrl-C reaches it too, and it knows best where it can stop.
    """
    try:
        return process.wait()
    except KeyboardInterrupt:
        with suppress(KeyboardInterrupt, OSError):  # perhaps nobody reads any more
            say("finishing apt…", end=" ")
        process.wait()
        raise


def refuse(needs: Iterable[Need]) -> None:
    if lacking := list(needs):
        whys = "".join(f"\n    {need.package:24} {need.why}" for need in lacking)
        raise Failure(
            f"Missing on this machine, and we may not install it:{whys}",
            f"Ask an administrator to run: {how_to_get(lacking)}",
        )


def how_to_get(needs: Iterable[Need]) -> str:
    return f"apt-get update && apt-get install {' '.join(need.package for need in needs)}"


def names(needs: list[Need]) -> str:
    return ", ".join(need.package for need in needs)
