"""bin/bench: what the program costs, measured on databases of its own, also while bin/serve runs."""

import subprocess
import sys
from functools import partial

from launcher import manage, places, preparation, project, report, services
from launcher.environment import PYTHON
from launcher.places import BENCH, ROOT
from launcher.report import Failure

HELP = frozenset(["-h", "--help"])


def main() -> int:
    return report.guarded(partial(bench, sys.argv[1:]))


def bench(arguments: list[str]) -> int:
    """Measure and return the exit code. Only one run at a time: two would measure each other."""
    with places.opened(BENCH.lock("bench")) as lock:
        if not HELP.intersection(arguments) and not places.try_lock(lock):
            raise Failure("Another bin/bench is running.", "Wait until it is done.")
        preparation.machine()
        with services.running(BENCH) as addresses:
            env = project.surroundings(BENCH, addresses) | project.as_owner(addresses) | project.demo()
            env |= {"LOG_LEVEL": "ERROR"}
            preparation.prepare(BENCH, env, "--files-only")
            command = [PYTHON, "-m", "benchmarks", *arguments]
            return manage.finished(subprocess.Popen(command, cwd=ROOT, env=env, text=True))
