"""Background work: once per key, by one worker, given back by a sweeper."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.models import Job

LATER = jobs.LEASE + timedelta(seconds=1)


def lease_runs_out(job):
    """Let the sweeper come by when the worker that had the job has been silent for too long."""
    jobs.sweep(timezone.now() + LATER)
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())


def test_a_job_is_done_with_its_arguments(waiting, kind):
    done = []

    def add(run, one, other):
        done.append((run.by, one + other))

    job = waiting(kind(add), one=1, other=2)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert done == [(job.by, 3)]
    assert (job.state, job.attempts, job.lease_until) == ("done", 1, None)


def test_workers_are_told_when_the_transaction_commits_not_before(
    waiting, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as told:
        waiting(key="a")

    assert len(told) == 1


def test_of_two_jobs_with_one_key_the_second_is_the_first(waiting, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as told:
        first, second = waiting(key="a"), waiting(key="a")

    assert first == second
    assert len(told) == 1


def test_a_key_is_free_again_when_its_job_is_done(waiting):
    first = waiting(key="a")
    jobs.run(first.pk)

    assert waiting(key="a") != first


def test_jobs_without_a_key_are_never_the_same(waiting):
    assert waiting() != waiting()


def test_a_name_that_nobody_offers_is_refused_before_anything_is_stored(waiting):
    with pytest.raises(LookupError):
        waiting("no.such_job")

    assert not Job.objects.exists()


def test_a_job_that_one_worker_has_is_not_given_to_another(waiting):
    job = waiting()

    assert jobs.claim(job.pk) is not None
    assert jobs.claim(job.pk) is None


def test_a_job_is_not_given_out_before_it_is_due(waiting):
    job = waiting()
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() + timedelta(minutes=1))

    assert jobs.claim(job.pk) is None


def test_the_sweeper_leaves_a_job_alone_while_its_worker_lives(waiting):
    run = jobs.claim(waiting().pk)

    assert jobs.sweep() == 0
    assert run.beat()


def test_a_dead_workers_job_goes_to_another(waiting):
    job = waiting()
    jobs.claim(job.pk)

    lease_runs_out(job)
    second = jobs.claim(job.pk)

    assert second.job.attempts == 2
    assert second.end(Job.State.DONE)


def test_a_worker_that_lost_its_lease_is_told_and_changes_nothing(waiting):
    job = waiting()
    first = jobs.claim(job.pk)
    lease_runs_out(job)
    second = jobs.claim(job.pk)
    second.progress(1, 2)

    with pytest.raises(jobs.JobLost):
        first.progress(2, 2)

    job.refresh_from_db()
    assert (job.state, job.done) == ("running", 1)


def test_a_worker_that_lost_its_lease_cannot_overwrite_the_result(waiting):
    job = waiting()
    first = jobs.claim(job.pk)
    lease_runs_out(job)
    second = jobs.claim(job.pk)
    second.made(Job(pk=1))
    second.end(Job.State.DONE)

    first.made(Job(pk=2))
    first.again("för sent")

    assert not first.end(Job.State.FAILED, "för sent")
    job.refresh_from_db()
    assert (job.state, job.result, job.error) == ("done", "core.job:1", "")


def test_a_job_whose_workers_keep_dying_fails_in_the_end(waiting):
    job = waiting()
    for _attempt in range(jobs.MAX_ATTEMPTS):
        jobs.claim(job.pk)
        lease_runs_out(job)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", jobs.MAX_ATTEMPTS)
    assert jobs.claim(job.pk) is None


def test_the_sweeper_calls_again_for_a_job_that_nobody_heard_of(waiting):
    job = waiting()
    later = timezone.now() + jobs.HINT_AGAIN + timedelta(seconds=1)

    assert jobs.sweep(later) == 1
    assert jobs.sweep(later) == 0
    job.refresh_from_db()
    assert job.state == "queued"


def test_an_error_that_passes_is_tried_again_later(waiting, kind):
    def flaky(run):
        raise OSError("ingen kontakt")

    job = waiting(kind(flaky, retry_for=(OSError,)))
    before = timezone.now()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("queued", 1, "OSError: ingen kontakt")
    assert job.due_at >= before + jobs.BACKOFF


def test_each_try_waits_longer_than_the_one_before(waiting, kind):
    def flaky(run):
        raise OSError

    job, waits = waiting(kind(flaky, retry_for=(OSError,))), []
    for _attempt in range(jobs.MAX_ATTEMPTS - 1):
        Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
        jobs.run(job.pk)
        job.refresh_from_db()
        waits.append(round((job.due_at - timezone.now()).total_seconds()))

    assert waits == [15, 30, 45, 60]


def test_after_the_last_try_the_job_has_failed(waiting, kind):
    def flaky(run):
        raise OSError("ingen kontakt")

    job = waiting(kind(flaky, retry_for=(OSError,)))
    Job.objects.filter(pk=job.pk).update(attempts=jobs.MAX_ATTEMPTS - 1)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "OSError: ingen kontakt")


def test_an_unexpected_error_fails_the_job_at_once_and_is_told(waiting, kind):
    def broken(run):
        raise ValueError("trasig")

    job = waiting(kind(broken, retry_for=(OSError,)))
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("failed", 1, "ValueError: trasig")


def test_a_job_that_nobody_has_begun_is_cancelled_at_once(waiting):
    job = waiting()
    jobs.cancel(job)

    job.refresh_from_db()
    assert job.state == "cancelled"
    assert jobs.claim(job.pk) is None


def test_a_running_job_ends_at_its_next_word_when_it_is_cancelled(waiting, kind):
    reached = []

    def slow(run):
        jobs.cancel(run.job)
        run.progress(1, 2)
        reached.append("the rest")

    job = waiting(kind(slow))
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, reached) == ("cancelled", [])


def test_cancelling_what_is_done_changes_nothing(waiting):
    job = waiting()
    jobs.run(job.pk)
    jobs.cancel(job)

    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == ("done", False)


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, None), (0, 4, 0), (1, 3, 33), (3, 3, 100), (5, 3, 100)]
)
def test_progress_is_said_in_percent_once_there_is_a_whole(waiting, done, total, percent):
    run = jobs.claim(waiting().pk)
    run.progress(done, total, "tredje delen")

    job = Job.objects.get()
    assert (job.percent, job.note) == (percent, "tredje delen")


def test_a_failed_job_is_tried_again_as_a_new_one(waiting, kind):
    outcomes = [ValueError, None]

    def second_time_lucky(run, word):
        if error := outcomes.pop(0):
            raise error(word)

    failed = waiting(kind(second_time_lucky), key="a", word="x")
    jobs.run(failed.pk)
    again = jobs.retry(failed)
    jobs.run(again.pk)

    assert list(Job.objects.order_by("pk").values_list("state", "key")) == [("failed", "a"), ("done", "a")]


# Waking a parked job ----------------------------------------------------------------------------------


@pytest.fixture
def parked(waiting, kind, transactional_db):
    """A job that rests until it is woken, and what is done from now on."""
    done = []

    def rests(run):
        if not done:
            run.park(1)
        done.append("woken" if done else "parked")

    job = waiting(kind(rests))
    jobs.run(job.pk)
    return job, done


class Regret(Exception):
    """Takes a transaction back."""


def wakes(job, done):
    jobs.wake(job)
    done.append("waker")


def wakes_and_fails(job, done):
    wakes(job, done)
    raise Regret


def wakes_and_regrets(job, done):
    with suppress(Regret), transaction.atomic():
        wakes_and_fails(job, done)


@pytest.mark.parametrize(
    ("act", "queue", "after"),
    [
        (wakes, "now", ["woken"]),
        (wakes_and_fails, "now", ["woken"]),
        (wakes_and_regrets, "now", []),
        (wakes, "ahead", []),
    ],
)
def test_who_wakes_a_job_of_its_queue_does_it_next_unless_that_is_taken_back(
    parked, waiting, kind, act, queue, after
):
    job, done = parked

    def waker(run):
        act(job, done)

    jobs.run(waiting(kind(waker, queue=queue)).pk)

    assert done == ["parked", "waker", *after]


def test_any_other_worker_may_do_a_woken_job_first(parked, waiting, kind):
    job, done = parked

    def waker(run):
        jobs.wake(job)
        jobs.run(job.pk)  # as another worker does that hears of it
        done.append("waker")

    jobs.run(waiting(kind(waker)).pk)

    assert done == ["parked", "woken", "waker"]
