"""Doing what waits in the queue, as one worker does."""

from django.utils import timezone

from core import jobs
from core.models import Job

MOST = 300  # more than any test has to do: a job that starts itself again would never end


def work():
    """Do all jobs that wait, and those they start, oldest first; return their names in the order they were done."""
    done = []
    while waiting := next_job():
        assert len(done) < MOST
        jobs.run(waiting.pk)
        done.append(waiting.name)
    return done


def next_job():
    waiting = Job.objects.filter(state=Job.State.QUEUED, due_at__lte=timezone.now())
    return waiting.order_by("due_at", "pk").first()
