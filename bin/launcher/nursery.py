"""Processes forked from one that has loaded Django: five starts for the price of one."""

import ctypes
import importlib
import multiprocessing
import os
import runpy
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkProcess
from pathlib import Path

from launcher import report
from launcher.places import ROOT
from launcher.report import Failure

FORK = multiprocessing.get_context("fork")
PR_SET_PDEATHSIG = 1
# Loaded once the database and the static files are ready, since loading may look at them.
HEAVY = ("config.urls", "gunicorn.app.wsgiapp", "celery.bin.worker", "celery.apps.worker", "celery.apps.beat")


def load_django(env: Mapping[str, str], log: Path) -> None:
    """Load Django into this process, from which the others are forked. Nothing connects to the database yet.

    Raises Failure, which names the setting when one has a bad value; else the log has the whole error.
    """
    os.environ.update(env)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    django = importlib.import_module("django")
    misconfigured = importlib.import_module("django.core.exceptions").ImproperlyConfigured
    try:
        django.setup()
    except misconfigured as error:
        raise Failure(str(error), "Mend it in the environment that you start from, or unset it.") from error
    except Exception as error:
        log.write_text(traceback.format_exc(), encoding="utf-8")
        raise Failure("Django cannot be loaded.", "Mend what the log says and start again.", log) from error


def load_the_rest() -> None:
    for name in HEAVY:
        importlib.import_module(name)


def start(
    module: Sequence[str],
    log: Path,
    env: Mapping[str, str] | None = None,
    output: int | None = None,
) -> ForkProcess:
    """Start `python -m module …` without loading anything anew; it says all to the log, or prints to `output`."""
    process = FORK.Process(target=become, args=(module, log, env or {}, output))
    process.start()
    return process


def become(module: Sequence[str], log: Path, env: Mapping[str, str], output: int | None) -> None:
    leave_the_family()
    redirect(log, output)
    os.environ.update(env)
    sys.argv = list(module)
    runpy.run_module(module[0], run_name="__main__", alter_sys=True)


def leave_the_family() -> None:
    """Be out of reach of Ctrl-C, which is the launcher's to answer, but end when the launcher is killed."""
    os.setsid()
    report.on_request_to_stop(signal.SIG_DFL)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def redirect(log: Path, output: int | None) -> None:
    with open(os.devnull, "rb") as nothing, open(log, "ab") as file:
        os.dup2(nothing.fileno(), 0)
        os.dup2(file.fileno() if output is None else output, 1)
        os.dup2(file.fileno(), 2)
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115  for as long as the process lives
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
