"""Word, Excel and PowerPoint: told by their content, searched, handed out as files and asked for as PDF."""

import io
import zipfile

import pytest
from django.contrib.messages import get_messages
from django.utils import translation

from cases.register.models import Attachment
from cases.register.services import NotAcceptable, attach, judge_attachment, scan
from cases.register.services.files import MOST_ENTRIES, MOST_UNPACKED
from core import jobs
from core.models import Job
from tests.factories import TODAY
from tests.register.conftest import upload

NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
WORD, EXCEL, POWERPOINT = (
    MAIN.format(kind)
    for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def office(main=WORD, text="<w:p><w:r><w:t>Budget</w:t></w:r></w:p>", **parts):
    """Return an office file with this main part and text; parts by name with _ for the dot."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        kinds = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("word/document.xml", f"<w:document>{text}</w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


def attached(case, content=None, name="budget.docx", **fields):
    known = {"title": "Budget", "dated_on": TODAY, "by": case.owner}
    return attach(case, upload(office() if content is None else content, name), **known | fields)


# What it is --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("main", "kind"), [(WORD, "docx"), (EXCEL, "xlsx"), (POWERPOINT, "pptx")])
def test_a_file_is_what_its_main_part_says_whatever_its_name(case, main, kind):
    attachment = attached(case, office(main), name="fil.pdf")

    assert (attachment.kind, attachment.pages) == (kind, None)
    assert attachment.file.name.endswith(f".{kind}")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (office(MACROS), "macros"),
        (office(word__vbaProject_bin=b"\x00"), "macros"),
        (office(word__activeX__activeX1_xml="<x/>"), "macros"),
        (office("application/zip"), "no Word, Excel or PowerPoint"),
        (office(MAIN.format("wordprocessingml.template")), "no Word, Excel or PowerPoint"),
        (office()[:-30], "damaged"),
    ],
    ids=["macros", "a program inside", "controls", "an archive", "a template", "cut off"],
)
def test_what_is_no_ordinary_office_file_is_refused(case, content, why):
    with translation.override("en"), pytest.raises(NotAcceptable, match=why):
        attached(case, content)

    assert not Attachment.objects.exists()


def test_an_archive_without_content_types_is_refused(case):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")

    with translation.override("en"), pytest.raises(NotAcceptable, match="damaged"):
        attached(case, target.getvalue())


def test_a_file_that_unpacks_without_end_is_refused_before_it_is_unpacked(case):
    target = io.BytesIO(office())
    archive = zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED)
    with archive, archive.open("word/media.xml", "w") as part:
        for _megabyte in range(MOST_UNPACKED // 1024 // 1024 + 1):
            part.write(bytes(1024 * 1024))

    assert len(target.getvalue()) < 1024 * 1024
    with translation.override("en"), pytest.raises(NotAcceptable, match="far too large"):
        attached(case, target.getvalue())


def test_a_file_of_too_many_parts_is_refused(case):
    target = io.BytesIO(office())
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(MOST_ENTRIES):
            archive.writestr(f"p{number}", b"")

    with translation.override("en"), pytest.raises(NotAcceptable, match="far too large"):
        attached(case, target.getvalue())


# Read for personal numbers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (office(), "clean"),
        (office(text=f"<w:p><w:t>Sökande {NUMBER}</w:t></w:p>"), "found"),
        (office(text="<w:p><w:t>900101</w:t></w:r><w:r><w:t>-2385</w:t></w:p>"), "found"),
        (office(text="<w:p><w:t>900101</w:t></w:p><w:p><w:t>2385</w:t></w:p>"), "clean"),
        (office(EXCEL, xl__worksheets__sheet1_xml="<c r='A1'><v>199001012385</v></c>"), "found"),
        (office(POWERPOINT, ppt__notesSlides__n1_xml=f"<a:p><a:t>{NUMBER}</a:t></a:p>"), "found"),
        (office(docProps__core_xml=f"<dc:title>{NUMBER}</dc:title>"), "found"),
        (office(word__footnotes_xml=f"<w:p><w:t>{NUMBER}</w:t></w:p>".encode("utf-16")), "found"),
        (office(word__embeddings__annan_xlsx=b"PK"), "unreadable"),
        (office(text=""), "unreadable"),
    ],
    ids="clean word split two_lines excel notes properties utf16 file_inside empty".split(),
)
def test_the_text_of_every_part_is_searched(case, content, verdict):
    assert scan(attached(case, content)).scan == verdict


# How it goes -------------------------------------------------------------------------------------


def test_one_job_reads_and_judges_and_doing_it_again_changes_nothing(case):
    attachment = attached(case)

    jobs.run(Job.objects.get().pk)
    attachment.refresh_from_db()
    first = (attachment.scan, attachment.verdict, attachment.verdict_reason)
    judge_attachment(scan(attachment))

    attachment.refresh_from_db()
    assert first == ("clean", "attached", "office")
    assert (attachment.scan, attachment.verdict, attachment.verdict_reason) == first
    assert attachment.judged_at


def test_an_office_file_is_saved_by_the_browser_under_its_title_and_not_shown(case, case_officer, client_for):
    content = office(EXCEL)  # made once: an archive tells the second in which it was made
    attachment = attached(case, content)

    response = client_for(case_officer).get(attachment.get_absolute_url())

    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == EXCEL.removesuffix(".main+xml")
    assert response["Content-Disposition"] == 'attachment; filename="Budget.xlsx"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (office(), "Följer med i handlingarna som bifogad fil efter ett försättsblad"),
        (None, "Följer med i handlingarna som bilder av sidorna, med den text de har bakom"),
    ],
    ids=["office", "pdf"],
)
def test_the_case_says_how_a_file_goes_with_the_papers(case, case_officer, client_for, content, words):
    judge_attachment(attach(case, upload(content), title="Fil", dated_on=TODAY, by=case.owner))

    assert words in client_for(case_officer).get(f"/cases/{case.pk}/").content.decode()


def test_who_attaches_an_office_file_is_asked_for_a_pdf_beside_it(case, case_officer, client_for):
    asked = {"file": upload(office(), "budget.docx"), "title": "Budget", "dated_on": "2023-05-16"}

    response = client_for(case_officer).post(f"/cases/{case.pk}/files/new/", asked)

    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert any("Bifoga den även som pdf" in one for one in told)
