"""The tray: what is being made for me, and nobody else's business."""

import pytest

from core import jobs
from core.models import Job


@pytest.fixture
def job(case_officer):
    return jobs.start("core.ping", by=case_officer, title="Handlingar", url="/meetings/", key="a")


def tray(client):
    return [job.title for job in client.get("/jobs/tray/").context["jobs"]]


def test_the_tray_shows_the_latest_of_my_own_jobs(case_officer, secretary, client_for):
    for number in range(10):
        jobs.start("core.ping", by=case_officer, title=f"Jobb {number}")
    jobs.start("core.ping", by=case_officer, title="I det tysta", is_shown=False)

    assert tray(client_for(case_officer)) == [f"Jobb {number}" for number in range(9, 1, -1)]
    assert tray(client_for(secretary)) == []


def test_a_running_job_is_shown_with_how_far_it_has_come(job, case_officer, client_for):
    jobs.claim(job.pk).progress(1, 4, "Punkt 1")

    context = client_for(case_officer).get("/jobs/tray/").context

    assert [(one.percent, one.note) for one in context["running"]] == [(25, "Punkt 1")]


def test_a_job_that_waits_says_when_it_was_asked_for_and_one_that_was_begun_when(
    job, case_officer, client_for
):
    client = client_for(case_officer)
    waiting = client.get("/jobs/tray/").content.decode()
    jobs.claim(job.pk)
    begun = client.get("/jobs/tray/").content.decode()

    assert ("begärd" in waiting, "startade" in waiting) == (True, False)
    assert ("begärd" in begun, "startade" in begun) == (False, True)


def test_my_job_is_cancelled_by_its_button(job, case_officer, client_for):
    response = client_for(case_officer).post(f"/jobs/{job.pk}/cancel/")

    job.refresh_from_db()
    assert (job.state, response["Location"]) == ("cancelled", "/meetings/")


def test_the_tray_itself_is_answered_when_the_button_stands_in_it(job, case_officer, client_for):
    response = client_for(case_officer).post(f"/jobs/{job.pk}/cancel/", headers={"HX-Request": "true"})

    assert response["Location"] == "/jobs/tray/?acted=cancel"
    assert client_for(case_officer).get(response["Location"])["HX-Trigger"] == "job-acted"


def test_what_was_asked_for_once_more_is_not_tried_again_from_the_tray(job, case_officer, client_for):
    jobs.claim(job.pk).end(Job.State.FAILED, "trasig")
    before = client_for(case_officer).get("/jobs/tray/").content.decode()

    jobs.retry(job)

    assert f"/jobs/{job.pk}/retry/" in before
    assert f"/jobs/{job.pk}/retry/" not in client_for(case_officer).get("/jobs/tray/").content.decode()


def test_a_failed_job_is_tried_again_and_leads_to_the_same_place(job, case_officer, client_for):
    jobs.claim(job.pk).end(Job.State.FAILED, "trasig")

    client_for(case_officer).post(f"/jobs/{job.pk}/retry/")

    again = Job.objects.exclude(pk=job.pk).get()
    assert (again.state, again.title, again.url) == ("queued", "Handlingar", "/meetings/")


@pytest.mark.parametrize("act", ["cancel", "retry"])
def test_nobody_touches_anybody_elses_job(job, secretary, client_for, act):
    assert client_for(secretary).post(f"/jobs/{job.pk}/{act}/").status_code == 404
    assert Job.objects.get().state == "queued"


def test_a_link_in_a_mail_cancels_nothing(job, case_officer, client_for):
    response = client_for(case_officer).get(f"/jobs/{job.pk}/cancel/")

    assert (response.status_code, Job.objects.get().state) == (302, "queued")


def test_a_job_that_is_under_way_is_not_started_beside_itself(case_officer, client_for):
    job = jobs.start("core.ping", by=case_officer, title="Utan nyckel")
    jobs.claim(job.pk)

    client_for(case_officer).post(f"/jobs/{job.pk}/retry/")

    assert Job.objects.count() == 1
