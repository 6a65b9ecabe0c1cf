"""Jobs in a row: many short ones of a kind, which workers do one after another without a message for each.

A message costs a tenth of a short job. So one worker is called; whoever comes calls another and goes on for as long
as there is something to do, but gives way to what else was asked for after a while. One message comes, one goes: were
there more, they would lie in the queue before what somebody asks for.
"""

import time

from django.utils import timezone

from core.jobs.kinds import Kind, kinds
from core.jobs.running import Run, do, take
from core.jobs.starting import call
from core.models import Job

LONGEST = 2.0  # seconds that others wait at most for a worker that is at a row


def run_row(name: str) -> None:
    """Do the jobs of a kind that wait, in the order in which they are due."""
    kind = kinds[name]
    taken = _next(kind)
    if taken is None:
        return
    call(kind)
    until = time.monotonic() + LONGEST
    while taken:
        do(taken)
        if time.monotonic() > until:
            return  # whoever was called goes on
        taken = _next(kind)


def _next(kind: Kind) -> Run | None:
    """Take the job of a kind that has waited longest; None when none waits."""
    due = Job.objects.due(timezone.now()).filter(name=kind.name).order_by("due_at", "pk").select_related("by")
    while job := due.first():
        if taken := take(job):
            return taken
    return None
