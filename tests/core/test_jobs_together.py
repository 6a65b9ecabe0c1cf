"""Jobs when many ask at once. Each thread has a connection of its own, so rows are really committed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection

from core import jobs
from core.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(function, times, threads):
    """Run a function in threads and return what each run returned."""

    def run(place):
        try:
            return function(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(times)))


def test_fifty_requests_for_the_same_file_start_one_job():
    def ask(_place):
        return jobs.start("core.ping", by=None, title="Handlingar", key="make:handlingar").pk

    assert len(set(in_threads(ask, 50, threads=10))) == 1
    assert Job.objects.active().count() == 1


def test_of_eight_workers_that_reach_for_a_job_one_gets_it():
    job = jobs.start("core.ping", by=None, title="Prov")
    ready = Barrier(8)

    def reach(_place):
        ready.wait()
        return jobs.claim(job.pk) is not None

    assert sorted(in_threads(reach, 8, threads=8)) == [False] * 7 + [True]


def test_the_lease_is_renewed_while_the_work_goes_on(kind, monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT", 0.02)
    seen = []

    def slow(run):
        at_first = Job.objects.get(pk=run.job.pk).lease_until
        while len(seen) < 1:
            Event().wait(0.02)
            if Job.objects.get(pk=run.job.pk).lease_until > at_first:
                seen.append("renewed")

    job = jobs.start(kind(slow), by=None, title="Prov")
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, seen) == ("done", ["renewed"])
