"""bin/serve: the whole of Nämndverk on this machine, with its demo.

It starts in the machine's own Python, makes the environment, and goes on in the environment's.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO

from launcher import nursery, places, ports, preparation, processes, project, report, services, web
from launcher.environment import PYTHON
from launcher.places import CHECK, HOME, Place
from launcher.preparation import Login
from launcher.processes import Child
from launcher.report import Failure, say, step

STARTED = "NAMNDVERK_STARTED"  # when the first half began; also says that this is the second
# As long as gunicorn lets it be: who searches for a whole page of text is answered by us, in Swedish.
LONGEST_ADDRESS = "--limit-request-line=8190"
WEB = ("gunicorn", "config.wsgi", "--worker-class=gthread", "--workers=2", "--threads=4", LONGEST_ADDRESS)
# Greeting the other workers would cost each a second at its start.
WORKER = ("--concurrency=1", "--without-gossip", "--without-mingle")
QUEUES = {"worker-now": "now", "worker-ahead": "ahead,now"}


def main() -> int:
    options = arguments()
    if STARTED not in os.environ:
        return report.guarded(go_on_in_environment)
    return report.guarded(partial(check if options.check else serve, options.port))


def port_number(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= ports.LAST):
        raise argparse.ArgumentTypeError(f"{text} is no port; it must be a number from 1 to {ports.LAST}")
    return int(text)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/serve", description="Start Nämndverk on this machine.")
    parser.add_argument(
        "--port", type=port_number, help="port of the web server (8000, or the next free one)"
    )
    parser.add_argument("--check", action="store_true", help="start, prove that pages and jobs work, stop")
    return parser.parse_args()


def go_on_in_environment() -> int:
    started = time.monotonic()
    preparation.machine()
    env = dict(os.environ) | {STARTED: str(started), "PYTHONUNBUFFERED": "1"}
    os.execve(PYTHON, [PYTHON, *sys.argv], env)


def serve(wanted_port: int | None) -> int:
    started = float(os.environ.pop(STARTED))
    with only_one(HOME) as lock, up(HOME, ports.for_web(wanted_port)) as (address, family, logins):
        places.rewrite(lock, f"{address} (process {os.getpid()})")
        announce(address, logins, time.monotonic() - started)
        with suppress(KeyboardInterrupt):
            family.follow()
        say("\nStopping.")
    return 0


def check(wanted_port: int | None) -> int:
    """Start as `serve` does, prove that a page answers and a job is done, and stop."""
    del os.environ[STARTED]
    place = CHECK if is_served(HOME) else HOME
    port = ports.for_web(wanted_port or ports.any_free())
    with only_one(place), up(place, port):
        prove_pages(f"http://127.0.0.1:{port}")
        prove_job(place)
    say("Nämndverk works.")
    return 0


@contextmanager
def only_one(place: Place) -> Iterator[IO[str]]:
    """Be the only server of the place; raises Failure with the other's address."""
    with places.opened(place.lock("serve")) as lock:
        if not places.try_lock(lock):
            lock.seek(0)
            whereabouts = lock.read() or "it is just starting"
            raise Failure(
                f"Nämndverk is already running: {whereabouts}.", "Ctrl-C in its own window stops it."
            )
        places.rewrite(lock, "")
        yield lock


def is_served(place: Place) -> bool:
    with places.opened(place.lock("serve")) as lock:
        return not places.try_lock(lock)


@contextmanager
def up(place: Place, port: int) -> Iterator[tuple[str, processes.Family, list[Login]]]:
    """Keep everything up; give its address, its processes and the demo's log-ins."""
    with services.running(place) as addresses:
        with step("Django"):
            nursery.load_django(
                project.surroundings(place, addresses) | project.demo(port), place.log("django")
            )
        logins = preparation.prepare_in_fork(place, project.for_prepare(addresses))
        with step("Program"):
            nursery.load_the_rest()
        with processes.running(children(place, port)) as family:
            with step("Web, two workers, beat"):
                family.wait_until_ready()
            yield f"http://localhost:{port}", family, logins


def children(place: Place, port: int) -> list[Child]:
    workers = [worker_child(place, name, queues) for name, queues in QUEUES.items()]
    return [web_child(place, port), beat_child(place), *workers]


def web_child(place: Place, port: int) -> Child:
    where = [f"--bind=127.0.0.1:{port}", "--access-logfile=-", "--no-control-socket"]
    health = f"http://127.0.0.1:{port}/health/"
    return Child("web", [*WEB, *where], place.log("web"), lambda _child: web.answers(health), tells_all=True)


def worker_child(place: Place, name: str, queues: str) -> Child:
    module = ["config.worker", "-l", "INFO", *WORKER, "-Q", queues, "-n", f"{name}@localhost"]
    return Child(name, module, place.log(name), lambda child: child.said(" ready."))


def beat_child(place: Place) -> Child:
    schedule = place.folder("run") / "beat-schedule"
    module = ["celery", "-A", "config.celery", "beat", "-l", "INFO", "-s", str(schedule), "--pidfile="]
    return Child("beat", module, place.log("beat"), lambda child: child.said("beat: Starting"))


def announce(address: str, logins: list[Login], seconds: float) -> None:
    say(f"\nNämndverk answers at {address} after {seconds:.1f} s. Ctrl-C stops it.\n")
    for login in logins:
        say("  " + "".join(word.ljust(width) for word, width in zip(login, (42, 18, 0), strict=False)))
    say(f"\nBelow: web, and warnings and errors of the others. All is in {HOME.folder('log')}.\n")


def prove_pages(address: str) -> None:
    """Raises Failure unless the log-in page and its stylesheet answer."""
    with step("A page answers") as line:
        try:
            page = web.page(address)  # everyone who is not logged in is led to the log-in page
            style = web.stylesheet_in(page)
            web.page(f"{address}{style}")
        except OSError as error:
            raise Failure(f"{address} does not answer as it should: {error}.", "See web.log.") from error
        if 'type="password"' not in page:
            raise Failure(f"{address} does not show the log-in page.", "See web.log.")
        line.note = f"log-in page, {style}"


def prove_job(place: Place) -> None:
    log = place.log("job")
    with step("A worker does a job"):
        job = nursery.start(["django", "check_ready", "--job"], log)
        job.join()
        if job.exitcode:
            raise Failure("No worker did the job.", "See the logs of the workers beside this one.", log)
