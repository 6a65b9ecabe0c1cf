"""The card of a file: how its making goes, why it failed, and that it can always be made anew."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from cases.agenda.services import change_item
from core import jobs
from core.models import Job
from reports.models import Rendition
from reports.services import look, request_rendition
from tests.working import work


@pytest.fixture
def shown(meeting, secretary, client_for):
    """Return a function that returns the meeting's page as the secretary sees it."""

    def show():
        return client_for(secretary).get(meeting.get_absolute_url()).content.decode()

    return show


def ask(meeting, by):
    return request_rendition(meeting, "handlingar", "members", by=by)


def test_the_card_tells_how_many_parts_are_made_and_lets_who_asked_cancel(
    meeting, secretary, shown, client_for
):
    job = ask(meeting, secretary)
    jobs.run(job.pk)

    page = shown()
    answer = client_for(secretary).post(f"/jobs/{job.pk}/cancel/")

    assert '<progress class="bar" max="5" value="0" aria-labelledby="file">' in page
    assert f'formaction="/jobs/{job.pk}/cancel/"' in page
    assert answer.url == meeting.get_absolute_url()
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [f"”{job.title}” är avbruten."]
    assert Job.objects.get(pk=job.pk).state == "cancelled"


def test_the_card_looks_again_when_something_is_done_in_the_tray(shown):
    assert 'hx-get="" hx-trigger="job-acted from:body"' in shown()


def test_the_link_above_the_agenda_is_exchanged_with_the_card_and_says_when_it_is_the_last(
    meeting, secretary, shown
):
    ask(meeting, secretary)
    work()
    before = shown()

    ask(meeting, secretary)
    during = shown()

    assert 'hx-select-oob="#file-told:innerHTML,#all-papers,#papers-making"' in before
    assert "Alla handlingar (PDF)</a>" in before
    assert "Senast färdiga handlingar (PDF)</a>" in during
    assert " · handlingarna tas fram</span>" in during


def test_somebody_else_sees_how_it_goes_but_cannot_cancel_it(meeting, secretary, head, client_for):
    job = ask(meeting, secretary)

    page = client_for(head).get(meeting.get_absolute_url()).content.decode()

    assert "tas fram" in page
    assert f"/jobs/{job.pk}/cancel/" not in page


def test_why_it_failed_stands_on_the_card_until_it_is_made(meeting, secretary, shown, refusing, monkeypatch):
    refusing("renditions/", OSError(28, "No space left on device"))
    ask(meeting, secretary)
    work()

    failed = shown()
    monkeypatch.undo()
    ask(meeting, secretary)
    work()

    assert "misslyckades" in failed
    assert "disken är full" in failed
    assert "misslyckades" not in shown().partition('id="file-card"')[2]


def test_a_file_that_is_current_can_be_made_anew(meeting, secretary, shown):
    ask(meeting, secretary)
    work()

    card = shown().partition('id="file-card"')[2]
    assert "aktuell" in card
    assert "Gör om" in card


def test_while_changes_are_not_read_nobody_says_that_a_file_is_as_it_is_now(meeting, secretary, shown):
    ask(meeting, secretary)
    work()
    look(timezone.now())
    assert "aktuell" in shown().partition('id="file-card"')[2][:900]

    change_item(meeting.items.first(), text="<p>Annat.</p>", by=secretary)
    unread = shown().partition('id="file-card"')[2][:900]
    look(timezone.now())

    assert "jämförs" in unread
    assert "every 10s" in unread


def test_a_file_made_after_a_change_is_as_it_is_now_though_the_change_has_not_been_read(
    meeting, secretary, shown
):
    ask(meeting, secretary)
    work()
    look(timezone.now())
    item = meeting.items.first()

    change_item(item, text="<p>Annat.</p>", by=secretary)
    ask(meeting, secretary)
    work()
    made = shown().partition('id="file-card"')[2][:900]
    later = timezone.now() + timedelta(minutes=1)
    warmed = look(later)
    change_item(item, text="<p>Ännu något annat.</p>", by=secretary)
    doubted = shown().partition('id="file-card"')[2][:900]

    assert "aktuell" in made
    assert warmed == 0
    assert "jämförs" in doubted
    look(later)
    assert look(later + timedelta(minutes=1)) == 1


def test_a_file_that_is_lost_is_told_of_and_made_again(meeting, secretary, client_for, settings):
    ask(meeting, secretary)
    work()
    lost = Rendition.objects.get()
    (settings.MEDIA_ROOT / lost.file.name).unlink()

    answer = client_for(secretary).get(lost.get_absolute_url())
    ask(meeting, secretary)
    work()

    assert answer.url == meeting.get_absolute_url()
    assert "gått förlorad" in " ".join(str(one) for one in get_messages(answer.wsgi_request))
    assert client_for(secretary).get(Rendition.objects.get().get_absolute_url()).status_code == 200
