"""The workers' door to importing."""

from core.importing import services
from core.importing.cells import Unacceptable
from core.jobs import JobFailed, Run, job
from core.models import ImportRun


def _run(run_id: int, turn: int, state: str) -> ImportRun | None:
    """Return the import, if it still waits for this; None for a job that was done before."""
    return ImportRun.objects.select_related("source").filter(pk=run_id, turn=turn, state=state).first()


@job("importing.fetch")
def fetch(run: Run, run_id: int, turn: int) -> None:
    if importing := _run(run_id, turn, ImportRun.State.FETCHING):
        try:
            services.fetch(importing)
        except Unacceptable as refused:
            services.fail(importing, str(refused))
            raise JobFailed(str(refused)) from refused


@job("importing.read")
def read(run: Run, run_id: int, turn: int) -> None:
    if importing := _run(run_id, turn, ImportRun.State.READING):
        try:
            sheet = services.sheet_of(importing)
        except Unacceptable as refused:
            services.fail(importing, str(refused))
            raise JobFailed(str(refused)) from refused
        services.keep(importing, *services.read(importing, sheet, run.progress), by=run.by)


@job("importing.apply")
def apply(run: Run, run_id: int, turn: int) -> None:
    if importing := _run(run_id, turn, ImportRun.State.APPLYING):
        sheet = services.sheet_of(importing)
        # No progress from here: it would hold the job's row until all is saved.
        services.apply(importing, sheet, by=run.by, reason=f"{importing.source}: {importing.filename}")
