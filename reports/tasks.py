"""The workers' door to making files."""

from celery import shared_task
from celery.signals import worker_process_init
from django.apps import apps
from django.utils import timezone

from core.jobs import Run, job
from reports import services


def _subject(label: str, pk: int):
    return apps.get_model(label)._default_manager.get(pk=pk)


@worker_process_init.connect
def be_ready(**_signal) -> None:
    """Have at hand what the first part and the first file need: it takes as long as to make ten pages."""
    services.make_ready()


@job("reports.make", cancelled=services.let_go)
def make(run: Run, subject: str, pk: int, kind: str, audience: str, pin: bool) -> None:
    rendition = services.make_together(run, _subject(subject, pk), kind, audience, pin=pin)
    if rendition is not None:
        run.made(rendition)


@job("reports.render_part", in_a_row=True, given_up=services.give_up)
def render_part(run: Run, hash: str) -> None:
    services.render_part(hash)


@job("reports.render_ahead", queue="ahead", in_a_row=True, given_up=services.give_up)
def render_ahead(run: Run, hash: str) -> None:
    services.render_part(hash)


@job("reports.warm", queue="ahead")
def warm(run: Run, subject: str, pk: int, kind: str, audience: str) -> None:
    services.warm(_subject(subject, pk), kind, audience)


@shared_task(name="reports.look_ahead")
def look_ahead() -> int:
    return services.look(timezone.now())


@shared_task(name="reports.evict")
def evict() -> int:
    return services.evict(timezone.now())
