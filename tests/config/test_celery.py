"""A worker keeps its connection to the database from job to job, as long as it is of use."""

import pytest
from celery.signals import task_prerun
from django.db import connection

from config.celery import app
from tests.databases import stop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _new_connection():
    """The test run's own may be older than any is kept, which would be another reason for a new one."""
    connection.close()


def place_of_connection():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def begin_a_task():
    task_prerun.send(sender=app.tasks["core.sweep_jobs"], task_id="1", task=app.tasks["core.sweep_jobs"])


def test_the_next_task_goes_on_with_the_connection_of_the_last():
    before = place_of_connection()

    begin_a_task()

    assert place_of_connection() == before
    assert app.conf.CELERY_DB_REUSE_MAX > 10_000  # or Celery itself would close it


def test_a_connection_that_the_server_has_ended_is_replaced_before_it_is_missed():
    before = place_of_connection()
    stop(before)

    begin_a_task()

    assert place_of_connection() != before
