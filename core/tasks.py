"""The workers' door."""

from celery import shared_task
from django.apps import apps

from core import jobs, services
from core.jobs import Run, job


@shared_task(name="core.run_job")
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> int:
    return jobs.sweep()


@job("core.review")
def review(run: Run, model: str, pk: int) -> None:
    services.review(apps.get_model(model)._default_manager.get(pk=pk), by=run.by)


@job("core.ping")
def ping(run: Run) -> None:
    """Nothing to do: that it was done shows that a worker is there."""
    run.progress(1, 1)
