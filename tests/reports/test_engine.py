"""The engine: each part once, whoever asks; what dies, fills up or gets lost costs one part and is told of."""

import signal
import threading
from pathlib import Path

import pytest
from celery.signals import worker_process_init
from django.core.files import File
from django.db import connection
from django.utils import timezone

from cases.agenda.services import change_item
from config.folders import FolderStorage
from core import jobs
from core.models import Job
from reports.models import PartFile, Rendition, Waiting
from reports.pdf import guarded
from reports.pdf.errors import AddressRefused, RendererDied
from reports.pdf.render import render
from reports.services import make, parking, parts, renditions, request_rendition
from tests.factories import DocumentFactory, ItemFactory, MeetingFactory
from tests.working import work

HTML = '<html lang="sv"><head><title>Prov</title></head><body><h1>Prov</h1><p>{}</p></body></html>'


def ask(meeting, by, audience="members"):
    return request_rendition(meeting, "handlingar", audience, by=by)


def state(job):
    job.refresh_from_db()
    return job.state, job.done, job.total


def contents():
    return PartFile.objects.exclude(file="").filter(title="Innehåll").count()


def test_every_part_is_a_job_of_its_own_and_the_last_ones_maker_calls_for_the_binding(meeting, secretary):
    job = ask(meeting, secretary)

    names = work()

    assert names == ["reports.make", *["reports.render_part"] * 4, "reports.make"]
    assert state(job) == ("done", 4, 5)
    assert Rendition.objects.get().pages == 5
    assert not Waiting.objects.exists()


def test_a_parked_job_tells_how_many_parts_are_made(meeting, secretary):
    job = ask(meeting, secretary)
    jobs.run(job.pk)
    told = [state(job)]

    for part in Job.objects.filter(name="reports.render_part").order_by("pk")[:2]:
        jobs.run(part.pk)
        told.append(state(job))

    assert told == [("queued", 0, 5), ("queued", 1, 5), ("queued", 2, 5)]
    assert job.is_under_way


@pytest.fixture
def seven_parts(meeting, secretary):
    """A job that waits for seven parts, and the jobs that make them."""
    for text in ("Fyra", "Fem", "Sex"):
        ItemFactory(meeting=meeting, title=text, text=f"<p>{text}.</p>")
    job = ask(meeting, secretary)
    jobs.run(job.pk)
    return job, list(Job.objects.filter(name="reports.render_part").order_by("pk"))


def test_a_part_that_is_made_again_tells_those_whom_nobody_told(seven_parts):
    job, tasks = seven_parts
    hashes = [task.args["hash"] for task in tasks]
    for key in hashes:
        parts.render_part(key)
    job.refresh_from_db()
    later = timezone.now() + jobs.HINT_AGAIN * 10
    Job.objects.filter(pk=job.pk).update(due_at=later)  # as if who made the last had died before it said so

    parts.render_part(hashes[-1])

    job.refresh_from_db()
    assert job.due_at < later


def test_when_few_parts_lack_the_job_makes_contents_and_whatever_nobody_has_begun_and_binds(seven_parts):
    job, tasks = seven_parts
    for task in tasks[:2]:
        jobs.run(task.pk)

    jobs.run(job.pk)

    assert state(job) == ("done", 7, 8)
    assert PartFile.objects.count() == 8
    assert {task.state for task in Job.objects.filter(name="reports.render_part")} == {"done"}


def test_a_job_that_waits_in_vain_for_the_last_part_is_parked_until_that_is_made(seven_parts, monkeypatch):
    job, tasks = seven_parts
    monkeypatch.setattr(parking, "MOMENT", 0.1)
    elsewhere = jobs.claim(tasks[-1].pk)  # by a worker that takes its time

    for task in tasks[:2]:
        jobs.run(task.pk)
    jobs.run(job.pk)
    waits = state(job)
    parts.render_part(elsewhere.job.args["hash"])
    work()

    assert waits == ("queued", 6, 8)
    assert state(job) == ("done", 7, 8)
    assert contents() == 1


LONG = "<p>Nämnden följer upp målen tre gånger om året och redovisar avvikelser.</p>" * 60


