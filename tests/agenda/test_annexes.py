"""Files that go with an item become part of the papers, whatever they are, and the papers stay conformant."""

import io
import tempfile
from pathlib import Path

import pikepdf
import pytest

from cases.agenda.services import change_item
from cases.register.models import Attachment
from cases.register.services import attach
from core import preflight
from reports.audiences import Audience
from reports.composing import composers
from reports.models import PartFile
from reports.pdf import guarded
from reports.pdf.assemble import assemble
from reports.pdf.orders import AssemblyPart, Order
from reports.services import make
from tests.agenda.files import upload
from tests.factories import TODAY, CaseFactory, ItemFactory, pdf_bytes
from tests.papers import texts_of
from tests.reports.verapdf import needs_verapdf, refused_by_verapdf
from tests.working import work


@pytest.fixture
def item(meeting):
    return ItemFactory(meeting=meeting, case=CaseFactory(body=meeting.body))


@pytest.fixture
def go_with(item, secretary):
    """Return a function that attaches files, judges them, and puts them with the item."""

    def put(*uploads):
        files = [
            attach(item.case, one, title=f"Bilaga {place}", dated_on=TODAY, by=secretary)
            for place, one in enumerate(uploads, 1)
        ]
        work()
        change_item(item, papers=files, by=secretary)
        return list(Attachment.objects.order_by("pk"))

    return put


def locked(*lines):
    """Return a file that says these lines to who has the password."""
    return upload_of(pdf_bytes(*lines, password="hemligt"))


def upload_of(content, name="bilaga.pdf"):
    file = upload()
    file.file = io.BytesIO(content)
    file.size, file.name = len(content), name
    return file


def conformant():
    """Return a file that is PDF/A-3a and PDF/UA-1, as another municipality's Nämndverk would make it."""
    html = "<html lang='sv'><title>Plan</title><body class='ruled'><h1>Plan</h1><p>Riskerna är två.</p></body></html>"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "plan.pdf"
        part = AssemblyPart("plan", "Plan", guarded.render(html))
        assemble(Order([part], title="Plan", author="Nämnden", lang="sv", target=target))
        return target.read_bytes()


def text_of(rendition):
    with rendition.file.open("rb") as file:
        return texts_of(file.read())


def test_a_file_that_is_not_accessible_goes_with_as_pictures_of_its_pages_with_the_text_behind(
    go_with, meeting
):
    [file] = go_with(upload("Ritning till huset"))

    rendition = make(meeting, "handlingar", Audience.MEMBERS)

    assert file.verdict == "images"
    assert rendition.faults == []
    assert "Ritning till huset" in text_of(rendition)[-1]
    assert PartFile.objects.filter(title="Bilaga 1").get().is_made


def test_a_locked_file_goes_with_in_the_original_behind_a_page_that_says_why(go_with, meeting):
    source = locked("Hemligheter")
    content = source.read()
    source.seek(0)
    [file] = go_with(source)

    rendition = make(meeting, "handlingar", Audience.MEMBERS)

    with rendition.file.open("rb") as held, pikepdf.open(held) as pdf:
        embedded = {name: one.get_file().read_bytes() for name, one in pdf.attachments.items()}
    assert file.verdict == "attached"
    assert rendition.faults == []
    assert embedded["Bilaga 1.pdf"] == content
    assert "Bilaga 1" in text_of(rendition)[-1]


def test_a_conformant_file_goes_with_page_by_page_with_its_own_tags(go_with, meeting):
    [file] = go_with(upload_of(conformant()))

    rendition = make(meeting, "handlingar", Audience.MEMBERS)

    assert file.verdict == "merged"
    assert rendition.faults == []
    assert "Riskerna är två" in text_of(rendition)[-1]


@needs_verapdf
def test_verapdf_accepts_papers_with_all_three_at_once(go_with, meeting):
    go_with(upload_of(conformant()), upload("Ritning"), locked("Hemligt"))

    rendition = make(meeting, "handlingar", Audience.MEMBERS)

    assert refused_by_verapdf(rendition.file.path) == ""


def test_the_contents_name_the_file_with_its_page(go_with, meeting, item):
    [file] = go_with(upload("Ett", "Två"))

    rendition = make(meeting, "handlingar", Audience.MEMBERS)

    part = rendition.parts.get(key=f"item-{item.pk}-file-{file.pk}")
    assert "Bilaga 1" in text_of(rendition)[1]
    assert part.first_page == rendition.pages


def test_a_secret_file_is_no_part_of_the_members_papers(go_with, meeting, item):
    [file] = go_with(upload("Hemlig ritning"))
    Attachment.objects.update(is_secret=True)

    keys = {
        audience: {part.key for part in composers["handlingar"].compose(meeting, audience).parts}
        for audience in (Audience.STAFF, Audience.MEMBERS)
    }

    assert keys[Audience.STAFF] - keys[Audience.MEMBERS] == {f"item-{item.pk}-file-{file.pk}"}


def test_a_file_that_is_not_examined_yet_has_a_page_that_says_so_and_stops_the_call(meeting, item, secretary):
    file = attach(item.case, upload("Ritning"), title="Ritning", dated_on=TODAY, by=secretary)
    change_item(item, papers=[file], by=secretary)

    rendition = make(meeting, "handlingar", Audience.MEMBERS)

    assert (rendition.faults, rendition.pages) == ([], 4)
    assert "Ritning" in text_of(rendition)[-1]
    assert "inte undersökt än och saknas här" in text_of(rendition)[-1]
    _hash, findings = preflight.look(meeting)
    assert ("Filen är inte undersökt", "stop") in {(one.title, one.severity) for one in findings}


def test_the_page_of_an_item_shows_the_file_as_a_link_and_not_as_text(go_with, meeting, item, prepare):
    [file] = go_with(upload("Ritning"))

    page = prepare.get(f"/meetings/{meeting.pk}/read/{item.pk}/").content.decode()

    assert page.count(file.get_absolute_url()) == 1
    assert f"part-item-{item.pk}-file" not in page


def test_a_judged_file_makes_the_review_fresh_work(go_with, meeting):
    go_with(upload("Ritning"))

    _hash, findings = preflight.look(meeting)

    assert "register.file_not_read" not in {finding.rule for finding in findings}
