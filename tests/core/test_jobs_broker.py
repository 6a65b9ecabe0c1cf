"""The broker may be away: what is asked for is done all the same, a little later."""

import pytest
from celery import current_app
from kombu import pools

from core.models import Job
from tests.factories import MeetingFactory


@pytest.fixture
def no_broker():
    """Point the program at a broker that is not there."""
    address = current_app.conf.broker_url
    current_app.conf.broker_url = "redis://localhost:1/0"
    _forget_connections()
    yield
    current_app.conf.broker_url = address
    _forget_connections()


def _forget_connections():
    pools.reset()
    current_app._pool = current_app.amqp._producer_pool = None


def test_with_the_broker_away_the_job_still_waits_for_the_sweeper(
    waiting, no_broker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = waiting()

    job.refresh_from_db()
    assert job.state == "queued"


def test_with_the_broker_away_the_page_answers_as_always(
    body, secretary, client_for, no_broker, django_capture_on_commit_callbacks
):
    meeting = MeetingFactory(body=body)

    with django_capture_on_commit_callbacks(execute=True):
        response = client_for(secretary).post(f"/meetings/{meeting.pk}/review/")

    assert response.status_code == 302
    assert Job.objects.get().state == "queued"
