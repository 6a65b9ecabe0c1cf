"""What the review of a meeting finds, and what makes it out of date."""

import pytest

from cases.agenda.services import change_item, word_chairs_proposal
from cases.register.models import Attachment, Case, DecisionBasis, Document, Recipient
from cases.register.services import attach
from core import preflight
from core.services import review
from tests.agenda.files import upload
from tests.factories import TODAY, CaseFactory, DocumentFactory, ItemFactory

NUMBER = "900101-2385"  # of the series that the Tax Agency keeps for tests


@pytest.fixture
def report(meeting):
    case = CaseFactory(body=meeting.body)
    document = DocumentFactory(case=case, texts={"summary": "<p>Kort.</p>"}, status="ready")
    return Document.objects.with_content().get(pk=document.pk)


@pytest.fixture
def item(meeting, report):
    return ItemFactory(meeting=meeting, case=report.case, document=report)


@pytest.fixture
def file(report, item, secretary):
    file = attach(report.case, upload("Ritning"), title="Ritning", dated_on=TODAY, by=secretary)
    change_item(item, papers=[file], by=secretary)
    return file


def found(meeting, rule):
    """Return what one rule finds: (does it stop, what it is about)."""
    _hash, findings = preflight.look(meeting)
    return [(finding.stops, finding.about) for finding in findings if finding.rule == rule]


@pytest.mark.parametrize(("scan", "number"), [("waiting", 1), ("unreadable", 1), ("clean", 0), ("found", 0)])
def test_a_file_that_was_not_searched_is_a_warning(meeting, file, scan, number):
    Attachment.objects.filter(pk=file.pk).update(scan=scan)

    warning = (False, f"register.attachment:{file.pk}")
    assert found(meeting, "register.file_not_read") == [warning] * number


def number_in_title(document):
    Document.objects.filter(pk=document.pk).update(title=f"Om {NUMBER}")


def number_in_case(document):
    Case.objects.filter(pk=document.case_id).update(title=f"Om {NUMBER}")


def number_in_basis(document):
    DecisionBasis.objects.create(document=document, outside_title=f"Om {NUMBER}")


def number_in_recipient(document):
    Recipient.objects.create(document=document, name=f"{NUMBER}")


@pytest.mark.parametrize("put", [number_in_title, number_in_case, number_in_basis, number_in_recipient])
def test_a_personal_number_around_a_text_stops(meeting, item, report, put):
    put(report)

    stop = (True, f"register.document:{report.pk}")
    assert found(meeting, "register.personal_number_around") == [stop]


def test_a_paper_that_members_do_not_get_is_a_warning(meeting, item, file, report):
    Document.objects.filter(pk=report.pk).update(is_secret=True)
    Attachment.objects.filter(pk=file.pk).update(is_secret=True)

    assert found(meeting, "agenda.left_out") == [(False, f"agenda.agendaitem:{item.pk}")] * 2


def test_of_an_item_that_members_do_not_see_nothing_is_left_out(meeting, item, report):
    Case.objects.filter(pk=report.case_id).update(is_secret=True, secrecy_ground="OSL 26:1")

    assert found(meeting, "agenda.left_out") == []


def test_other_words_of_the_chair_want_a_new_review(meeting, item, chair, secretary):
    review(meeting, by=secretary)
    assert preflight.verdict(meeting).is_fresh

    word_chairs_proposal(item, texts=["att avslå"], by=chair)

    assert not preflight.verdict(meeting).is_fresh


def test_a_case_that_becomes_secret_wants_a_new_review(meeting, item, report, secretary):
    review(meeting, by=secretary)

    Case.objects.filter(pk=report.case_id).update(is_secret=True, secrecy_ground="OSL 26:1")

    assert not preflight.verdict(meeting).is_fresh
