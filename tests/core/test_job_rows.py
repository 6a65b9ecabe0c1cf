"""Jobs in a row: one message calls a worker, which calls another and goes on; nobody else waits long for it."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from core import jobs
from core.jobs import rows
from core.models import Job
from tests.factories import PersonFactory

TASKS = [jobs.Task(f"part:{place}", f"Del {place}", {"place": place}) for place in (3, 1, 2)]


def messages(queue):
    """Take the messages out of the broker's queue: what task, with what."""
    with current_app.connection_for_write() as connection:
        channel = connection.default_channel
        channel.queue_declare(queue)
        found = []
        while message := channel.basic_get(queue, no_ack=True):
            found.append((message.headers["task"], *message.decode()[0]))
    return found


@pytest.fixture(autouse=True)
def _empty_queues():
    for queue in ("now", "ahead"):
        messages(queue)


@pytest.fixture
def row(kind):
    """A kind of job that is done in a row, with what of it was done."""
    done = []

    def part(run, place):
        done.append(place)

    return kind(part, in_a_row=True), done


@pytest.fixture
def asked(db, row, django_capture_on_commit_callbacks):
    """Three jobs in a row that were asked for, and what of them was done."""
    name, done = row
    with django_capture_on_commit_callbacks(execute=True):
        jobs.start_all(name, TASKS, by=PersonFactory())
    return name, done


def test_one_message_calls_the_workers_for_all(asked):
    name, _done = asked

    assert messages("now") == [("core.run_row", name)]


def test_who_comes_calls_another_and_does_all_in_the_order_they_were_asked_for(asked):
    name, done = asked
    messages("now")

    jobs.run_row(name)

    assert done == [3, 1, 2]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert messages("now") == [("core.run_row", name)]


def test_who_is_called_when_nothing_is_left_calls_nobody(asked):
    name, done = asked
    jobs.run_row(name)
    messages("now")

    jobs.run_row(name)

    assert (done, messages("now")) == ([3, 1, 2], [])


def test_after_a_while_a_worker_gives_way_to_what_else_was_asked_for(asked, monkeypatch):
    monkeypatch.setattr(rows, "LONGEST", 0.0)
    name, done = asked
    messages("now")

    jobs.run_row(name)

    assert done == [3]
    assert messages("now") == [("core.run_row", name)]


def test_messages_do_not_grow_in_number_however_often_workers_give_way(asked, monkeypatch):
    monkeypatch.setattr(rows, "LONGEST", 0.0)
    name, done = asked

    for _worker in (1, 2):
        assert messages("now") == [("core.run_row", name)]
        jobs.run_row(name)

    assert done == [3, 1]
    assert messages("now") == [("core.run_row", name)]


def test_a_job_that_another_worker_has_is_passed_over(asked):
    name, done = asked
    jobs.claim(Job.objects.get(key="part:3").pk)

    jobs.run_row(name)

    assert done == [1, 2]


def test_of_a_row_that_nobody_heard_of_the_sweeper_tells_once(asked):
    name, _done = asked
    messages("now")
    later = timezone.now() + jobs.HINT_AGAIN + timedelta(seconds=1)

    assert jobs.sweep(later) == 3
    assert messages("now") == [("core.run_row", name)]


def test_a_failure_in_a_row_fails_one_job_and_the_others_are_done(db, kind):
    def breaks(run, place):
        if place == 1:
            raise RuntimeError

    name = kind(breaks, in_a_row=True)
    jobs.start_all(name, TASKS, by=PersonFactory())

    jobs.run_row(name)

    assert list(Job.objects.order_by("due_at").values_list("state", flat=True)) == ["done", "failed", "done"]
