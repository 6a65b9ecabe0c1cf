"""A file's job, while its parts are being made by others: parked until they are, or helping out at the end."""

import time
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from core import jobs
from core.models import Job
from reports.models import PartFile, Waiting
from reports.services import parts
from reports.services.failing import PartFailed
from reports.services.wanted import Wanted

MOMENT = 2.0  # seconds that a job waits for the very last parts instead of being parked
GLANCE = 0.005  # seconds after which it looks again


def wait_for(run: jobs.Run, wanted: Sequence[Wanted], total: int) -> bool:
    """Park the job until the parts, which are begun, are made; say whether it was parked.

    A part that failed is tried again for a job that is new. Raises PartFailed for one that waited for it.
    """
    with transaction.atomic():
        rows = locked_rows(wanted)
        failed = _failed(run.job, rows)
        lacking = [row for row in rows if not row.is_made]
        if lacking and not failed:
            _park(run, lacking, {one.hash: one for one in wanted}, total)
            return True
        waits_no_more(run.job)
    if failed:
        raise PartFailed(failed[0])
    return False


def help_out(run: jobs.Run, wanted: Sequence[Wanted], total: int, *, meanwhile: Callable[[], None]) -> None:
    """Make here those of the last parts that nobody has begun, and wait a moment for the others.

    Then the file is bound by who has its composition at hand. `meanwhile` is done each time that another of them is
    there. Only for a job that was parked: one that is new would keep from its parts whoever waits for them.
    """
    if not Waiting.objects.filter(job=run.job).exists():
        return
    keys = [parts.key_of(one.hash) for one in wanted]
    until, told, bound = time.monotonic() + MOMENT, 0, len(wanted)
    while (left := parts.waiting(wanted)) and time.monotonic() < until:
        if len(left) != told:
            told = len(left)
            run.progress(total - 1 - told, total, left[0].title)
        queued = Job.objects.filter(key__in=keys, state=Job.State.QUEUED).order_by("due_at", "pk").first()
        if queued:
            jobs.run(queued.pk)
            until = time.monotonic() + MOMENT
        elif len(left) != bound:
            bound = len(left)
            meanwhile()
        else:
            time.sleep(GLANCE)


def waits_no_more(job: Job) -> None:
    """Forget what a job has waited for."""
    Waiting.objects.filter(job=job).delete()


def locked_rows(wanted: Sequence[Wanted]) -> list[PartFile]:
    keys = {one.hash for one in wanted}
    rows = PartFile.objects.without_html().filter(pk__in=keys).order_by("pk")
    return list(rows.select_for_update())


def _failed(job: Job, rows: Sequence[PartFile]) -> list[PartFile]:
    """Return the parts that the job waited for and that could not be made."""
    waited = set(Waiting.objects.filter(job=job).values_list("part_file", flat=True))
    return [row for row in rows if row.error and row.hash in waited]


def _park(run: jobs.Run, lacking: Sequence[PartFile], wanted: Mapping[str, Wanted], total: int) -> None:
    lost = [row for row in lacking if row.error or not (row.has_html or row.recipe)]
    for row in lost:
        row.error, row.html, row.recipe = "", wanted[row.hash].html, dict(wanted[row.hash].recipe)
    PartFile.objects.bulk_update(lost, ["error", "html", "recipe"])
    waits_no_more(run.job)  # for what the file held when it was composed before
    Waiting.objects.bulk_create(
        [Waiting(part_file=row, job=run.job) for row in lacking], ignore_conflicts=True
    )
    parts.start_all(lacking, by=run.by)
    run.progress(total - 1 - len(lacking), total, lacking[0].title)
    run.park(total)


@transaction.atomic
def let_go(job: Job) -> None:
    """Make no more of the parts for which only this job has waited; what is made is kept."""
    rows = PartFile.objects.without_html().filter(pk__in=Waiting.objects.filter(job=job).values("part_file"))
    # Locked, so that who parks for one of them at this moment does so before, and is seen, or after, and asks anew.
    wanted = {row.pk for row in rows.order_by("pk").select_for_update()}
    others = set(
        Waiting.objects.exclude(job=job).filter(part_file__in=wanted).values_list("part_file", flat=True)
    )
    waits_no_more(job)
    keys = [parts.key_of(key) for key in wanted - others]
    queued = Job.objects.filter(key__in=keys, state=Job.State.QUEUED)
    queued.update(state=Job.State.CANCELLED, ended_at=timezone.now())
