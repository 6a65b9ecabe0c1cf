"""A file is made once for each content; its parts are rendered once for each HTML, and again when they are lost."""

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.signals import template_rendered

from core.jobs import JobCancelled
from core.models import Job
from reports.models import PartFile, PartName, Rendition
from reports.pdf import engine
from reports.services import binding, make, renditions
from tests.factories import DocumentFactory, ItemFactory, MeetingFactory, write

TEXTS = {"summary": "<p>Kort sagt.</p>", "matter": "<p>Långt.</p>", "economy": "<p>Inget.</p>"}


@pytest.fixture
def meeting(body, secretary, chair):
    """Two items, the first with a report: summons, contents, two sheets and a document."""
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
    report = DocumentFactory(case__body=body, texts=TEXTS, clauses=["att anta planen"])
    ItemFactory(meeting=meeting, case=report.case, document=report)
    ItemFactory(meeting=meeting, text="<p>Muntligt.</p>")
    return meeting


@pytest.fixture
def report(meeting):
    return meeting.items.first().document


def handlingar(meeting, audience="staff"):
    return make(meeting, "handlingar", audience)


def parts():
    return set(PartFile.objects.values_list("hash", flat=True))


def content(kept):
    with kept.file.open("rb") as file:
        return file.read()


def rendered_by(change):
    """Return how many parts a change lets be rendered."""
    before = parts()
    change()
    return len(parts() - before)


def test_the_same_content_is_the_same_file(meeting):
    first, second = handlingar(meeting), handlingar(meeting)

    assert first == second
    assert Rendition.objects.count() == 1
    assert second.current_at > first.current_at


def test_made_from_nothing_again_it_is_the_same_byte_for_byte(meeting):
    first = handlingar(meeting)
    before = content(first)
    first.delete()
    PartFile.objects.all().delete()

    second = handlingar(meeting)

    assert content(second) == before
    assert (second.sha256, second.fingerprint) == (first.sha256, first.fingerprint)


def test_its_hash_size_and_pages_are_those_of_its_bytes(meeting):
    rendition = handlingar(meeting)

    held = content(rendition)
    assert (rendition.sha256, rendition.size) == (hashlib.sha256(held).hexdigest(), len(held))
    assert rendition.pages == len(rendition.parts.all()) == 5
    assert rendition.faults == []


def test_a_changed_section_renders_the_parts_that_hold_it_and_no_other(meeting, report):
    handlingar(meeting)

    def change(**texts):
        write(report, by=report.author, **texts)
        handlingar(meeting)

    # Only the document holds the matter; its sheet holds the summary too.
    assert rendered_by(lambda: change(matter="<p>Annat.</p>")) == 1
    assert rendered_by(lambda: change(summary="<p>Annat.</p>")) == 2


@pytest.fixture
def pages():
    """The names of the documents for paper that are made, as they are made."""
    made = []

    def note(template, context, **_more):
        if template.name == "reports/print/_shell.html":
            made.append(context["part"]["key"])

    template_rendered.connect(note)
    yield made
    template_rendered.disconnect(note)


def test_what_has_not_changed_does_not_become_html_again(meeting, report, pages):
    handlingar(meeting)
    before = set(pages)
    pages.clear()

    write(report, by=report.author, matter="<p>Annat.</p>")
    handlingar(meeting)

    item = meeting.items.first()
    assert len(before) == 5
    assert set(pages) == {f"item-{item.pk}-document-{report.pk}", "contents"}


def test_a_part_whose_hash_was_remembered_wrongly_is_made_all_the_same(meeting):
    first = handlingar(meeting)
    first.delete()
    PartFile.objects.all().delete()
    PartName.objects.update(hash="0" * 64)

    again = handlingar(meeting)

    assert again.sha256 == first.sha256
    assert "0" * 64 not in parts()
    assert not PartName.objects.filter(hash="0" * 64).exists()


