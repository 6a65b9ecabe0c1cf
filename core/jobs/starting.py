"""Putting jobs in the queue, once for each key, and telling the workers when the transaction commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction

from core.jobs.kinds import Kind, kinds
from core.models import Job


def start(name: str, *, by, title: str, url: str = "", key: str = "", is_shown: bool = True, **args) -> Job:
    """Put a job in the queue when the transaction commits.

    While a job with the same key is active, that one is returned and nothing is started.
    """
    kind = kinds[name]
    try:
        with transaction.atomic():
            job = Job.objects.create(
                name=name, args=args, title=title[:200], url=url, key=key, is_shown=is_shown, by=by
            )
    except IntegrityError:
        running = Job.objects.active().filter(key=key).first()
        return running or start(name, by=by, title=title, url=url, key=key, is_shown=is_shown, **args)
    hint_on_commit(job.pk, kind.queue)
    return job


def hint_on_commit(job_id: int, queue: str) -> None:
    # Robust: with the broker away the sweeper calls the workers later. Not a partial: Django asks
    # a callback that failed for its __qualname__, and a partial has none.
    transaction.on_commit(lambda: hint(job_id, queue), robust=True)


@dataclass(frozen=True, slots=True)
class Task:
    """One of many jobs of a kind: its arguments, its title in the log, and the key by which it is done once."""

    key: str
    title: str
    args: dict[str, Any]


def start_all(name: str, tasks: Iterable[Task], *, by) -> None:
    """Put many jobs of a kind that is done in a row in the queue at once, unseen, in this order.

    Nothing is started for a key that has an active job.
    """
    wanted = {task.key: task for task in tasks}
    running = set(Job.objects.active().filter(key__in=wanted).values_list("key", flat=True))
    new = [
        Job(name=name, args=task.args, title=task.title[:200], key=key, is_shown=False, by=by)
        for key, task in wanted.items()
        if key not in running
    ]
    for place, one in enumerate(new):
        one.due_at += timedelta(microseconds=place)  # in the order in which they were asked for
    # In one order for all, so that two who start the same do not wait for each other.
    Job.objects.bulk_create(sorted(new, key=lambda job: job.key), ignore_conflicts=True)
    if new:
        transaction.on_commit(lambda: call(kinds[name]), robust=True)


def hint(job_id: int, queue: str, delay: float = 0) -> None:
    """Tell the workers that a job waits."""
    current_app.send_task("core.run_job", args=[job_id], queue=queue, countdown=delay)


def call(kind: Kind) -> None:
    """Tell a worker that jobs of a kind wait that are done in a row."""
    current_app.send_task("core.run_row", args=[kind.name], queue=kind.queue)
