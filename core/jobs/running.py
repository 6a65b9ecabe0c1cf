"""Doing jobs: a worker claims one, holds it by a lease that it renews, and says how it ended."""

import logging
import socket
import threading
import traceback
import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone, translation

from core.jobs.kinds import JobCancelled, JobFailed, JobLost, Kind, kinds
from core.jobs.starting import hint, hint_on_commit
from core.models import Job
from core.naming import key_of

LEASE = timedelta(seconds=25)
HEARTBEAT = 5.0  # seconds
MAX_ATTEMPTS = 5
PARKED = timedelta(minutes=2)
BACKOFF = timedelta(seconds=15)  # times the number of attempts

log = logging.getLogger(__name__)


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

    def made(self, result: Model) -> None:
        """Say what came of it. Where that is seen is told by who shows it: workers know no addresses."""
        self._mine.update(result=key_of(result))

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
    job = Job.objects.select_related("by").filter(pk=job_id).first()
    return take(job) if job else None


def take(job: Job) -> Run | None:
    """Claim a job as it was read; None when it does not wait any more."""
    now, token = timezone.now(), uuid.uuid4()
    taken = (
        Job.objects.due(now)
        .filter(pk=job.pk, attempts=job.attempts)
        .update(
            state=Job.State.RUNNING,
            token=token,
            worker=f"{socket.gethostname()}:{threading.get_native_id()}",
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            started_at=now,
        )
    )
    if not taken:
        return None
    job.state, job.token, job.attempts = Job.State.RUNNING, token, job.attempts + 1
    return Run(job)


@dataclass(frozen=True, slots=True)
class Here:
    """What a worker is at: the queue it works for, and the jobs that it does next."""

    queue: str
    next: list[int] = field(default_factory=list)


_here: ContextVar[Here | None] = ContextVar("here", default=None)


def run(job_id: int) -> None:
    """Do a job, if it still waits to be done, and those that it wakes."""
    if taken := claim(job_id):
        do(taken)


def do(taken: Run) -> None:
    """Do a job that was claimed, and those that it wakes."""
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
        if taken.end(Job.State.CANCELLED):
            take_back(taken.job)
    except JobLost:
        log.warning("job %s was taken over by another worker", taken.job.pk)
    except JobFailed as failed:
        _fail(taken, failed, str(failed))
    except kind.retry_for as error:
        _retry(taken, error)
    except Exception as error:
        log.exception("job %s (%s) failed", taken.job.pk, kind.name)
        _fail(taken, error)
    else:
        taken.end(Job.State.DONE)


def _retry(taken: Run, error: Exception) -> None:
    if taken.job.attempts >= MAX_ATTEMPTS:
        _fail(taken, error)
    else:
        taken.again(_tell(error))


def _fail(taken: Run, error: Exception, reason: str = "") -> None:
    if taken.end(Job.State.FAILED, _tell(error), reason):
        give_up(taken.job)


def give_up(job: Job) -> None:
    """Tell those who wait for a job that it cannot be done."""
    if told := kinds[job.name].given_up:
        told(**job.args)


def take_back(job: Job) -> None:
    """Take back what a job that was cancelled has asked of others."""
    if told := kinds[job.name].cancelled:
        told(job)


def _tell(error: Exception) -> str:
    return "".join(traceback.format_exception_only(error)).strip()[:2000]


@contextmanager
def _heartbeat(taken: Run):
    """Renew the lease from a thread of its own while the work goes on."""
    stop = threading.Event()

    def beat():
        if stop.wait(HEARTBEAT):
            return  # most jobs are: this thread needs no connection
        try:
            while taken.beat() and not stop.wait(HEARTBEAT):
                pass
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
        hint_on_commit(job.pk, queue)


def tell(job: Job, done: int, note: str = "") -> None:
    """Say of a parked job how far the others have come."""
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(done=done, note=note[:200])
