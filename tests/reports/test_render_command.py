"""manage render: every kind of file from the command line, through the same service as the pages."""

import datetime as dt
import hashlib
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from cases.register.models import Document
from reports.models import Rendition
from tests.factories import (
    BodyFactory,
    DocumentFactory,
    ItemFactory,
    MeetingFactory,
    TemplateFactory,
    person_as,
)
from tests.papers import texts_of

JUNE_13 = dt.datetime(2023, 6, 13, 18, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def report(body, secretary, chair):
    """An approved report in SN/2023:00183, on the agenda of 13 June."""
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair, starts_at=JUNE_13)
    report = DocumentFactory(case__body=body, case__number="SN/2023:00183", title="Plan", status="approved")
    ItemFactory(meeting=meeting, title="Punkt", case=report.case, document=report)
    return report


@pytest.fixture
def render(tmp_path):
    """Return a function that runs the command; it returns the file's text and what was said."""

    def run(*words, audience="members"):
        said, out = StringIO(), tmp_path / "out.pdf"
        call_command("render", *words, out=out, audience=audience, stdout=said, stderr=said)
        return " ".join(texts_of(out)), said.getvalue()

    return run


#             words                                   text that stands in the file
KINDS = [
    (("kallelse", "SN", "2023-06-13"), "Punkt"),
    (("handlingar", "SN", "2023-06-13"), "Plan"),
    (("document", "SN/2023:00183"), "Plan"),
    (("document", "sn 2023:183", "tjansteskrivelse"), "Plan"),
]


@pytest.mark.parametrize(("words", "text"), KINDS)
def test_each_kind_is_made_and_written_out(words, text, report, render):
    printed, said = render(*words)

    rendition = Rendition.objects.get()
    assert text in printed
    assert f"{rendition.pages} page" in said
    assert rendition.sha256 in said
    assert "fault" not in said


def test_the_file_is_the_one_that_the_pages_hand_out(report, render, tmp_path):
    render("kallelse", "SN", "2023-06-13")

    assert hashlib.sha256((tmp_path / "out.pdf").read_bytes()).hexdigest() == Rendition.objects.get().sha256


def test_it_is_made_for_members_unless_told_otherwise(report, render):
    ItemFactory(
        meeting=report.items.get().meeting, title="Hemlig punkt", is_secret=True, outside_reference="A 1"
    )

    for_members, _said = render("kallelse", "SN", "2023-06-13")
    for_staff, _said = render("kallelse", "SN", "2023-06-13", audience="staff")

    assert ("Hemlig punkt" in for_members, "Hemlig punkt" in for_staff) == (False, True)


WRONG = [
    ("kallelse", "SN", "2023-06-14"),
    ("kallelse", "KS", "2023-06-13"),
    ("kallelse", "SN"),
    ("kallelse", "SN", "i går"),
    ("handlingar", "SN", "2023-06-13", "igen"),
    ("document", "SN/2023:00184"),
    ("document", "inget nummer"),
    ("document", "SN/2023:00183", "yttrande"),
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_there_is_not_is_said_plainly_with_how_to_name_it(words, report, render, tmp_path):
    kind, *subject = words

    with pytest.raises(CommandError) as refused:
        render(*words)

    assert f"{kind} “{' '.join(subject)}”" in str(refused.value)
    assert "render document NUMBER" in str(refused.value)
    assert not (tmp_path / "out.pdf").exists()


def test_of_a_cases_documents_the_one_with_the_proposal_is_meant_unless_told_otherwise(report, render):
    template = TemplateFactory(
        municipality=report.case.body.municipality, kind="plan", sections=[("matter", "Planen", "", False)]
    )
    plan = DocumentFactory(case=report.case, template=template, title="Bilagan")
    Document.objects.filter(pk=plan.pk).update(edition=2)

    meant, _said = render("document", "SN/2023:00183")
    asked_for, _said = render("document", "SN/2023:00183", "plan")

    assert ("Bilagan" in meant, "Bilagan" in asked_for) == (False, True)


def test_a_wrong_kind_of_document_is_refused_with_the_kinds_there_are(report, render):
    with pytest.raises(CommandError, match="“SN/2023:00183 yttrande”: SN/2023:00183 has tjansteskrivelse"):
        render("document", "SN/2023:00183", "yttrande")


def test_words_that_name_meetings_of_two_municipalities_are_refused(report, render):
    other = BodyFactory()
    MeetingFactory(body=other, secretary=person_as("secretary", other), starts_at=JUNE_13)

    with pytest.raises(CommandError, match="more than one"):
        render("kallelse", "SN", "2023-06-13")


@pytest.mark.parametrize("words", [("protokoll", "SN"), ("kallelse",)])
def test_a_kind_that_there_is_not_or_no_subject_is_refused(words, render):
    with pytest.raises(CommandError):
        render(*words)
