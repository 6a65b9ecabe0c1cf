"""A worker's process loads no library that opens or makes files: those who do end, or are its children."""

import os
import subprocess
import sys

HEAVY = {"PIL", "holidays", "lxml", "openpyxl", "pikepdf", "pypdfium2", "weasyprint"}
AS_A_WORKER = """
import sys
from config.celery import app
app.loader.import_default_modules()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_worker_loads_none_of_the_libraries_that_open_or_make_files():
    done = subprocess.run(
        [sys.executable, "-c", AS_A_WORKER], env=os.environ, capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.split())
    assert {"celery", "cases", "reports"} < loaded
    assert loaded & HEAVY == set()