def test_what_was_taken_back_is_not_rendered_again(meeting, report):
    first = handlingar(meeting)
    write(report, by=report.author, matter="<p>Annat.</p>")
    handlingar(meeting)
    write(report, by=report.author, matter=TEXTS["matter"])

    before = parts()
    again = handlingar(meeting)

    assert (again, parts()) == (first, before)


def test_the_latest_file_is_the_one_that_was_last_found_to_be_right(meeting, report):
    first = handlingar(meeting)
    write(report, by=report.author, matter="<p>Annat.</p>")
    handlingar(meeting)
    write(report, by=report.author, matter=TEXTS["matter"])
    handlingar(meeting)

    assert Rendition.objects.of(meeting, "handlingar", "staff").newest() == first


def test_a_part_that_stands_in_two_files_is_rendered_once(meeting):
    make(meeting, "kallelse", "staff")

    assert rendered_by(lambda: handlingar(meeting)) == 4


def test_audiences_have_files_of_their_own_and_share_what_is_the_same(meeting):
    ItemFactory(meeting=meeting, secret=True)

    staff, public = handlingar(meeting, "staff"), handlingar(meeting, "public")
    members = handlingar(meeting, "members")

    assert len({staff.pk, members.pk, public.pk}) == 3
    assert members.sha256 == public.sha256 != staff.sha256


def test_a_rendition_knows_its_parts_in_order_with_their_first_pages(meeting):
    rendition = handlingar(meeting)

    composed = renditions.compose(meeting, "handlingar", "staff").parts
    kept = [(part.key, part.title, part.first_page) for part in rendition.parts.all()]
    assert kept == [(part.key, part.title, page) for page, part in enumerate(composed, 1)]


def lose(path):
    path.unlink()


def damage(path):
    path.write_bytes(path.read_bytes()[:-100] + b"\0" * 100)


def empty(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [lose, damage, empty])
def test_a_kept_part_that_is_lost_or_damaged_is_rendered_again(harm, meeting):
    first = handlingar(meeting)
    whole = content(first)
    harmed = first.parts.get(key="kallelse").part_file
    harm(Path(harmed.file.path))
    first.delete()

    second = handlingar(meeting)

    harmed.refresh_from_db()
    assert content(second) == whole
    assert hashlib.sha256(content(harmed)).hexdigest() == harmed.sha256


@pytest.mark.parametrize("harm", [lose, damage, empty])
def test_a_file_that_is_lost_or_damaged_is_made_again_when_it_is_asked_for(harm, meeting):
    first = handlingar(meeting)
    whole, before = content(first), parts()
    harm(Path(first.file.path))

    again = handlingar(meeting)

    assert (again, content(again), parts()) == (first, whole, before)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_need_the_same_parts_at_once_one_renders_and_the_other_waits(meeting, settings):
    both_ready = Barrier(2)

    def make_for(audience):
        both_ready.wait()
        try:
            return set(handlingar(meeting, audience).parts.values_list("part_file", flat=True))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ours, theirs = pool.map(make_for, ["staff", "members"])

    files = {path.name for path in (settings.MEDIA_ROOT / "parts").iterdir()}
    assert ours & theirs
    assert files == {Path(part.file.name).name for part in PartFile.objects.all()}


def test_the_file_holds_its_own_data_for_machines(meeting):
    rendition = handlingar(meeting)

    with rendition.file.open("rb") as file, pikepdf.open(file) as pdf:
        held = pdf.attachments["data.json"]
        data = json.loads(held.get_file().read_bytes())
        relationship = str(held.obj.AFRelationship)

    composition = renditions.compose(meeting, "handlingar", "staff")
    assert relationship == "/Data"
    assert data["title"] == composition.title
    assert [part["key"] for part in data["parts"]] == [part.key for part in composition.parts]
    clauses = [one for part in data["parts"] for made in part.get("proposals", []) for one in made["clauses"]]
    assert clauses == ["att anta planen"]


