"""Background work: started on commit, held by lease, given back by a sweeper.

A worker that takes a job holds it for LEASE and renews while it works. A worker that dies stops
renewing, and the sweeper (every ten seconds) lets another one have the job, so that no work waits
longer than a minute for the dead. Job functions are idempotent: the same content, the same file.
"""

import logging
import socket
import threading
import traceback
import uuid
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone, translation

from core.models import Job
from core.registry import Registry

LEASE = timedelta(seconds=25)
HEARTBEAT = 5.0  # seconds
HINT_AGAIN = timedelta(seconds=20)
MAX_ATTEMPTS = 5
PARKED = timedelta(minutes=2)
BACKOFF = timedelta(seconds=15)  # times the number of attempts

log = logging.getLogger(__name__)


class JobFailed(Exception):
    """The job cannot be done; the message says why, for who asked for it."""


class JobCancelled(Exception):
    """Somebody asked for the job to be cancelled."""


class JobLost(Exception):
    """The lease ran out and another worker has the job."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a job of one name does, and where."""

    name: str
    function: Callable[..., None]
    queue: str
    retry_for: tuple[type[Exception], ...]

    @property
    def where(self) -> str:
        return f"queue {self.queue} · {self.function.__module__}"


kinds: Registry[Kind] = Registry("job")


def job(name: str, *, queue: str = "now", retry_for: tuple[type[Exception], ...] = ()):
    """Register a function as a job: it gets a Run and the job's own arguments."""

    def register(function):
        kinds.add(name, Kind(name, function, queue, retry_for))
        return function

    return register


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
    _hint_on_commit(job.pk, kind.queue)
    return job


def _hint_on_commit(job_id: int, queue: str) -> None:
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
    """Put many jobs in the queue at once, unseen; nothing is started for a key that has an active job."""
    wanted = {task.key: task for task in tasks}
    running = set(Job.objects.active().filter(key__in=wanted).values_list("key", flat=True))
    new = [
        Job(name=name, args=task.args, title=task.title[:200], key=key, is_shown=False, by=by)
        for key, task in wanted.items()
        if key not in running
    ]
    # In one order for all, so that two who start the same do not wait for each other.
    Job.objects.bulk_create(sorted(new, key=lambda job: job.key), ignore_conflicts=True)
    waiting = Job.objects.filter(key__in=[job.key for job in new], state=Job.State.QUEUED)
    keys = dict(waiting.values_list("key", "pk"))
    for key in wanted:
        if key in keys:
            _hint_on_commit(keys[key], kinds[name].queue)


def hint(job_id: int, queue: str, delay: float = 0) -> None:
    """Tell the workers that a job waits."""
    current_app.send_task("core.run_job", args=[job_id], queue=queue, countdown=delay)


class Run:
    """A job in the hands of a worker."""

    def __init__(self, job: Job):
        self.job = job
        self.by = job.by
        self._mine = Job.objects.filter(pk=job.pk, token=job.token, state=Job.State.RUNNING)

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Say how far the work has come. Raises JobCancelled or JobLost when it should end."""
        if not self._mine.update(done=done, total=total, note=note[:200]):
            raise JobLost
        if self._mine.filter(cancel_asked=True).exists():
            raise JobCancelled

    def link(self, url: str) -> None:
        """Say where the result is."""
        self._mine.update(url=url)

    def beat(self) -> bool:
        return bool(self._mine.update(lease_until=timezone.now() + LEASE))

    def end(self, state: Job.State, error: str = "", reason: str = "") -> bool:
        return bool(
            self._mine.update(
                state=state, error=error, reason=reason, ended_at=timezone.now(), lease_until=None
            )
        )

    def park(self, total: int) -> None:
        """Let the job wait for others, without a worker; `wake` goes on with it.

        Should nobody wake it, it is done again after a while all the same.
        """
        later = timezone.now() + PARKED
        self._mine.update(
            state=Job.State.QUEUED,
            lease_until=None,
            attempts=F("attempts") - 1,
            total=total,
            due_at=later,
            hinted_at=later,
        )

    def again(self, error: str) -> None:
        """Put the job back for a later try."""
        delay = BACKOFF * self.job.attempts
        self._mine.update(
            state=Job.State.QUEUED,
            error=error,
            lease_until=None,
            due_at=timezone.now() + delay,
            hinted_at=timezone.now() + delay,
        )
        hint(self.job.pk, kinds[self.job.name].queue, delay.total_seconds())


def claim(job_id: int) -> Run | None:
    """Take a waiting job; None when another worker was faster or it was cancelled."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED, due_at__lte=now).update(
        state=Job.State.RUNNING,
        token=uuid.uuid4(),
        worker=f"{socket.gethostname()}:{threading.get_native_id()}",
        attempts=F("attempts") + 1,
        lease_until=now + LEASE,
        started_at=now,
    )
    return Run(Job.objects.select_related("by").get(pk=job_id)) if taken else None


