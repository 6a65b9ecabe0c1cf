"""bin/test: pytest against a real database and broker of its own, also while bin/serve runs."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from functools import partial

from launcher import environment, manage, packages, places, preparation, project, report, services
from launcher.environment import PYTHON
from launcher.places import ROOT, TESTS
from launcher.postgres import FORGETFUL
from launcher.report import say

# What else the tests are skipped without, where nobody may install it.
WISHED = {
    packages.BROWSER: "the browser tests",
    replace(packages.GETTEXT, optional=True): "the tests of the search for texts",
}
# A browser test drives its page from an event loop, which Django takes for asynchronous code.
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
MOST_PROCESSES = 4  # each has a database, and some tests start workers and a browser
LEFT_CLEAN = (0, 1)  # pytest's codes for tests passed and tests failed; above are stopped and broken runs


def main() -> int:
    return report.guarded(partial(test, sys.argv[1:]))


def test(arguments: list[str]) -> int:
    """Run the tests and return pytest's exit code. Only one run at a time: they share a test database."""
    with places.opened(TESTS.lock("tests")) as lock:
        if not places.try_lock(lock):
            say("Another bin/test is running; waiting until it is done.")
        places.take_lock(lock)
        preparation.machine(environment.DEVELOPMENT, [*packages.SERVE, *WISHED])
        for line in skipped(WISHED):
            say(line)
        with services.running(TESTS, FORGETFUL) as addresses:
            env = project.surroundings(TESTS, addresses) | project.as_owner(addresses) | SETTINGS
            preparation.prepare(TESTS, env, "--files-only")
            return pytest(arguments, env)


def skipped(wished: dict[packages.Need, str]) -> list[str]:
    """Return a line for each kind of tests that this machine cannot run."""
    return [
        f"Skipped: {wished[need]}. To run them: {packages.how_to_get([need])}"
        for need in packages.missing(wished)
    ]


def pytest(arguments: list[str], env: dict[str, str]) -> int:
    """Run pytest on last time's test database, or on a new one when the migrations are not the same."""
    mark = TESTS.folder("run") / "schema"
    database = "--reuse-db" if mark.exists() and mark.read_text() == schema() else "--create-db"
    mark.unlink(missing_ok=True)  # a run that is killed leaves rows behind
    words = arguments or together()
    process = subprocess.Popen([PYTHON, "-m", "pytest", "--reuse-db", database, *words], cwd=ROOT, env=env)
    code = manage.finished(process)
    if code in LEFT_CLEAN:
        mark.write_text(schema())
    return code


def together() -> list[str]:
    """Return what runs the whole suite on all cores; the tests of one file stay together, in order.

    Two processes more than there are cores: those that wait for a browser or a worker leave one idle, and they are
    begun first (tests/conftest.py), instead of the files with the most tests.
    """
    processes = min(MOST_PROCESSES, 2 + (os.cpu_count() or 1))
    return ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]


def schema() -> str:
    """Return a hash of all migrations and of the requirements, whose packages have migrations too."""
    files = sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("cases/*/migrations/*.py")])
    contents = [file.read_bytes() for file in [*files, ROOT / environment.PRODUCTION]]
    return hashlib.sha256(b"\0".join(contents)).hexdigest()