def test_pinning_a_file_keeps_it_pinned(meeting):
    assert make(meeting, "kallelse", "staff", pin=True).is_pinned
    assert make(meeting, "kallelse", "staff").is_pinned


def test_progress_is_told_part_by_part(meeting):
    told = []

    make(meeting, "handlingar", "staff", progress=lambda done, total, note: told.append((done, total)))

    assert told == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5)]


def test_a_file_that_is_cancelled_on_the_way_leaves_no_file_and_keeps_its_parts(meeting):
    def cancel_at_third(done, total, note):
        if done == 2:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        make(meeting, "handlingar", "staff", progress=cancel_at_third)

    assert (Rendition.objects.count(), PartFile.objects.count()) == (0, 2)
    assert rendered_by(lambda: handlingar(meeting)) == 3


def test_fifty_requests_make_one_job(meeting, secretary, client_for):
    browser, address = client_for(secretary), f"/renditions/kallelse/committee.meeting/{meeting.pk}/members/"

    answers = {browser.post(address).url for _time in range(50)}

    assert answers == {meeting.get_absolute_url()}
    assert Job.objects.filter(name="reports.make").count() == 1


def test_requests_for_other_audiences_and_kinds_are_other_jobs(meeting, secretary, client_for):
    browser = client_for(secretary)

    for kind, audience in [("kallelse", "members"), ("kallelse", "public"), ("handlingar", "members")]:
        browser.post(f"/renditions/{kind}/committee.meeting/{meeting.pk}/{audience}/")

    assert Job.objects.filter(name="reports.make").count() == 3


@pytest.fixture
def other_templates(settings, tmp_path):
    """Our templates, in a folder where a test may change them."""
    shutil.copytree(settings.BASE_DIR / "templates", tmp_path / "templates")
    settings.BASE_DIR = tmp_path
    renditions.templates_fingerprint.cache_clear()
    yield tmp_path / "templates"
    renditions.templates_fingerprint.cache_clear()


@pytest.mark.parametrize(
    ("template", "matters"),
    [
        ("agenda/print/summons.html", True),
        ("register/blocks/basis.html", True),
        ("reports/print/_shell.html", True),
        ("agenda/meeting_list.html", False),
    ],
)
def test_a_changed_print_template_makes_a_new_file(template, matters, meeting, other_templates):
    composition = renditions.compose(meeting, "kallelse", "staff")
    before = renditions.fingerprint(composition)

    (other_templates / template).write_text("<p>Nytt</p>")
    renditions.templates_fingerprint.cache_clear()

    assert (renditions.fingerprint(composition) != before) == matters


@pytest.fixture
def other_engine(monkeypatch, tmp_path):
    """Our print styles, in a folder where a test may change it."""
    shutil.copytree(engine.PRINT_DIR, tmp_path / "print")
    monkeypatch.setattr(engine, "PRINT_DIR", tmp_path / "print")
    engine.engine_fingerprint.cache_clear()
    yield tmp_path / "print"
    engine.engine_fingerprint.cache_clear()


def test_a_changed_stylesheet_makes_a_new_file(meeting, other_engine):
    composition = renditions.compose(meeting, "kallelse", "staff")
    before = renditions.fingerprint(composition)

    with (other_engine / "text.css").open("a") as css:
        css.write("p { color: red }")
    engine.engine_fingerprint.cache_clear()

    assert renditions.fingerprint(composition) != before


def test_of_two_who_made_the_same_file_at_once_the_first_ones_stays(meeting):
    first = handlingar(meeting)
    composition = renditions.compose(meeting, "handlingar", "staff")
    files = {part.key: part.part_file for part in first.parts.all()}
    pages = {part.key: part.first_page for part in first.parts.all()}
    late = Rendition.objects.get(pk=first.pk)
    late.pk = None
    late.file = ContentFile(b"", name="late.pdf")

    kept = binding._keep(late, composition, files, pages, Path(first.file.path))

    assert (kept, Rendition.objects.count()) == (first, 1)
