"""What works for a worker ends with it, whatever it is at: nobody else would stop it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings

from reports.pdf import guarded
from tests.workers.processes import wait_until

AT_ONCE = 5  # seconds, on a machine that has much else to do
PAGE = '<html lang="sv"><head><title>Prov</title></head><body>{}</body></html>'
ENDLESS = PAGE.format("<table><tr><td colspan=100000000>Hej</td></tr></table>")

RENDERS = """
import sys
from reports.pdf import guarded
guarded.renderer().start()
print(guarded.renderer().pid, flush=True)
guarded.render(sys.argv[1])
"""
# One call that does not come back from C, as a library may that reads a file made to harm it.
OPENS = """
import os
from reports.pdf import apart
def endless():
    print(os.getpid(), flush=True)
    10 ** 10 ** 9
apart.run(endless)
"""


def seconds_of(pid):
    """Return the seconds of a processor that a process has used, or None when it is no more."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return None
    return None if fields[0] == "Z" else int(fields[11]) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("program", [RENDERS, OPENS], ids=["renders", "opens a file"])
def test_a_worker_killed_while_its_child_is_at_something_endless_leaves_no_child(program):
    worker = subprocess.Popen(
        [sys.executable, "-c", program, ENDLESS], cwd=settings.BASE_DIR, stdout=subprocess.PIPE
    )
    with worker:
        child = int(worker.stdout.readline())
        before = seconds_of(child)
        wait_until(lambda: seconds_of(child) > before + 2, 60)  # it is made ready, and at it

        worker.kill()
        worker.wait()
        try:
            wait_until(lambda: seconds_of(child) is None, AT_ONCE)
        finally:
            if seconds_of(child) is not None:
                os.kill(child, signal.SIGKILL)


def test_a_child_outlives_the_thread_that_started_it():
    child = guarded.Child("reports.pdf.renderer")
    thread = threading.Thread(target=child.start)
    thread.start()
    thread.join()
    started = child.pid

    assert child.ask(PAGE.format("Hej").encode()).startswith(b"%PDF")
    assert child.pid == started
    child.close()
