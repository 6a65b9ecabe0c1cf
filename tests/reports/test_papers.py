"""The demo's papers in both house styles: no fault, numbers that agree, bookmarks that lead where they say."""

import re

import pypdf
import pytest

from cases.register.models import Document
from reports.annexes.judging import judge
from reports.annexes.verdict import Verdict
from reports.models import Rendition
from reports.services import make
from tests.papers import pages_of, texts_of
from tests.reports.verapdf import needs_verapdf, refused_by_verapdf

STYLES = ["ruled", "column"]
LINE_OF_CONTENTS = re.compile(r"^.*?(\d+)$", re.MULTILINE)


def bookmarks(reader, outline=None, level=1):
    """Yield level, title and page (from 1) of every bookmark in the file's order."""
    for entry in reader.outline if outline is None else outline:
        if isinstance(entry, list):
            yield from bookmarks(reader, entry, level + 1)
        else:
            yield level, entry.title, reader.get_destination_page_number(entry) + 1


@pytest.fixture(params=STYLES)
def papers(request, demo):
    """The members' papers of a called meeting, in each house style."""
    return Rendition.objects.of(getattr(demo, request.param), "handlingar", "members").get()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", ["kallelse", "handlingar"])
@pytest.mark.parametrize("audience", ["staff", "members", "public"])
def test_summons_and_papers_have_no_fault_for_any_audience(style, kind, audience, demo):
    assert make(getattr(demo, style), kind, audience).faults == []


def test_our_own_papers_go_into_another_file_as_they_are(papers):
    assert judge(papers.file.open("rb")).verdict == Verdict.MERGED


def test_no_document_of_the_demo_has_a_fault(demo):
    # The interim report is held against the reference in tests/config/test_demo_report.py, whole and without a fault.
    documents = Document.objects.select_related("template__municipality").exclude(
        template__kind="delarsrapport"
    )

    faults = [fault for document in documents for fault in make(document, "document", "staff").faults]

    assert faults == []
    assert {document.template.municipality.house_style for document in documents} == set(STYLES)


def test_each_part_begins_on_the_page_that_is_kept_for_it(papers):
    pages = pages_of(papers.file.path)

    missing = [
        part.title
        for part in papers.parts.exclude(key__in=["kallelse", "contents"])
        if " ".join(part.title.split()[1:4]) not in pages[part.first_page - 1]
    ]

    assert missing == []


def test_the_numbers_in_the_contents_are_those_pages(papers):
    contents = papers.parts.get(key="contents")
    listed = [part for part in papers.parts.all() if part.position > contents.position]

    text = texts_of(papers.file.path)[contents.first_page - 1]

    table = text.partition("Sida\n")[2]
    printed = [int(number) for number in LINE_OF_CONTENTS.findall(table)][: len(listed)]
    assert printed == [part.first_page for part in listed]


def test_every_page_but_one_says_which_it_is_of_how_many(papers):
    pages = pages_of(papers.file.path)

    assert [
        number for number, text in enumerate(pages, 1) if f"Sida {number} av {papers.pages}" not in text
    ] == []


def test_every_part_has_its_bookmark_and_it_leads_to_its_first_page(papers):
    found = [(title, page) for _level, title, page in bookmarks(pypdf.PdfReader(papers.file.path))]

    assert [part.title for part in papers.parts.all() if (part.title, part.first_page) not in found] == []


def test_a_report_is_bookmarked_below_its_item(demo):
    papers = Rendition.objects.of(demo.column, "handlingar", "members").get()

    levels = [(level, title) for level, title, _page in bookmarks(pypdf.PdfReader(papers.file.path))]

    title = demo.column.items.get().title
    assert (1, f"1 {title}") in levels
    assert (2, f"Tjänsteskrivelse: {title}") in levels


def test_the_papers_say_in_their_own_words_what_they_are(papers):
    about = pypdf.PdfReader(papers.file.path).metadata

    assert about.title == papers.title
    assert about.title.endswith("juni\u00a02023")


def test_the_secret_item_of_the_demo_is_in_the_staffs_papers_alone(demo):
    found = {
        audience: "sekretess" in " ".join(pages_of(make(demo.ruled, "kallelse", audience).file.path))
        for audience in ("staff", "members", "public")
    }

    assert found == {"staff": True, "members": False, "public": False}


@needs_verapdf
def test_verapdf_accepts_every_kind_in_both_house_styles(demo):
    meetings = [getattr(demo, style) for style in STYLES]
    kinds = ("template__municipality", "template__kind")
    documents = Document.objects.order_by(*kinds, "pk").distinct(*kinds)

    made = [make(meeting, kind, "members") for meeting in meetings for kind in ("kallelse", "handlingar")]
    made += [make(document, "document", "staff") for document in documents]

    assert len(made) >= 14
    assert refused_by_verapdf(*(rendition.file.path for rendition in made)) == ""
