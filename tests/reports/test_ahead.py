"""Looking ahead: what is touched and then left alone is compared, and what is new in it is made before it is asked for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.agenda.services import change_item
from cases.register.services import add_fact, change_fact
from core import jobs
from core.models import Job
from reports.models import PartFile, Rendition
from reports.services import evict, look, make
from reports.services.ahead import QUIET
from tests.factories import TODAY, DocumentFactory, ItemFactory, MeetingFactory, PeriodFactory, write

VALUE = '<span data-figure="fact.value" data-args=\'{{"key":"{}"}}\'>x</span>'


@pytest.fixture
def period(body):
    return PeriodFactory(body=body)


@pytest.fixture
def fact(period, secretary):
    fields = {"value": 7, "as_of": TODAY, "source": "IVO", "by": secretary}
    return add_fact(period, label="Beslut", **fields)


@pytest.fixture
def report(body, period, fact):
    text = f"<p>Det var {VALUE.format(fact.key)} beslut.</p>"
    return DocumentFactory(case__body=body, subject=period, texts={"summary": "<p>Kort.</p>", "matter": text})


@pytest.fixture
def item(body, secretary, chair, report):
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
    return ItemFactory(meeting=meeting, case=report.case, document=report)


@pytest.fixture
def file(item):
    """The papers as they are, looked at once, so that what was done before is behind us."""
    made = make(item.meeting, "handlingar", "staff")
    look(timezone.now())
    Rendition.objects.update(touched_at=None)
    return made


def after_a_while():
    return timezone.now() + QUIET + timedelta(seconds=1)


def warm_ups():
    """Do the warm-ups that wait; return how many."""
    waiting = list(Job.objects.filter(name="reports.warm", state="queued"))
    for job in waiting:
        jobs.run(job.pk)
    return len(waiting)


def is_outdated(file):
    file.refresh_from_db()
    return file.is_outdated


def test_what_was_changed_is_compared_once_it_is_quiet(file, report):
    write(report, by=report.author, matter="<p>Annat.</p>")

    assert look(timezone.now()) == 0
    assert look(after_a_while()) == 1
    warm_ups()

    assert is_outdated(file)


def test_four_hundred_cells_are_one_warm_up(file, report, fact, secretary):
    for value in range(400):
        change_fact(fact, value=value, by=secretary)

    looked = [look(timezone.now()), look(after_a_while()), look(after_a_while())]

    assert looked[:2] == [0, 1]
    assert warm_ups() == 1
    assert look(after_a_while()) == 0
    assert is_outdated(file)


def change_fact_value(report, fact, item, secretary):
    change_fact(fact, value=8, by=secretary)


def change_title_of_item(report, fact, item, secretary):
    change_item(item, title="Ny rubrik", by=secretary)


def change_presenters(report, fact, item, secretary):
    change_item(item, presenters=[report.author], by=secretary)


def change_letterhead(report, fact, item, secretary):
    municipality = item.meeting.body.municipality
    municipality.name = "Ny kommun"
    municipality.save()


def add_an_item(report, fact, item, secretary):
    ItemFactory(meeting=item.meeting)


CHANGES = [change_fact_value, change_title_of_item, change_presenters, change_letterhead, add_an_item]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_shows_in_the_file_makes_it_outdated(change, file, report, fact, item, secretary):
    change(report, fact, item, secretary)

    look(timezone.now())
    assert look(after_a_while()) == 1
    warm_ups()

    assert is_outdated(file)


def test_what_was_changed_and_taken_back_is_as_it_was(file, report):
    before = report.sections.get(key="matter").text
    write(report, by=report.author, matter="<p>Annat.</p>")
    write(report, by=report.author, matter=before)

    look(timezone.now())
    look(after_a_while())
    warm_ups()

    assert not is_outdated(file)


def test_what_others_write_starts_nothing(file, body):
    DocumentFactory(case__body=body, texts={"summary": "<p>Annat ärende.</p>"})

    look(timezone.now())

    assert look(after_a_while()) == 0


def test_its_new_parts_are_made_ahead_and_the_file_is_then_only_bound(file, report, item):
    write(report, by=report.author, matter="<p>Annat.</p>")
    look(timezone.now())
    look(after_a_while())
    warm_ups()

    for job in Job.objects.filter(name="reports.render_ahead"):
        jobs.run(job.pk)
    ready = PartFile.objects.exclude(file="").count()
    new = make(item.meeting, "handlingar", "staff")

    assert Job.objects.filter(name="reports.render_ahead").count() == 1
    assert PartFile.objects.exclude(file="").count() == ready
    assert (is_outdated(file), is_outdated(new)) == (True, False)


def test_the_page_says_that_the_file_is_outdated_and_still_hands_it_out(file, item, client_for, secretary):
    Rendition.objects.update(audience="members", is_outdated=True)

    page = client_for(secretary).get(item.meeting.get_absolute_url()).content.decode()

    assert "inaktuell" in page
    assert file.get_absolute_url() in page
    assert file.sha256 in page


def test_the_page_says_that_something_was_changed_before_it_is_compared(
    file, item, report, client_for, secretary
):
    Rendition.objects.update(audience="members")
    write(report, by=report.author, matter="<p>Annat.</p>")
    look(timezone.now())

    page = client_for(secretary).get(item.meeting.get_absolute_url()).content.decode()

    assert "jämförs" in page
    assert "aktuell</" not in page


LATER = timedelta(days=200)


def test_what_nobody_has_used_for_long_is_thrown_away_and_made_again_when_it_is_wanted(
    file, report, item, settings
):
    sha256 = file.sha256

    gone = evict(timezone.now() + LATER)

    assert gone == len(file.parts.all())
    assert not PartFile.objects.exists()
    assert not list((settings.MEDIA_ROOT / "parts").iterdir())
    assert make(item.meeting, "handlingar", "staff").sha256 == sha256


def test_the_parts_of_a_pinned_file_stay(file):
    Rendition.objects.update(is_pinned=True)

    assert evict(timezone.now() + LATER) == 0


def test_of_a_subjects_files_the_newest_stays_and_old_ones_go(file, report, item):
    write(report, by=report.author, matter="<p>Annat.</p>")
    new = make(item.meeting, "handlingar", "staff")

    evict(timezone.now() + LATER)

    assert list(Rendition.objects.all()) == [new]


def test_when_there_is_too_little_room_what_was_used_longest_ago_goes_first(file):
    oldest = PartFile.objects.order_by("pk").first()
    PartFile.objects.filter(pk=oldest.pk).update(used_at=timezone.now() - timedelta(days=1))
    room = sum(PartFile.objects.values_list("size", flat=True)) - 1

    evict(timezone.now(), most_bytes=room)

    assert not PartFile.objects.filter(pk=oldest.pk).exists()
    assert PartFile.objects.count() == len(file.parts.all()) - 1


def test_when_there_is_too_little_room_old_files_go_but_neither_the_newest_nor_a_pinned_one(
    file, report, item
):
    kept = [file]
    for text in ("Ett", "Två", "Tre"):
        write(report, by=report.author, matter=f"<p>{text}.</p>")
        kept.append(make(item.meeting, "handlingar", "staff"))
    pinned, oldest, second, newest = kept
    Rendition.objects.filter(pk=pinned.pk).update(is_pinned=True)

    evict(timezone.now(), most_bytes_of_files=second.size)

    assert set(Rendition.objects.all()) == {pinned, second, newest}
    assert not oldest.file.storage.exists(oldest.file.name)
