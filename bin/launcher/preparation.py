"""What has to be so before anything of ours starts: packages, environment, translations, database, static files."""

import os
import re
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping

from launcher import environment, nursery, packages, project, translations
from launcher.places import Place
from launcher.report import Failure, say_done

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


def prepare(place: Place, env: dict[str, str], *arguments: str) -> None:
    """Run `manage prepare` and print its steps."""
    with open(place.log("prepare"), "w") as errors:
        process = project.manage(["prepare", *arguments], env, stdout=subprocess.PIPE, stderr=errors)
        say_steps(process.stdout or iter(()))
    refuse_if(process.wait(), place)


def prepare_in_fork(place: Place, env: Mapping[str, str]) -> list[Login]:
    """Run `manage prepare` in a fork of this process and print its steps; return the demo's log-ins."""
    place.log("prepare").write_text("")
    reading, writing = os.pipe()
    process = nursery.start(["django", "prepare"], place.log("prepare"), env, writing)
    os.close(writing)
    with open(reading) as lines:
        say_steps(lines)
        logins = [re.split(r"\s{2,}|\t", line.strip()) for line in lines]
    process.join()
    refuse_if(process.exitcode, place)
    return logins


def say_steps(told: Iterator[str]) -> None:
    """Print each “label: note” as a step that somebody else has done, until an empty line."""
    started = time.monotonic()
    for line in told:
        if not line.strip():
            return
        label, _colon, note = line.strip().partition(": ")
        say_done(label, time.monotonic() - started, note)
        started = time.monotonic()


def refuse_if(exit_code: int | None, place: Place) -> None:
    if exit_code:
        log = place.log("prepare")
        raise Failure("The database could not be prepared.", "Mend what the log says and start again.", log)
