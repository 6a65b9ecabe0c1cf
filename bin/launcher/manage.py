"""bin/manage: Django's commands inside the environment, with database and broker up."""

import signal
import subprocess
import sys
from functools import partial

from launcher import django, environment, preparation, report, services
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
        "prepare",
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
        as_owner = is_owners(arguments)
        if addresses.is_new and not as_owner:
            preparation.demo(HOME, addresses)
        env = django.surroundings(HOME, addresses, as_owner=as_owner) | django.demo()
        return finished(django.manage(arguments, env))


def is_owners(arguments: list[str]) -> bool:
    return bool(OWNERS.intersection(arguments[:1]))


def finished(process: subprocess.Popen[str]) -> int:
    """Wait for a process that shares our terminal: Ctrl-C reaches it too, and how it ends is its business."""
    signal.signal(signal.SIGINT, lambda *_signal: None)
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()