@dataclass(frozen=True, slots=True)
class Here:
    """What a worker is at: the queue it works for, and the jobs that it does next."""

    queue: str
    next: list[int] = field(default_factory=list)


_here: ContextVar[Here | None] = ContextVar("here", default=None)


def run(job_id: int) -> None:
    """Do a job, if it still waits to be done, and those that it wakes."""
    taken = claim(job_id)
    if taken is None:
        return
    kind = kinds[taken.job.name]
    here = Here(kind.queue)
    before = _here.set(here)
    try:
        _do(taken, kind)
    finally:
        _here.reset(before)
    for woken in here.next:
        run(woken)


def _do(taken: Run, kind: Kind) -> None:
    try:
        with _heartbeat(taken), translation.override("sv"):
            kind.function(taken, **taken.job.args)
    except JobCancelled:
        taken.end(Job.State.CANCELLED)
    except JobLost:
        log.warning("job %s was taken over by another worker", taken.job.pk)
    except JobFailed as failed:
        taken.end(Job.State.FAILED, _tell(failed), str(failed))
    except kind.retry_for as error:
        _retry(taken, error)
    except Exception as error:
        log.exception("job %s (%s) failed", taken.job.pk, kind.name)
        taken.end(Job.State.FAILED, _tell(error))
    else:
        taken.end(Job.State.DONE)


def _retry(taken: Run, error: Exception) -> None:
    if taken.job.attempts >= MAX_ATTEMPTS:
        taken.end(Job.State.FAILED, _tell(error))
    else:
        taken.again(_tell(error))


def _tell(error: Exception) -> str:
    return "".join(traceback.format_exception_only(error)).strip()[:2000]


@contextmanager
def _heartbeat(taken: Run):
    """Renew the lease from a thread of its own while the work goes on."""
    stop = threading.Event()

    def beat():
        try:
            while not stop.wait(HEARTBEAT):
                if not taken.beat():
                    return
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def wake(job: Job) -> None:
    """Let a parked job be done when the transaction commits, by the worker that wakes it or any that is idle.

    It has waited its turn once. Whoever wakes it does it next, if it is of its queue, before what others have
    asked for since; who takes it second finds it taken.
    """
    now = timezone.now()
    if Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(due_at=now, hinted_at=now):
        here, queue = _here.get(), kinds[job.name].queue
        if here and here.queue == queue:
            transaction.on_commit(lambda: here.next.append(job.pk))
        _hint_on_commit(job.pk, queue)


def tell(job: Job, done: int, note: str = "") -> None:
    """Say of a parked job how far the others have come."""
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(done=done, note=note[:200])


def sweep(now: datetime | None = None) -> int:
    """Give back what dead workers held, and call again for what nobody heard of.

    Return how many jobs the workers were told of.
    """
    now = now or timezone.now()
    Job.objects.abandoned(now).filter(attempts__gte=MAX_ATTEMPTS).update(
        state=Job.State.FAILED, ended_at=now, lease_until=None, error="worker died"
    )
    lost = list(Job.objects.abandoned(now).values_list("pk", flat=True))
    Job.objects.abandoned(now).filter(pk__in=lost).update(
        state=Job.State.QUEUED,
        lease_until=None,
        token=uuid.uuid4(),
        due_at=now,
        hinted_at=now - 2 * HINT_AGAIN,
    )
    unheard: list[tuple[int, str]] = list(
        Job.objects.unheard(now, since=now - HINT_AGAIN).values_list("pk", "name")
    )
    Job.objects.filter(pk__in=[pk for pk, _name in unheard]).update(hinted_at=now)
    for pk, name in unheard:
        hint(pk, kinds[name].queue)
    return len(unheard)


def cancel(job: Job) -> None:
    """Ask for a job to end; one that nobody has begun ends at once."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.CANCELLED, ended_at=timezone.now()):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_asked=True)


def retry(job: Job) -> Job:
    """Start a job that failed or was cancelled once more, as a new job; any other stays as it is."""
    job = Job.objects.select_related("by").get(pk=job.pk)
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        return job
    args: dict[str, Any] = job.args
    return start(
        job.name, by=job.by, title=job.title, url=job.url, key=job.key, is_shown=job.is_shown, **args
    )
