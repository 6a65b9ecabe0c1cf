"""The Celery application. What runs is decided by core.jobs; a message is only a hint."""

import gc
import os
from pathlib import Path

from celery import Celery, signals
from django.db import close_old_connections

from config import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# What they look at, web and migrations have looked at already; they load every view, which no worker needs.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("namndverk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

ALIVE_FILE = env.text("ALIVE_FILE", "")


@signals.worker_process_init.connect
def keep_what_is_imported(**_signal):
    """Spare the garbage collector from searching, time and again, what stays as long as the process does."""
    gc.collect()
    gc.freeze()


@signals.task_prerun.connect
def keep_a_connection_that_works(**_signal):
    """Go on with the last task's connection while it is young and whole: a new one costs as much as a small part."""
    close_old_connections()


@signals.task_postrun.connect
def throw_away(**_signal):
    """Throw away what refers to itself, as models do, before the next task needs room: 3 MiB of a file of 200 pages."""
    gc.collect()


# Both end with the connection to the broker: the heart stops, and nothing is published.
@signals.heartbeat_sent.connect
@signals.after_task_publish.connect
def show_life(**_signal):
    """Touch the file that config.probe looks at, from a worker every other second, from the beat every tenth."""
    if ALIVE_FILE:
        Path(ALIVE_FILE).touch()