def test_long_parts_are_made_first_and_short_ones_in_the_order_of_the_file(meeting, secretary):
    for title, text in (("Fyra", "<p>Fyra.</p>"), ("Fem", f"<p>{'Ord. ' * 400}</p>"), ("Sex", LONG)):
        ItemFactory(meeting=meeting, title=title, text=text)

    jobs.run(ask(meeting, secretary).pk)

    tasks = Job.objects.filter(name="reports.render_part").order_by("due_at", "pk")
    titles = [title.split()[-1] for title in tasks.values_list("title", flat=True)]
    assert titles[parts.AT_FIRST :] == ["Sex", "Tre", "Fyra", "Fem"]


@pytest.mark.parametrize(("text", "times"), [("<p>En sida.</p>", 1), (LONG, 2)])
def test_contents_are_made_beside_the_last_parts_and_again_only_if_one_is_longer_than_a_page(
    meeting, secretary, text, times
):
    change_item(meeting.items.first(), text=text, by=secretary)
    expected = make(meeting, "handlingar", "members").sha256
    Rendition.objects.all().delete()
    PartFile.objects.all().delete()
    job = ask(meeting, secretary)

    jobs.run(job.pk)
    at_first = contents()
    work()

    assert (at_first, contents()) == (1, times)
    assert Rendition.objects.get().sha256 == expected


def test_parts_are_taken_to_be_as_long_as_they_were_in_the_last_file(meeting, secretary):
    for item in meeting.items.all():
        change_item(item, text=LONG, by=secretary)
    make(meeting, "handlingar", "members")
    for item in meeting.items.all():
        change_item(item, text=f"<p>Ändrat.</p>{LONG}", by=secretary)
    ask(meeting, secretary)

    work()

    assert PartFile.objects.filter(title="1 Ett").count() == 2
    assert contents() == 1


def test_what_is_changed_while_a_file_is_being_made_is_all_that_is_waited_for_from_then_on(
    meeting, secretary, seven_parts
):
    job, _tasks = seven_parts
    for item in meeting.items.all():
        change_item(item, text="<p>Ändrat.</p>", by=secretary)
    jobs.wake(job)
    jobs.run(job.pk)
    told = [state(job)]

    for part in Job.objects.filter(name="reports.render_part").order_by("-pk"):
        jobs.run(part.pk)
        told.append(state(job))
    jobs.run(job.pk)

    counted = [done for _state, done, _total in told]
    assert counted == sorted(counted)
    assert (counted[0], counted[-1]) == (0, 7)
    assert state(job)[0] == "done"
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db(transaction=True)
def test_who_wakes_a_job_does_it_next(meeting, secretary):
    job = ask(meeting, secretary)
    jobs.run(job.pk)

    for part in Job.objects.filter(name="reports.render_part").order_by("pk"):
        jobs.run(part.pk)

    assert state(job)[0] == "done"


def test_the_page_says_that_a_file_is_being_made_and_asks_again_until_it_is(meeting, client_for, secretary):
    page = client_for(secretary)
    ask(meeting, secretary)

    under_way = page.get(meeting.get_absolute_url()).content.decode()
    work()
    made = page.get(meeting.get_absolute_url()).content.decode()

    assert ("tas fram" in under_way, "every 2s" in under_way, "Gör filen" in under_way) == (True, True, False)
    assert ("every 2s" in made, "Öppna filen" in made) == (False, True)


def test_parts_that_two_files_share_are_rendered_once(meeting, secretary):
    ask(meeting, secretary, "members")
    ask(meeting, secretary, "public")

    names = work()

    assert (
        names.count("reports.render_part") == PartFile.objects.count() - 1 == 4
    )  # contents are made with the file
    assert Rendition.objects.count() == 2


def test_a_job_cancelled_while_it_is_parked_ends_at_once_and_leaves_no_file(meeting, secretary):
    job = ask(meeting, secretary)
    jobs.run(job.pk)

    jobs.cancel(job)
    work()

    assert state(job)[0] == "cancelled"
    assert not Rendition.objects.exists()


def test_a_cancelled_job_that_is_tried_again_makes_the_file(meeting, secretary):
    job = ask(meeting, secretary)
    jobs.run(job.pk)
    jobs.cancel(job)

    again = jobs.retry(job)
    work()

    assert state(again)[0] == "done"


@pytest.fixture
def crashing(monkeypatch):
    """WeasyPrint dies of one item's text, as it does without any font, until it is mended."""
    answered, kill = guarded._ask, "Två.".encode()

    def dies(process, question, seconds):
        if kill in question:
            process.send_signal(signal.SIGSEGV)  # once it is chosen: a dead one would be replaced before
        return answered(process, question, seconds)

    monkeypatch.setattr(guarded, "_ask", dies)
    yield
    guarded.renderer().close()


