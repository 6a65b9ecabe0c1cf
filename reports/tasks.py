"""The workers' door to making files."""

from django.apps import apps

from core.jobs import Run, job
from reports import services


@job("reports.make")
def make(run: Run, subject: str, pk: int, kind: str, audience: str, pin: bool) -> None:
    thing = apps.get_model(subject)._default_manager.get(pk=pk)
    rendition = services.make(thing, kind, audience, pin=pin, progress=run.progress)
    run.link(rendition.get_absolute_url())
