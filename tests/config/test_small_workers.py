"""A worker's process loads no library that opens or makes files: those who do end, or are its children."""

import gc
import os
import subprocess
import sys
import weakref

from celery import signals

HEAVY = {"PIL", "babel", "holidays", "lxml", "openpyxl", "pikepdf", "pypdfium2", "weasyprint"}
OF_PAGES = {"allauth.account.forms", "cases.measures.forms", "cases.register.forms", "committee.forms"}
AS_A_WORKER = """
import sys
from django.template import engines
from config.celery import app
app.loader.import_default_modules()
engines["django"]
print(*sorted(sys.modules))
"""


def loaded_by_a_worker() -> set[str]:
    """Return the modules of a worker that has written a paper: its templates' libraries among them."""
    done = subprocess.run(
        [sys.executable, "-c", AS_A_WORKER], env=os.environ, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_a_worker_loads_none_of_the_libraries_that_open_or_make_files_and_no_form():
    loaded = loaded_by_a_worker()

    assert {"celery", "cases", "reports", "core.templatetags.swedish"} < loaded
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()
    assert loaded & OF_PAGES == set()


class Circle:
    def __init__(self):
        self.itself = self


def test_what_refers_to_itself_is_gone_when_the_next_task_begins():
    gc.disable()
    try:
        left = weakref.ref(Circle())
        assert left() is not None

        signals.task_postrun.send(sender=None)

        assert left() is None
    finally:
        gc.enable()