def test_a_part_that_kills_the_renderer_fails_its_file_alone_and_says_which_and_why(
    meeting, secretary, crashing
):
    job, other = ask(meeting, secretary), request_rendition(meeting, "kallelse", "members", by=secretary)

    work()

    assert (state(job)[0], state(other)[0]) == ("failed", "done")
    assert "Två" in job.reason
    assert "för lång tid" in job.reason  # or more: who reads it cannot tell, the log can


def test_a_part_whose_renderer_somebody_else_killed_is_made_by_the_next(meeting, secretary, monkeypatch):
    answered, killed = guarded._ask, []

    def is_killed_once(process, question, seconds):
        if "Två.".encode() in question and not killed:
            killed.append(process.pid)
            process.kill()
        return answered(process, question, seconds)

    monkeypatch.setattr(guarded, "_ask", is_killed_once)
    job = ask(meeting, secretary)
    work()

    assert state(job)[0] == "done"
    assert len(killed) == 1


def test_when_a_job_is_cancelled_only_what_others_wait_for_is_made(meeting, secretary):
    papers, summons = (
        request_rendition(meeting, kind, "members", by=secretary) for kind in ("handlingar", "kallelse")
    )
    for job in (papers, summons):
        jobs.run(job.pk)

    jobs.cancel(papers)
    names = work()

    assert state(papers)[0] == "cancelled"
    assert state(summons)[0] == "done"
    assert names.count("reports.render_part") == 1


def test_what_was_cancelled_is_made_when_it_is_asked_for_again(meeting, secretary):
    job = ask(meeting, secretary)
    jobs.run(job.pk)
    jobs.cancel(job)
    assert work() == []

    again = ask(meeting, secretary)
    work()

    assert state(again)[0] == "done"


def test_the_reason_stands_in_the_tray(meeting, secretary, crashing, client_for):
    ask(meeting, secretary)
    work()

    assert "gick inte att göra sidor av" in client_for(secretary).get("/jobs/tray/").content.decode()


def test_what_failed_is_tried_again_and_only_that(meeting, secretary, monkeypatch):
    with monkeypatch.context() as ill:
        ill.setattr(guarded, "render", lambda html: _refuse(html, "Två."))
        job = ask(meeting, secretary)
        work()
    made = set(PartFile.objects.exclude(file="").values_list("pk", flat=True))

    again = jobs.retry(job)
    names = work()

    assert (state(job)[0], state(again)[0]) == ("failed", "done")
    assert set(names) <= {"reports.make", "reports.render_part"}
    assert len(PartFile.objects.exclude(file="")) == len(made) + 1  # that one
    assert made < set(PartFile.objects.exclude(file="").values_list("pk", flat=True))


def _refuse(html, words):
    if words in html:
        raise AddressRefused("file:///etc/passwd")
    return guarded.renderer().ask(html.encode())


class FullDisk(FolderStorage):
    """A folder on a disk that takes so much of each file and no more: the system says so, not we."""

    def _save(self, name, content):
        return super()._save(name, Cut(content))


class Cut(File):
    def chunks(self, chunk_size=None):
        yield self.file.read(1000)
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"the rest")


def test_a_full_disk_fails_the_file_with_its_reason_and_loses_nothing(meeting, secretary, settings):
    roomy = settings.STORAGES
    settings.STORAGES = roomy | {"default": {"BACKEND": f"{__name__}.FullDisk"}}
    job = ask(meeting, secretary)
    work()
    assert state(job)[0] == "failed"
    assert "disken är full" in job.reason
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []

    settings.STORAGES = roomy
    again = jobs.retry(job)
    work()

    assert state(again)[0] == "done"


@pytest.mark.parametrize(
    "harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF-1.7 no more")]
)
def test_a_part_that_was_lost_or_harmed_is_found_by_its_hash_and_made_again(
    meeting, secretary, harm, settings
):
    ask(meeting, secretary)
    work()
    first = Rendition.objects.get()
    (settings.MEDIA_ROOT / first.file.name).unlink()
    kept = PartFile.objects.filter(title__contains="Ett").get()
    harm(settings.MEDIA_ROOT / kept.file.name)

    before = {row.pk: row.made_at for row in PartFile.objects.all()}
    job = ask(meeting, secretary)
    work()

    after = {row.pk: row.made_at for row in PartFile.objects.all()}
    assert state(job)[0] == "done"
    assert [pk for pk in after if after[pk] != before[pk]] == [kept.pk]
    assert Rendition.objects.get().sha256 == first.sha256


