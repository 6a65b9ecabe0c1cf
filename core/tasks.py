"""The workers' door."""

from smtplib import SMTPException

from celery import shared_task
from django.apps import apps
from django.utils import timezone

from core import clock, downloads, jobs, reminding, services
from core.importing import tasks as importing
from core.jobs import JobFailed, Run, job
from core.tables import tables

__all__ = ["importing"]  # found with these, since it is no app of its own


@shared_task(name="core.run_job")
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="core.run_row")
def run_row(name: str) -> None:
    jobs.run_row(name)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> int:
    return jobs.sweep()


@shared_task(name="core.forget_tables")
def forget_tables() -> int:
    return downloads.forget(timezone.now())


@shared_task(name="core.start_reminders")
def start_reminders() -> None:
    jobs.start("core.remind", by=None, title="Reminders", key="core.remind", is_shown=False)


@job("core.remind", queue="ahead", retry_for=(SMTPException, OSError))
def remind(run: Run) -> None:
    reminding.remind_all(clock.today(), run.progress)


@job("core.write_table")
def write_table(run: Run, table: str, pk: int, format: str, options: dict[str, str]) -> None:
    maker = tables[table]
    subject = maker.visible_to(run.by).get(pk=pk)
    if not maker.may(run.by, subject):
        raise JobFailed
    run.made(downloads.write(maker, subject, format, options, by=run.by))


@job("core.review")
def review(run: Run, model: str, pk: int) -> None:
    services.review(apps.get_model(model)._default_manager.get(pk=pk), by=run.by)


@job("core.ping")
def ping(run: Run) -> None:
    """Nothing to do: that it was done shows that a worker is there."""
    run.progress(1, 1)
