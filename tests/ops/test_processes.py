"""Real processes, forked, killed and revived."""

import os
import signal
import time
from contextlib import suppress

import pytest

from launcher import processes, web
from launcher.ports import any_free
from launcher.processes import Child
from launcher.report import Failure


@pytest.fixture
def server(place):
    port = any_free()
    address = f"http://127.0.0.1:{port}/"
    module = ["http.server", str(port), "--bind", "127.0.0.1", "--directory", str(place.folder("log"))]
    return Child("web", module, place.log("web"), lambda _child: web.answers(address))


def waited_for(question, seconds=10):
    deadline = time.monotonic() + seconds
    while not question() and time.monotonic() < deadline:
        time.sleep(0.05)
    return question()


def revive_as_long_as_it_dies(family, child):
    while waited_for(lambda: child.exit_code is not None):
        family.revive(child)


def test_a_child_answers_while_the_family_lives_and_not_after(server):
    with processes.running([server]) as family:
        family.wait_until_ready()
        assert server.exit_code is None

    assert server.exit_code == -signal.SIGTERM
    assert not server.is_ready(server)


def test_a_killed_child_is_started_again(server):
    with processes.running([server]) as family:
        family.wait_until_ready()
        os.kill(server.process.pid, signal.SIGKILL)
        assert waited_for(lambda: server.exit_code is not None)

        family.revive(server)

        assert waited_for(lambda: server.is_ready(server))


def test_a_child_that_keeps_dying_is_given_up_with_its_log(place):
    child = Child("worker", ["no_such_module"], place.log("worker"), lambda _child: False)

    with processes.running([child]) as family, pytest.raises(Failure, match="ended 5 times") as failure:
        revive_as_long_as_it_dies(family, child)

    assert failure.value.log == place.log("worker")
    assert child.said("no_such_module")


def test_a_child_that_ends_before_it_is_ready_is_told_at_once(place):
    child = Child("beat", ["no_such_module"], place.log("beat"), lambda _child: False)

    with processes.running([child]) as family, pytest.raises(Failure, match="beat ended with code 1"):
        family.wait_until_ready()


def test_the_log_is_told_once_and_in_whole_lines(place):
    child = Child("web", [], place.log("web"), lambda _child: True)
    child.log.write_text("one\ntwo\nthr")

    assert child.news() == ["one", "two"]

    with suppress(OSError), open(child.log, "a") as log:
        log.write("ee\n")
    assert child.news() == ["three"]
    assert child.news() == []


LOG = """\
2023-06-05 09:00:00,001 INFO celery.apps.worker: worker-now@localhost ready.
2023-06-05 09:00:10,001 INFO celery.app.trace: Task core.run_row[7] succeeded: ERROR is only a word here
2023-06-05 09:00:20,001 WARNING core.jobs: job 7 took long
2023-06-05 09:00:30,001 ERROR celery.app.trace: Task core.run_job[8] raised unexpected
Traceback (most recent call last):
ValueError: no such document
2023-06-05 09:00:40,001 INFO celery.worker.strategy: Task core.sweep_jobs[9] received
worker: Warm shutdown (MainProcess)
Traceback (most recent call last):
KeyError: 'died of it'
"""


@pytest.mark.parametrize(("tells_all", "told"), [(True, range(10)), (False, [2, 3, 4, 5, 8, 9])])
def test_of_a_log_the_terminal_has_warnings_and_whole_errors_or_all(place, tells_all, told):
    child = Child("worker", [], place.log("worker"), lambda _child: True, tells_all)
    child.log.write_text(LOG)

    assert child.notable() == [LOG.splitlines()[number] for number in told]
