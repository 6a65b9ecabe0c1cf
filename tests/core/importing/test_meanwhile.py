"""An import while a worker is at it: looked at, gone back from, thrown away."""

import pytest
from django.db import connection
from django.utils import timezone

from core import jobs
from core.importing import services
from core.models import ImportRun, Job
from tests.core.importing.conftest import ALL, csv_file, work

FILE = "Ansvar;Konto;Utfall;Prognos\nEB;4010;1 000,50;2 000\n"
OTHERWISE = ALL | {"actual": "Prognos", "forecast": ""}


@pytest.fixture
def begun(target, period, controller):
    """An import whose file waits to be read."""
    run = services.begin(target, period, source="E", upload=csv_file(FILE), by=controller)
    services.set_columns(run, sheet=run.sheet, head_row=1, chosen=ALL, by=controller)
    return ImportRun.objects.get(pk=run.pk)


def once_it_was_read(act):
    """Return a wrapper of queries that acts just after the first one that reads an import."""
    left = [act]

    def between(execute, sql, *args):
        answer = execute(sql, *args)
        if left and sql.startswith("SELECT") and 'FROM "core_importrun"' in sql:
            left.pop()()
        return answer

    return connection.execute_wrapper(between)


def test_who_looks_just_as_the_worker_is_done_is_not_told_that_it_was_interrupted(client, begun, controller):
    client.force_login(controller)

    with once_it_was_read(work):
        page = client.get(begun.get_absolute_url())

    assert b'hx-trigger="every 1s"' in page.content
    assert ImportRun.objects.get().state == "ready"


def test_what_is_read_by_columns_that_were_left_meanwhile_is_not_kept(begun, controller):
    first = Job.objects.get()

    def choose_anew():
        services.go_back(begun, by=controller)
        services.set_columns(begun, sheet=begun.sheet, head_row=1, chosen=OTHERWISE, by=controller)

    with once_it_was_read(choose_anew):
        jobs.run(first.pk)
    assert ImportRun.objects.get().state == "reading"
    work()

    run = ImportRun.objects.get()
    assert (run.state, [change["after"] for change in run.changes]) == ("ready", ["2\xa0000"])


def test_what_is_asked_while_the_worker_still_puts_its_tools_away_is_done_too(begun, controller):
    last = Job.objects.get()
    work()
    still = {"state": "running", "lease_until": timezone.now() + jobs.LEASE, "ended_at": None}
    Job.objects.filter(pk=last.pk).update(**still)

    services.set_columns(begun, sheet=begun.sheet, head_row=1, chosen=OTHERWISE, by=controller)
    work()

    assert ImportRun.objects.get().state == "ready"


def test_an_import_that_is_thrown_away_while_it_is_read_stays_away(begun, controller):
    with once_it_was_read(lambda: services.drop(begun, by=controller)):
        work()

    assert not ImportRun.objects.exists()
