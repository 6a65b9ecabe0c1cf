"""What has to be so before anything of ours starts: packages, environment, translations, database, static files."""

import subprocess
import time
from collections.abc import Iterable

from launcher import django, environment, packages, translations
from launcher.places import Place
from launcher.report import LABEL_WIDTH, Failure, say, say_done
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
    """Run `manage prepare`. Its lines are steps done, “label: note”, or log-ins, with tabs between."""
    log = place.log("prepare")
    logins = []
    with open(log, "w") as errors:
        quiet = env | {"LOG_LEVEL": "WARNING"}
        process = django.manage(["prepare", *arguments], quiet, stdout=subprocess.PIPE, stderr=errors)
        started = time.monotonic()
        for line in process.stdout or ():
            if "\t" in line:
                logins.append(line.strip().split("\t"))
            else:
                started = say_step(line.strip(), started)
    if process.wait():
        raise Failure("The database could not be prepared.", "Mend what the log says and start again.", log)
    return logins


def say_step(told: str, started: float) -> float:
    """Print a step that somebody else has done: “label: note”. Return when the next one began."""
    label, _colon, note = told.partition(": ")
    say(f"{label} ".ljust(LABEL_WIDTH, "."), end=" ")
    say_done(time.monotonic() - started, note)
    return time.monotonic()
