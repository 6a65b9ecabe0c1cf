"""Minding jobs from outside: giving back what dead workers held, cancelling, trying again."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from core.jobs.kinds import kinds
from core.jobs.running import MAX_ATTEMPTS, give_up, take_back
from core.jobs.starting import call, hint, start
from core.models import Job

HINT_AGAIN = timedelta(seconds=20)


def sweep(now: datetime | None = None) -> int:
    """Give back what dead workers held, and call again for what nobody heard of.

    Return how many jobs the workers were told of.
    """
    now = now or timezone.now()
    _give_up_after_many(now)
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
    for kind in {kinds[name] for _pk, name in unheard if kinds[name].in_a_row}:
        call(kind)
    for pk, name in unheard:
        if not kinds[name].in_a_row:
            hint(pk, kinds[name].queue)
    return len(unheard)


def _give_up_after_many(now: datetime) -> None:
    """End the jobs of which worker after worker died."""
    for job in Job.objects.abandoned(now).filter(attempts__gte=MAX_ATTEMPTS):
        ended = (
            Job.objects.abandoned(now)
            .filter(pk=job.pk)
            .update(state=Job.State.FAILED, ended_at=now, lease_until=None, error="worker died")
        )
        if ended:
            give_up(job)


def cancel(job: Job) -> None:
    """Ask for a job to end; one that nobody has begun ends at once."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    if waiting.update(state=Job.State.CANCELLED, ended_at=timezone.now()):
        take_back(job)
    else:
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
