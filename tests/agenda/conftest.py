"""A meeting that is being prepared, by its own secretary."""

import pytest

from core import jobs
from core.models import Job
from tests.factories import MeetingFactory


@pytest.fixture
def meeting(body, secretary, chair):
    return MeetingFactory(body=body, secretary=secretary, chair=chair)


@pytest.fixture
def prepare(client_for, secretary):
    """The browser of the secretary."""
    return client_for(secretary)


@pytest.fixture
def run_jobs():
    """Return a function that does what waits, as a worker does it, and returns the jobs as they ended."""

    def do(name):
        waiting = list(Job.objects.filter(name=name).order_by("pk"))
        for job in waiting:
            jobs.run(job.pk)
            job.refresh_from_db()
        return waiting

    return do
