"""bin/manage: Django's commands inside the environment, with database and broker up."""

import signal
import subprocess
import sys
from functools import partial

from launcher import environment, preparation, project, report, services
from launcher.places import HOME
from launcher.report import voice

# What makes or changes tables is the owner's; all else runs as the app, which owns nothing.
OWNERS = frozenset(
    [
        "dbshell",
        "demo",
        "flush",
        "grant_app_role",
        "makemigrations",
        "migrate",
        "pgtrigger",
        "squashmigrations",
    ]
)


def main() -> int:
    return report.guarded(partial(manage, sys.argv[1:]))


def manage(arguments: list[str]) -> int:
    """Run one command and return its exit code. Only its own words go to standard output."""
    voice.stream = sys.stderr
    voice.quiet = preparation.machine_is_ready(environment.PRODUCTION)
    preparation.machine()
    with services.running(HOME) as addresses:
        env = project.surroundings(HOME, addresses) | project.demo()
        if addresses.is_new and arguments[:1] != ["prepare"]:
            preparation.prepare(HOME, env | project.for_prepare(addresses))
        return finished(project.manage(arguments, env | rights(arguments, addresses)))


def rights(arguments: list[str], addresses: services.Addresses) -> dict[str, str]:
    """Return what gives the command the rights that it needs."""
    if arguments[:1] == ["prepare"]:
        return project.for_prepare(addresses)
    return project.as_owner(addresses) if OWNERS.intersection(arguments[:1]) else {}


def finished(process: subprocess.Popen[str]) -> int:
    """Wait for a process that shares our terminal: Ctrl-C reaches it too, and how it ends is its business."""
    signal.signal(signal.SIGINT, lambda *_signal: None)
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()
