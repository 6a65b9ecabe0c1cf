"""What has to be so before anything of ours starts: packages, environment, translations, database, static files."""

import re
import subprocess
import time
from collections.abc import Iterable, Iterator

from launcher import django, environment, packages, translations
from launcher.places import Place
from launcher.report import Failure, say_done
from launcher.services import Addresses

Login = list[str]  # email, password, role


def machine(
    requirements: str = environment.PRODUCTION, needs: Iterable[packages.Need] = packages.SERVE
) -> None:
    """Install what the machine and the environment lack."""
    packages.ensure(needs)
    environment.ensure(requirements)
    if packages.missing(need for need in packages.SERVE if need.has_wheel):
        environment.ensure_embedded()
    translations.compile_stale()


def machine_is_ready(requirements: str) -> bool:
    return (
        environment.is_fresh(requirements)
        and not packages.missing(packages.SERVE)
        and not translations.stale()
    )


def demo(place: Place, addresses: Addresses, port: int | None = None) -> list[Login]:
    """Bring the database up to date, and the demo into an empty one; return the demo's log-ins."""
    env = django.surroundings(place, addresses, as_owner=True) | django.demo(port)
    owns_nothing = addresses.app != addresses.owner
    return prepare(place, env, "--demo", *(["--app-role", addresses.app_role] if owns_nothing else []))


def prepare(place: Place, env: dict[str, str], *arguments: str) -> list[Login]:
    """Run `manage prepare` and print its lines as steps; return the log-ins, which follow an empty line."""
    log = place.log("prepare")
    with open(log, "w") as errors:
        quiet = env | {"LOG_LEVEL": "WARNING"}
        process = django.manage(["prepare", *arguments], quiet, stdout=subprocess.PIPE, stderr=errors)
        told = process.stdout or iter(())
        say_steps(told)
        logins = [re.split(r"\s{2,}|\t", line.strip()) for line in told]
    if process.wait():
        raise Failure("The database could not be prepared.", "Mend what the log says and start again.", log)
    return logins


def say_steps(told: Iterator[str]) -> None:
    """Print “label: note” as a step that somebody else has done, until an empty line."""
    started = time.monotonic()
    for line in told:
        if not line.strip():
            return
        label, _colon, note = line.strip().partition(": ")
        say_done(label, time.monotonic() - started, note)
        started = time.monotonic()
