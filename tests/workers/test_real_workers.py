"""Jobs go through real worker processes; one that is killed in the middle loses nothing."""

import re

import pytest

from core.models import Job
from reports.models import PartFile, Rendition
from tests.secrecy.crawling import content_of
from tests.workers.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

PROGRESS = re.compile(r'<progress class="bar" max="(\d+)" value="(\d+)"')
DONE = Job.State.DONE


@pytest.fixture
def browser(client_for, secretary):
    return client_for(secretary)


def ask_for(meeting, browser):
    """Ask for the papers as the secretary does; return the job."""
    browser.post(f"/renditions/handlingar/committee.meeting/{meeting.pk}/staff/")
    return Job.objects.get(name="reports.make")


def in_state(job, *states):
    job.refresh_from_db()
    return job.state in states


def well_under_way(job):
    """Some parts are made, one is being made, some are not; the job itself waits, parked, until all are."""
    job.refresh_from_db()
    printing = Job.objects.filter(name="reports.render_part", state=Job.State.RUNNING)
    # Not one that is kept already, whose job has only not said so yet.
    unmade = PartFile.objects.waiting().filter(pk__in=[one.args["hash"] for one in printing])
    return job.state == Job.State.QUEUED and 2 <= job.done <= job.total - 3 and unmade.exists()


def binds(job):
    """All parts are made, and the file of them is not."""
    job.refresh_from_db()
    return job.state == Job.State.RUNNING and job.done == job.total - 1


def caught(worker, moment):
    """Stop a worker in the middle of what it does, or say that it was not in that moment."""
    if not moment():
        return False
    worker.hold()
    if moment():  # still, now that it cannot go on
        return True
    worker.release()
    return False


def tray(browser):
    return browser.get("/jobs/tray/").content.decode()


def test_a_file_that_is_asked_for_is_made_by_a_worker_while_the_tray_tells_how_far_it_has_come(
    worker, meeting, browser
):
    worker("one")
    seen = []

    job = ask_for(meeting, browser)
    wait_until(
        lambda: seen.extend(PROGRESS.findall(tray(browser))) or in_state(job, DONE, Job.State.FAILED), 60
    )

    assert (job.state, job.attempts, job.error) == (DONE, 1, "")
    counts = [int(done) for _total, done in seen]
    assert {total for total, _done in seen} == {"12"}
    assert counts == sorted(counts)
    assert len(set(counts)) > 1
    (address,) = re.findall(r'href="(/renditions/\d+/file/)"', tray(browser))
    assert "Del 9" in content_of(browser.get(address))


def test_a_job_that_is_cancelled_under_way_ends_and_leaves_no_file(worker, meeting, browser):
    one = worker("one")
    job = ask_for(meeting, browser)
    wait_until(lambda: caught(one, lambda: well_under_way(job)), 30)

    browser.post(f"/jobs/{job.pk}/cancel/")
    one.release()
    wait_until(lambda: not in_state(job, *Job.ACTIVE), 20)

    assert (job.state, job.done < job.total) == (Job.State.CANCELLED, True)
    assert not Rendition.objects.exists()


def test_a_worker_killed_while_it_binds_is_followed_by_another_within_a_minute(
    worker, beat, meeting, browser
):
    first = worker("one")
    job = ask_for(meeting, browser)
    wait_until(lambda: caught(first, lambda: binds(job)), 60)

    first.kill()
    worker("two")
    wait_until(lambda: in_state(job, DONE, Job.State.FAILED), 60)

    assert (job.state, job.error) == (DONE, "")
    assert Rendition.objects.get().pages > 10


def test_a_worker_killed_in_the_middle_of_rendering_is_followed_by_another_within_a_minute(
    worker, beat, meeting, browser
):
    first = worker("one")
    job = ask_for(meeting, browser)
    wait_until(lambda: caught(first, lambda: well_under_way(job)), 30)

    first.kill()
    by_the_first = dict(PartFile.objects.exclude(file="").values_list("hash", "made_at"))
    worker("two")
    wait_until(lambda: in_state(job, DONE, Job.State.FAILED), 60)

    assert (job.state, job.error) == (DONE, "")
    assert Job.objects.filter(name="reports.render_part", attempts=2).count() == 1  # what it died of
    assert Rendition.objects.get().pages > 10
    # What the dead worker had rendered was not rendered again.
    kept = PartFile.objects.filter(hash__in=by_the_first)
    assert dict(kept.values_list("hash", "made_at")) == by_the_first


def stored(settings):
    return {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in settings.MEDIA_ROOT.rglob("*.pdf")}


@pytest.mark.usefixtures("four_workers")
def test_four_workers_make_every_file_and_every_part_once(meeting, browser, settings):
    wanted = [(kind, to) for kind in ("handlingar", "kallelse") for to in ("members", "public", "staff")]
    before = stored(settings)

    for kind, audience in wanted * 2:
        browser.post(f"/renditions/{kind}/committee.meeting/{meeting.pk}/{audience}/")
    wait_until(lambda: not Job.objects.active().exists(), 120)

    made, parts = Rendition.objects.all(), PartFile.objects.all()
    assert set(Job.objects.values_list("state", "attempts")) == {(DONE, 1)}
    assert len(set(Job.objects.values_list("worker", flat=True))) > 1
    assert sorted((rendition.kind, rendition.audience) for rendition in made) == wanted
    assert stored(settings) - before == {row.file.name for row in [*made, *parts]}