def test_a_few_changed_parts_are_made_by_the_job_itself(meeting, secretary):
    ask(meeting, secretary)
    work()
    item = meeting.items.first()
    change_item(item, text="<p>Annat.</p>", by=secretary)

    job = ask(meeting, secretary)
    names = work()

    assert (names, state(job)) == (["reports.make"], ("done", 4, 5))


def test_a_part_that_another_has_claimed_is_waited_for_though_it_is_the_only_one(meeting, secretary):
    ask(meeting, secretary)
    work()
    change_item(meeting.items.first(), text="<p>Annat.</p>", by=secretary)
    one = renditions.Making(meeting, "handlingar", "members").lacking()
    parts.claim(one)

    ask(meeting, secretary)
    names = work()

    assert names == ["reports.make", "reports.render_part", "reports.make"]


def test_what_the_child_prints_is_the_same_byte_for_byte_as_the_last_time():
    first = guarded.render(HTML.format("Hej"))
    guarded.renderer().close()

    assert guarded.render(HTML.format("Hej")) == first


def test_the_same_child_renders_one_part_after_another():
    guarded.render(HTML.format("ett"))
    before = guarded.renderer().pid

    guarded.render(HTML.format("två"))

    assert guarded.renderer().pid == before


def test_a_worker_has_its_renderer_running_before_the_first_part_comes():
    guarded.renderer().close()

    worker_process_init.send(sender=None)

    early = guarded.renderer().pid
    assert guarded.render(HTML.format("Hej")).startswith(b"%PDF")
    assert early
    assert guarded.renderer().pid == early


def test_what_a_renderer_has_printed_before_leaves_no_trace_in_a_part():
    text = HTML.format("Verksamhetsberättelse <i>och <b>mera</b></i>")
    ours = render(text)  # WeasyPrint in this process, where other parts were printed before, or none

    assert guarded.render(text) == ours


def test_a_renderer_that_takes_too_long_is_stopped_and_the_next_part_gets_a_new_one():
    child = guarded.Child("reports.pdf.renderer")

    with pytest.raises(RendererDied, match="seconds"):
        child.ask(HTML.format("Hej").encode(), seconds=0.01)

    assert child.pid is None
    assert child.ask(HTML.format("Hej").encode()).startswith(b"%PDF")
    child.close()


def test_what_the_child_refuses_is_refused_here_with_the_same_words():
    with pytest.raises(AddressRefused, match="passwd"):
        guarded.render(HTML.format('<img src="file:///etc/passwd" alt="x">'))


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_ask_at_once_one_job_makes_each_part_once(body, secretary, chair):
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
    report = DocumentFactory(case__body=body, texts={"summary": "<p>Kort.</p>"})
    ItemFactory(meeting=meeting, case=report.case, document=report)
    start = threading.Barrier(10)

    def asking():
        start.wait()
        for _time in range(5):
            ask(meeting, secretary, "staff")
        connection.close()

    threads = [threading.Thread(target=asking) for _place in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = work()

    assert Job.objects.filter(name="reports.make").count() == 1
    assert names.count("reports.render_part") == 3
    assert Rendition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_who_make_the_last_two_parts_at_once_one_wakes_the_job(meeting, secretary):
    job = ask(meeting, secretary)
    jobs.run(job.pk)
    *early, first, last = PartFile.objects.waiting().order_by("pk")
    for row in early:
        parts.render_part(row.pk)
    pdf = guarded.render(HTML.format("Hej"))
    start = threading.Barrier(2)

    def finish(row):
        start.wait()
        parts.keep(row, pdf)
        connection.close()

    threads = [threading.Thread(target=finish, args=[row]) for row in (first, last)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    job.refresh_from_db()
    assert (job.state, job.due_at <= timezone.now()) == ("queued", True)


def test_a_file_made_here_and_now_is_the_same_as_one_made_by_all_workers(meeting, secretary):
    here = make(meeting, "handlingar", "members")
    sha256 = here.sha256
    here.delete()
    PartFile.objects.all().delete()

    ask(meeting, secretary)
    work()

    assert Rendition.objects.get().sha256 == sha256
